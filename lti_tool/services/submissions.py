"""What follows from a submit: the plan, the score, the letters, in the same transaction."""

from datetime import datetime

from sqlalchemy.orm import Session

from lti_tool.domain.instruments import Phase
from lti_tool.models.courses import ResourceLink
from lti_tool.services import nudges, plans, reflections, scores, zones
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.desks import Seat


def submit(session: Session, seat: Seat, link: ResourceLink, catalogue: Catalogue, now: datetime) -> None:
    """Submits what is on a desk (calendar clock)."""
    desk = seat.desk
    reflection = seat.reflection or reflections.save(session, desk, {}, 1, now)
    reflections.submit(session, reflection, now)
    said = reflections.answers(session, desk, reflection)
    if seat.instrument.phase is Phase.PRE:
        plans.prepare(session, desk.person, desk.enrolment, said, desk.key, now)
    if seat.instrument.phase is Phase.POST:
        today = zones.today(desk.person, seat.placed.cohort, now)
        plans.make(session, desk.person, desk.enrolment, said, desk.key, today, now)
    if seat.is_first_part:
        scores.plan(session, desk, link, now)
    nudges.replan(session, [desk.enrolment.id], catalogue, now)
