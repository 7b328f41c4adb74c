"""The groups of a training: a trainer adds one, and says who is in which."""

from collections.abc import Mapping
from uuid import UUID

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.models.tracks import Cohort, Track
from lti_tool.services import groups, launches, moves, participants, tracks
from lti_tool.services.teams import People
from lti_tool.services.tracks import Dates
from lti_tool.web import day_forms, meanwhile, track_forms
from lti_tool.web.access import Access, open_to
from lti_tool.web.day_forms import DatesForm
from lti_tool.web.forms import PageForm, Posted
from lti_tool.web.paging import Pages
from lti_tool.web.visiting import now, today, visitor, workplace

blueprint = Blueprint("groups", __name__, url_prefix="/v/<visit>")


@blueprint.route("/groups", methods=["GET", "POST"])
@open_to(Access.TRAINER)
def choose() -> ResponseReturnValue:
    """Who is in which group, and room for one more group."""
    track = (tracks.placed(session(), visitor().link) or abort(404)).track
    if request.method == "POST":
        tracks.hold(session(), track)
    cohorts = tracks.cohorts(session(), track)
    if request.method != "POST":
        return _page(track, cohorts, request.args.get("notice"))
    return _add(track, cohorts) if "add" in request.form else _regroup(track, cohorts)


def _add(track: Track, cohorts: list[Cohort]) -> ResponseReturnValue:
    ends_by = tracks.follow_up(session(), track).closes_on
    preset = day_forms.preset_of(_latest(track, cohorts))
    form = track_forms.group(today(), ends_by=ends_by, preset=preset, sent=request.form)
    if not form.validate():
        return _page(track, cohorts, new=form), 422
    name, days = form["name"].data, day_forms.read_dates(form)
    if not groups.is_there(session(), track, name, days):
        moves.add_group(session(), track, name, days, now().calendar)
    session().commit()
    return redirect(_url("group_added"), 303)


def _regroup(track: Track, cohorts: list[Cohort]) -> ResponseReturnValue:
    current = _current(track, cohorts)
    form = _choice(current, cohorts, request.form)
    if not form.validate():
        return _page(track, cohorts, choice=form), 422
    chosen = track_forms.read_groups(form, current)
    if chosen and meanwhile.is_other(_mark(current)):
        return _page(track, cohorts, choice=_touched(form, current, cohorts), is_changed=True), 409
    moves.regroup(session(), track, chosen, workplace().catalogue, now().calendar)
    session().commit()
    return redirect(_url("grouped", request.args.get("page")), 303)


def _current(track: Track, cohorts: list[Cohort]) -> dict[UUID, int]:
    """The number of the group of each of those whom the form is about, by enrolment."""
    numbers, people = {cohort.id: cohort.number for cohort in cohorts}, groups.people(session(), track)
    return {taking.id: numbers[taking.cohort_id] for _, taking in people if str(taking.id) in request.form}


def _touched(form: PageForm, current: Mapping[UUID, int], cohorts: list[Cohort]) -> PageForm:
    """The form with only whom its sender moved; everybody else is in the group that they are in now."""
    were = _were(current)
    moved = {who: int(form[str(who)].data) for who in current if form[str(who)].data != str(were[who])}
    return _choice({**current, **moved}, cohorts)


def _were(current: Mapping[UUID, int]) -> dict[UUID, int]:
    """The group of each as the form that came in showed it; of one that tells none, the group of now."""
    return {who: request.form.get(f"was-{who}", number, type=int) for who, number in current.items()}


def _told(current: Mapping[UUID, int], choice: PageForm) -> list[str]:
    """Who is elsewhere than the form that came in showed, or than where it puts them."""
    were = _were(current)
    typed = {who: {str(were[who]), choice[str(who)].data} for who in current}
    return [str(who) for who, number in current.items() if typed[who] != {str(number)}]


def _choice(current: Mapping[UUID, int], cohorts: list[Cohort], sent: Posted | None = None) -> PageForm:
    return track_forms.groups(current, [cohort.number for cohort in cohorts], sent)


def _page(
    track: Track,
    cohorts: list[Cohort],
    notice: str | None = None,
    new: DatesForm | None = None,
    choice: PageForm | None = None,
    *,
    is_changed: bool = False,
) -> str:
    pages = Pages.of(groups.number_of(session(), track), participants.AT_ONCE, request.args)
    is_sent = choice is not None
    people = _shown(track, pages, is_sent=is_sent)
    keys = workplace().keyring.of(person.key_id for person, _ in people)
    names = [(str(taking.id), launches.name_of(who, keys.get(who.key_id))) for who, taking in people]
    numbers = {cohort.id: cohort.number for cohort in cohorts}
    current = {taking.id: numbers[taking.cohort_id] for _, taking in people}
    known = _latest(track, cohorts)
    choice = choice or _choice(current, cohorts)
    return render_template(
        "pages/trainer_groups.html",
        title=track.title,
        cohorts=cohorts,
        people=names,
        pages=pages,
        form=choice if choice.to_mend else new,
        choice=choice,
        were={str(who): number for who, number in (current if is_changed else _were(current)).items()},
        told=_told(current, choice) if is_changed else (),
        current={str(who): number for who, number in current.items()},
        filled_from=meanwhile.carried(_mark(current), is_told=is_changed or not is_sent),
        is_changed=is_changed,
        new=new or track_forms.group(today(), known=known, preset=day_forms.preset_of(known)),
        notice=notice,
    )


def _latest(track: Track, cohorts: list[Cohort]) -> Dates:
    """The days of the last group, which those of another one begin from."""
    return Dates(cohorts[-1].starts_on, cohorts[-1].ends_on, pace=track.pace)


def _shown(track: Track, pages: Pages, *, is_sent: bool) -> People:
    """Who stands on a page; of a form that comes back those whom it is about."""
    if not is_sent:
        return groups.people(session(), track, pages.number)
    return [each for each in groups.people(session(), track) if str(each[1].id) in request.form]


def _mark(current: Mapping[UUID, int]) -> str:
    """What a form shows of the people whom it is about."""
    return meanwhile.mark(*sorted(f"{who} {number}" for who, number in current.items()))


def _url(notice: str, page: str | None = None) -> str:
    return url_for("groups.choose", visit=g.visit_token, notice=notice, page=page)
