"""What follows from writing: the plan, the score, the letters, in the same transaction."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from lti_tool.domain.answers import Answer
from lti_tool.domain.instruments import Phase
from lti_tool.models.reflections import Reflection
from lti_tool.services import finishing, nudges, parts, plans, reflections, scores, zones
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.desks import Seat


def save(
    session: Session, seat: Seat, said: Mapping[str, Answer], step: int, catalogue: Catalogue, now: datetime
) -> Reflection:
    """Keeps the answers of one step (calendar clock). Who begins to look back has answered a question.

    step: the step to go on with, counted from 1.
    """
    reflection = reflections.save(session, seat.desk, said, step, now)
    if seat.reflection is None and parts.name_of(seat.instrument.phase, seat.part.key, None) in parts.TELLING:
        nudges.replan(session, [seat.desk.enrolment.id], catalogue, now)
    return reflection


def submit(session: Session, seat: Seat, catalogue: Catalogue, now: datetime) -> None:
    """Submits what is on a desk (calendar clock).

    The first part of an activity is the one that holds the plan and that the LMS gets a score for.
    """
    desk = seat.desk
    reflection = seat.reflection or reflections.save(session, desk, {}, 1, now)
    reflections.submit(session, reflection, now)
    if seat.is_first_part:
        _follow(session, seat, reflections.answers(session, desk, reflection), now)
        scores.plan(session, desk, now)
    nudges.replan(session, [desk.enrolment.id], catalogue, now)


def _follow(session: Session, seat: Seat, said: Mapping[str, Answer], now: datetime) -> None:
    """What the plan takes from the answers."""
    desk = seat.desk
    if seat.instrument.phase is Phase.PRE:
        plans.prepare(session, desk.person, desk.enrolment, said, desk.key, now)
    if seat.instrument.phase is Phase.POST:
        today = zones.today(desk.person, seat.placed.cohort, now)
        if finishing.by_a_plan(seat.placed.track, seat.placed.cohort, desk.enrolment, today):
            finishing.note(session, desk.enrolment, today, now)
        plans.make(session, desk.person, desk.enrolment, said, desk.key, today, now)
