"""A learner's first page: the plan, one next step, what else there is, and the mails that will come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import render_template
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain import openings
from lti_tool.domain.openings import Standing
from lti_tool.services import coming, late_drafts
from lti_tool.services import journeys as ways
from lti_tool.services.desks import Seat
from lti_tool.services.learner_facts import Learner
from lti_tool.web import endings, journeys, opening_rules
from lti_tool.web import learner as writing
from lti_tool.web.visiting import now, visitor, workplace


@dataclass(frozen=True)
class Shown:
    """A part as it stands on the page. url: of the step to go on with.

    waits_until: the day on which it opens, as its trainer chose; None where somebody may begin.
    """

    seat: Seat
    standing: Standing
    url: str
    waits_until: date | None


def home() -> ResponseReturnValue:
    """The plan on top, one next step, and the letters that will come."""
    seats = writing.take_seats()
    if not seats:
        return endings.learner_page() or journeys.first_page()
    seat = seats[0]
    if endings.is_removed(seat.placed):
        return endings.stopped_page(seat.placed.track, seat.desk.enrolment)
    learner, today = writing.facts_of(seat), writing.today_of(seat)
    parts = [_shown(each, learner) for each in seats]
    number, phase = seat.placed.activity.meeting_number, seat.instrument.phase
    current = _current(parts, today)
    drafts = late_drafts.waiting(session(), visitor().person, seat.placed.activity.id)
    stops = ways.stops(learner, workplace().catalogue)
    # Who has nothing to do here sees the whole way.
    is_done = current.standing.is_submitted and not current.standing.is_begun
    journey = journeys.line(learner, seat.desk.key) if is_done else None
    letters = journey.letters if journey else coming.of(learner, workplace().catalogue, now())
    return render_template(
        "pages/home.html",
        instrument=seat.instrument,
        meeting_number=number,
        following=ways.following(stops, phase, number),
        current=current,
        others=[each for each in parts if each is not current],
        today=today,
        late_drafts=[(draft, writing.draft_url(draft)) for draft in drafts],
        journey=journey,
        **journeys.around(learner, seat.desk.key, letters),
    )


def _shown(seat: Seat, learner: Learner) -> Shown:
    facts, name = learner.facts, f"{seat.instrument.phase}.{seat.part.key}"
    number = seat.placed.activity.meeting_number or 1
    meeting_on = learner.meetings[number - 1] if number <= len(learner.meetings) else None
    written, waits_until = seat.reflection, opening_rules.waits_until(seat, learner)
    opens_on = openings.opens_on(name, facts.anchor_on, meeting_on, facts.used_on)
    standing = Standing(
        name,
        max((day for day in (opens_on, waits_until) if day), default=None),
        is_begun=written is not None and (written.submitted_at is None or written.is_halfway),
        is_submitted=written is not None and written.submitted_at is not None,
    )
    return Shown(seat, standing, writing.step_url(seat.number, seat.part.key), waits_until)


def _current(parts: Sequence[Shown], today: date) -> Shown:
    """The part of the next step; the first one when nothing is left to do."""
    found = openings.next_part([each.standing for each in parts], today)
    return next((each for each in parts if each.standing == found), parts[0])
