"""A trainer sets a link up: what it is for and when, then the calendar of what will be sent."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain import presets, reruns
from lti_tool.domain.cadences import Cadence
from lti_tool.domain.instruments import Phase
from lti_tool.models.tracks import Track
from lti_tool.services import previews, settings_up, track_copies, tracks
from lti_tool.services.settings_up import Joinable, NewTrack
from lti_tool.services.track_copies import Earlier
from lti_tool.web import day_forms, track_forms
from lti_tool.web.access import Access, open_to
from lti_tool.web.track_forms import Offer, SetUpForm
from lti_tool.web.visiting import home_url, now, today, visitor, workplace

blueprint = Blueprint("settings_up", __name__, url_prefix="/v/<visit>")

# In the order in which a trainer weighs them; those that an organisation added come last.
CADENCES = ("light", "standard", "intensive")


@blueprint.route("/set-up", methods=["GET", "POST"])
@open_to(Access.TRAINER)
def set_up() -> ResponseReturnValue:
    """Two pages that keep nothing in between: the second carries along what the first was told."""
    if request.method == "POST":
        tracks.hold_link(session(), visitor().link)
    if tracks.placed(session(), visitor().link) is not None:
        return was_set_up()
    form = _form()
    if request.method != "POST" or "back" in request.form:
        return _days_page(form)
    if form.begun_from and form.is_to_take and not form.joined:
        return _days_page(_taken(form, form.begun_from))
    if not form.validate():
        return _days_page(form), 422
    if "switch_on" not in request.form:
        return _calendar_page(form)
    _switch_on(form)
    return redirect(home_url("ready"), 303)


def was_set_up() -> ResponseReturnValue:
    """Somebody else was first, or pressed twice; whoever filled something in is told how to change it."""
    return redirect(home_url("set_up_meanwhile" if request.method == "POST" else None), 303)


def cadences() -> list[Cadence]:
    """All cadences, those of an organisation's own last."""
    found = workplace().catalogue.cadences
    return sorted(found, key=lambda each: CADENCES.index(each.key) if each.key in CADENCES else len(CADENCES))


def _offer() -> Offer:
    joinable = settings_up.joinable(session(), visitor().course.id)
    phases = settings_up.phases(workplace().catalogue, joinable)
    earlier = track_copies.of_trainer(session(), visitor().person)
    return Offer(today(), cadences(), phases, joinable, earlier)


def _form() -> SetUpForm:
    offer = _offer()
    phases, joinable = offer.phases, offer.joinable
    if request.method == "POST":
        return track_forms.set_up(offer, sent=request.form)
    phase = settings_up.likely_phase(visitor().link.title, phases, has_track=bool(joinable))
    preset = presets.likely(f"{visitor().course.title} {visitor().link.title}")
    return track_forms.set_up(
        offer, phase=phase, preset=preset, known=settings_up.propose(phase, preset, today())
    )


def _taken(form: SetUpForm, earlier: Earlier) -> SetUpForm:
    """The set-up of an earlier training, from the first day that was typed; else from the next such day."""
    phase, first_on = form["phase"].data or Phase.PRE, form["starts_on"].data
    preset = day_forms.preset_of(earlier.dates)
    usual = settings_up.propose(Phase(phase), preset, today()).starts_on
    if first_on in (None, usual):
        first_on = reruns.alike(earlier.dates.starts_on, usual)
    known = earlier.dates.again(first_on)
    return track_forms.set_up(_offer(), phase=phase, preset=preset, known=known, taken=earlier)


def _switch_on(form: SetUpForm) -> None:
    purpose, where = track_forms.read_set_up(form)
    target = _track(where)
    settings_up.set_up(session(), visitor(), purpose, target, workplace().catalogue, now().calendar)
    session().commit()


def _track(where: Joinable | NewTrack) -> Track | NewTrack:
    return where.track if isinstance(where, Joinable) else where


def _days_page(form: SetUpForm) -> str:
    return render_template(
        "pages/set_up.html", form=form, title=visitor().course.title, link_title=visitor().link.title
    )


def _calendar_page(form: SetUpForm) -> str:
    purpose, where = track_forms.read_set_up(form)
    catalogue = workplace().catalogue
    training = settings_up.training(session(), visitor(), purpose, _track(where), catalogue, today())
    return render_template(
        "pages/set_up_calendar.html",
        form=form,
        title=visitor().course.title,
        cadence=catalogue.cadence(training.follow_up.cadence),
        purpose=purpose,
        meetings=training.dates.meetings,
        calendar=previews.calendar(training, catalogue, now().calendar),
    )
