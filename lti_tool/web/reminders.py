"""A trainer chooses the day of the one reminder to prepare; its words are the tool's."""

from datetime import date

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain.cadences import StepId
from lti_tool.mail import reminders as letters
from lti_tool.models.tracks import Cohort, Track
from lti_tool.services import nudges, prepared, previews, reminders, tracks, zones
from lti_tool.services.participants import Tally
from lti_tool.web import languages, meanwhile
from lti_tool.web.access import Access, open_to
from lti_tool.web.visiting import now, visitor, workplace

blueprint = Blueprint("reminders", __name__, url_prefix="/v/<visit>/before")


@blueprint.route("/remind", methods=["GET", "POST"])
@open_to(Access.TRAINER)
def choose() -> ResponseReturnValue:
    """The day, what the letter says, and who would get it; plans it, or takes it back."""
    track, cohort = _group()
    if request.method != "POST":
        return _page(track, cohort)
    is_back = "take_back" in request.form
    day = next((each for each in _days(track, cohort) if each.isoformat() == request.form.get("day")), None)
    wanted = None if is_back else day
    if reminders.is_over(cohort, _today(cohort)):
        return _page(track, cohort), 409
    if meanwhile.is_other(_mark(cohort)) and wanted != cohort.remind_on:
        return _page(track, cohort, is_changed=True, chosen=day), 409
    if day is None and not is_back:
        return _page(track, cohort), 409
    return _plan(cohort, wanted)


def _plan(cohort: Cohort, wanted: date | None) -> ResponseReturnValue:
    reminders.choose(cohort, wanted)
    ids = reminders.enrolled(session(), cohort)
    nudges.replan(session(), ids, workplace().catalogue, now().calendar)
    session().commit()
    notice, group = "reminder_planned" if wanted else "reminder_gone", cohort.number
    return redirect(url_for("reminders.choose", visit=g.visit_token, group=group, notice=notice), 303)


def _group() -> tuple[Track, Cohort]:
    """The group that the address names, else the first; of a training that asks to prepare."""
    placed = tracks.placed(session(), visitor().link) or abort(404)
    if request.method == "POST":
        tracks.hold(session(), placed.track)
    number = request.args.get("group", 1, type=int)
    cohorts = tracks.cohorts(session(), placed.track)
    cohort = next((each for each in cohorts if each.number == number), None) or abort(404)
    if not prepared.is_asked(session(), placed.track):
        abort(404)
    return placed.track, cohort


def _today(cohort: Cohort) -> date:
    return zones.today(visitor().person, cohort, now().calendar)


def _days(track: Track, cohort: Cohort) -> tuple[date, ...]:
    """The days that there are to choose from."""
    training = previews.of_track(session(), track, cohort)
    known = previews.calendar(training, workplace().catalogue, now().calendar)
    prepare_on = next((row.days[0] for row in known.rows if row.step == "prepare" and row.days), None)
    return reminders.days(cohort.starts_on, previews.working_days(training), prepare_on, _today(cohort))


def _mark(cohort: Cohort) -> str:
    """What the page says of the group: other first days bring other days to choose from."""
    return meanwhile.mark(cohort.starts_on, cohort.remind_on)


def _page(track: Track, cohort: Cohort, *, is_changed: bool = False, chosen: date | None = None) -> str:
    """chosen: the day that somebody sent, in a form that comes back."""
    found = reminders.waiting(session(), track, cohort)
    tally = prepared.tallies(session(), track).get(cohort.id, Tally())
    keys = workplace().keyring.of(person.key_id for person, _ in found)
    locale, minutes = languages.language(), workplace().catalogue.minutes(StepId.PREPARE_AGAIN)
    return render_template(
        "pages/trainer_remind.html",
        title=track.title,
        pace=track.pace,
        cohort=cohort,
        has_groups=len(tracks.cohorts(session(), track)) > 1,
        days=_days(track, cohort),
        chosen=chosen or cohort.remind_on,
        is_changed=is_changed,
        filled_from=meanwhile.carried(_mark(cohort), is_told=is_changed),
        is_over=reminders.is_over(cohort, _today(cohort)),
        letter=letters.preview(locale, track, cohort, minutes, now().calendar),
        here=reminders.receivers(found, keys),
        others=tally.people - tally.done - len(found),
        notice=request.args.get("notice"),
    )
