"""A trainer changes the days of a training, or how it is followed up; the calendar stands beside it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.models.tracks import Cohort, Track
from lti_tool.services import moves, previews, tracks
from lti_tool.services.moves import Change
from lti_tool.services.previews import Training
from lti_tool.web import day_forms, meanwhile, settings_up, track_forms
from lti_tool.web.access import Access, open_to
from lti_tool.web.day_forms import DatesForm
from lti_tool.web.track_forms import Offer
from lti_tool.web.visiting import now, settings_url, today, visitor, workplace

blueprint = Blueprint("moves", __name__, url_prefix="/v/<visit>")


@dataclass(frozen=True)
class Group:
    """What is changed: a group of a track. last_elsewhere: the last day of the other groups."""

    track: Track
    cohort: Cohort
    is_one_of_several: bool
    last_elsewhere: date | None


@blueprint.route("/dates", methods=["GET", "POST"])
@open_to(Access.TRAINER)
def dates() -> ResponseReturnValue:
    """Other days or other mails; what becomes of the letters is told before it happens."""
    group = _group()
    form = _form(group)
    if request.method != "POST":
        return _page(form, group)
    if not form.validate():
        return _page(form, group), 422
    if "again" in request.form:
        return _page(form, group)
    if meanwhile.is_other(_mark(group)) and not _is_so(form, group):
        return _page(form, group, is_changed=True), 409
    return _move(form, group)


def _move(form: DatesForm, group: Group) -> ResponseReturnValue:
    days, follow_up = day_forms.read_dates(form), day_forms.read_follow_up(form)
    change = moves.move(session(), group.cohort, days, workplace().catalogue, now().calendar, follow_up)
    if change and request.form.get("moving") != str(change):
        session().rollback()
        return _page(form, group, change)
    if "name" in form:
        group.cohort.name = form["name"].data
    session().commit()
    return redirect(settings_url("moved"), 303)


def _group() -> Group:
    """The group that the address names, else the first."""
    placed = tracks.placed(session(), visitor().link) or abort(404)
    if request.method == "POST":
        tracks.hold(session(), placed.track)
    cohorts = tracks.cohorts(session(), placed.track)
    number = request.args.get("group", 1, type=int)
    cohort = next((each for each in cohorts if each.number == number), None) or abort(404)
    ends = [each.ends_on for each in cohorts if each is not cohort]
    return Group(placed.track, cohort, len(cohorts) > 1, max(ends, default=None))


def _mark(group: Group) -> str:
    """What the form shows of a group, and of what all groups share."""
    days, follow_up = tracks.dates_of(session(), group.cohort), tracks.follow_up(session(), group.track)
    shared = follow_up.cadence, sorted(follow_up.left_out), follow_up.closes_on
    return meanwhile.mark(group.cohort.name, days.pace, *days.meetings, days.ends_on, *shared)


def _form(group: Group) -> DatesForm:
    known = tracks.dates_of(session(), group.cohort)
    return track_forms.dates(
        Offer(today(), settings_up.cadences()),
        known=known,
        preset=day_forms.preset_of(known),
        follow_up=tracks.follow_up(session(), group.track),
        name=group.cohort.name if group.is_one_of_several else None,
        last_elsewhere=group.last_elsewhere,
        sent=request.form if request.method == "POST" else None,
    )


def _page(form: DatesForm, group: Group, change: Change | None = None, *, is_changed: bool = False) -> str:
    training = _training(form, group)
    return render_template(
        "pages/trainer_dates.html",
        form=form,
        title=group.track.title,
        group=group.cohort if group.is_one_of_several else None,
        change=change,
        filled_from=meanwhile.carried(_mark(group), is_told=is_changed),
        now_there=_now_there(group) if is_changed else None,
        calendar=previews.calendar(training, workplace().catalogue, now().calendar),
    )


def _is_so(form: DatesForm, group: Group) -> bool:
    """Whether a form says what is there already: sent twice is done once."""
    days = tracks.dates_of(session(), group.cohort)
    same_name = "name" not in form or form["name"].data == group.cohort.name
    same_days = day_forms.read_dates(form).is_same(days)
    kept = tracks.follow_up(session(), group.track)
    return same_name and same_days and day_forms.read_follow_up(form) == kept


def _now_there(group: Group) -> dict[str, Any]:
    """How a group and its training stand, for who filled in something else."""
    days = tracks.dates_of(session(), group.cohort)
    return {
        "cohort": group.cohort,
        "preset": day_forms.preset_of(days),
        # At one's own pace the last day is no meeting.
        "days": sorted({*days.meetings, days.ends_on}),
        "cadence": workplace().catalogue.cadence(group.track.cadence),
        "left_out": sorted(group.track.left_out.split()),
        "closes_on": group.track.closes_on,
    }


def _training(form: DatesForm, group: Group) -> Training:
    """The training as it would be; as it is while nobody knows whether the form fits."""
    training = previews.of_track(session(), group.track, group.cohort)
    if form.to_mend or form.is_only_shown:
        return training
    days, follow_up = day_forms.read_dates(form), day_forms.read_follow_up(form)
    last = max(days.ends_on, group.last_elsewhere or days.ends_on)
    closes_on = follow_up.closes_on or last + tracks.CLOSES_AFTER
    return replace(training.on_days(days, today()), follow_up=replace(follow_up, closes_on=closes_on))
