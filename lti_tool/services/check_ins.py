"""Answers to the questions that letters ask."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.domain.answers import Answer
from lti_tool.models.check_ins import CheckIn, Outcome
from lti_tool.models.deliveries import Delivery
from lti_tool.models.people import Person
from lti_tool.models.plans import Plan, PlanStatus
from lti_tool.models.tracks import Enrolment
from lti_tool.services import plans, sealing
from lti_tool.services.keys import Key


def begin(enrolment: Enrolment, delivery: Delivery | None) -> CheckIn:
    """An answer that is about to be given, to a letter or in the tool."""
    return CheckIn(
        organisation_id=enrolment.organisation_id,
        enrolment_id=enrolment.id,
        delivery_id=delivery.id if delivery else None,
    )


def record(
    session: Session,
    check_in: CheckIn,
    plan: Plan | None,
    outcome: Outcome,
    today: date,
    now: datetime,
) -> None:
    """Records an answer; to the same letter, the last one counts. "Used it" ends the cues."""
    check_in.outcome, check_in.answered_at = outcome, now
    session.add(check_in)
    if plan is not None and outcome is Outcome.USED:
        plans.mark_used(plan, today, now)
    elif plan is not None and plan.status is PlanStatus.USED:
        plans.mark_open(plan, now)
    session.flush()


def find(session: Session, enrolment: Enrolment, delivery_id: UUID | None) -> CheckIn | None:
    """The answer given to a letter; without a letter, the last one given in the tool."""
    return session.scalar(
        select(CheckIn)
        .where(CheckIn.enrolment_id == enrolment.id, CheckIn.delivery_id == delivery_id)
        .order_by(CheckIn.answered_at.desc())
        .limit(1)
    )


def name_obstacles(session: Session, check_in: CheckIn, person: Person, key: Key, said: Answer) -> None:
    """Keeps what stood in the way, sealed: choices and words alike."""
    place = sealing.Place(person.organisation_id, person.id, "check_in.obstacles")
    check_in.obstacles = None if said.is_open else sealing.seal(key, place, said.to_json())
    session.flush()
