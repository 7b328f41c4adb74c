"""From when learners can open an item: its trainer chooses, and who comes too early reads when it opens."""

from datetime import date
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain import openings
from lti_tool.domain.openings import Opening
from lti_tool.models.tracks import Track
from lti_tool.services import activities, learner_facts, tracks, zones
from lti_tool.services.activities import Item
from lti_tool.services.desks import Seat
from lti_tool.services.learner_facts import Learner
from lti_tool.web import meanwhile
from lti_tool.web.access import Access, open_to
from lti_tool.web.fields import WordField
from lti_tool.web.forms import PageForm, Posted
from lti_tool.web.visiting import now, settings_url, visitor

blueprint = Blueprint("opening_rules", __name__, url_prefix="/v/<visit>")


@blueprint.route("/items/<uuid:activity_id>/opening", methods=["GET", "POST"])
@open_to(Access.TRAINER)
def choose(activity_id: UUID) -> ResponseReturnValue:
    """At once, or on its own day; what follows is told beforehand."""
    track = (tracks.placed(session(), visitor().link) or abort(404)).track
    if request.method == "POST":
        tracks.hold(session(), track)
    own = (each for each in activities.items(session(), track) if each.activity.id == activity_id)
    item = next((each for each in own if openings.has_day(each.phase, track.pace)), None) or abort(404)
    asked = form(item.activity.opens, request.form if request.method == "POST" else None)
    if request.method != "POST":
        return _page(asked, track, item)
    if not asked.validate():
        return _page(asked, track, item), 422
    wanted = Opening(asked["opens"].data)
    if meanwhile.is_other(_mark(item)) and wanted is not item.activity.opens:
        return _page(asked, track, item, is_changed=True), 409
    item.activity.opens = wanted
    session().commit()
    return redirect(settings_url("opening"), 303)


def form(known: Opening, sent: Posted | None = None) -> PageForm:
    """The one question of the page."""
    made = PageForm({"opens": WordField(tuple(Opening))})
    made.process(sent, data={"opens": known})
    return made


def waits_until(seat: Seat, learner: Learner) -> date | None:
    """The day on which an item opens for somebody; None for who may write, and for who has begun.

    A trainer who looks as a learner may always; a pretended learner of the LMS waits like any other.
    """
    opens, opens_on = seat.placed.activity.opens, _opens_on(seat, learner)
    if seat.reflection is not None or seat.desk.person.is_trial:
        return None
    today = zones.today(seat.desk.person, seat.placed.cohort, now().calendar)
    return opens_on if openings.is_shut(opens, opens_on, today) else None


def too_early(seat: Seat) -> ResponseReturnValue | None:
    """The page of who comes before the day of an item; None for who does not wait."""
    if seat.placed.activity.opens is Opening.AT_ONCE:
        return None
    (learner,) = learner_facts.gather(session(), [seat.desk.enrolment.id])
    opens_on = waits_until(seat, learner)
    if opens_on is None:
        return None
    return render_template(
        "pages/too_early.html",
        phase=seat.instrument.phase,
        number=seat.placed.activity.meeting_number,
        opens_on=opens_on,
        pace=learner.track.pace,
    )


def _opens_on(seat: Seat, learner: Learner) -> date | None:
    if not openings.has_day(seat.instrument.phase, learner.track.pace):
        return None
    number = seat.placed.activity.meeting_number or 1
    meeting_on = learner.meetings[number - 1] if number <= len(learner.meetings) else None
    return openings.day_of_item(seat.instrument.phase, learner.enrolment.anchor_on, meeting_on)


def _mark(item: Item) -> str:
    return meanwhile.mark(item.activity.opens)


def _page(asked: PageForm, track: Track, item: Item, *, is_changed: bool = False) -> str:
    return render_template(
        "pages/trainer_opening.html",
        form=asked,
        title=track.title,
        pace=track.pace,
        item=item,
        back_url=settings_url(),
        filled_from=meanwhile.carried(_mark(item), is_told=is_changed),
        is_changed=is_changed,
    )
