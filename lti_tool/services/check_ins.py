"""Answers to the questions that letters ask."""

from collections.abc import Mapping
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
from lti_tool.services import plans, sealed_answers, sealing
from lti_tool.services.keys import Key

# Takes "used it" back.
NOT_DONE = (Outcome.PARTLY, Outcome.NOT_YET)
# What somebody does with a plan a month later.
ABOUT_GOING_ON = (Outcome.KEEP, Outcome.CHANGE, Outcome.CLOSE)


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
    elif plan is not None and plan.status is PlanStatus.USED and outcome in NOT_DONE:
        plans.mark_open(plan, now)
    if plan is not None and outcome in ABOUT_GOING_ON:
        plan.closed_on = today if outcome is Outcome.CLOSE else None
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


def obstacles_of(check_in: CheckIn, person: Person, key: Key) -> Answer:
    """What stood in the way, as it was named."""
    place = sealing.Place(person.organisation_id, person.id, "check_in.obstacles")
    return (
        Answer.from_json(sealing.unseal(key, place, check_in.obstacles)) if check_in.obstacles else Answer()
    )


def told(check_in: CheckIn, person: Person, key: Key) -> dict[str, Answer]:
    """What was told beside an answer, by item."""
    place = sealing.Place(person.organisation_id, person.id, "check_in.said")
    return sealed_answers.unseal(key, place, check_in.said) if check_in.said else {}


def tell(session: Session, check_in: CheckIn, person: Person, key: Key, said: Mapping[str, Answer]) -> None:
    """Keeps what was told beside an answer, sealed; an open answer takes back what stood there."""
    place = sealing.Place(person.organisation_id, person.id, "check_in.said")
    known = sealed_answers.unseal(key, place, check_in.said) if check_in.said else {}
    kept = {item_id: answer for item_id, answer in {**known, **said}.items() if not answer.is_open}
    check_in.said = sealed_answers.seal(key, place, kept) if kept else None
    session.flush()
