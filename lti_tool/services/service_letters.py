"""Service letters: planned to go at once, at any hour, outside the budget of a week."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lti_tool.models.advisers import Adviser
from lti_tool.models.contacts import Contact
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.people import Person
from lti_tool.models.tracks import Enrolment

WHOM = {
    Adviser: Delivery.adviser_id,
    Contact: Delivery.contact_id,
    Enrolment: Delivery.enrolment_id,
    Person: Delivery.person_id,
}


def plan(
    session: Session,
    whom: Adviser | Contact | Enrolment | Person,
    step: str,
    mailbox_id: UUID | None,
    *,
    now: datetime,
    today: date,
    holds: timedelta = timedelta(),
    activity_id: UUID | None = None,
) -> Delivery:
    """One more letter of a step to whom it is for.

    now: calendar clock. today: the local day. holds: how long after it the letter still makes sense.
    """
    column = WHOM[type(whom)]
    earlier = select(func.max(Delivery.occurrence)).where(column == whom.id, Delivery.step == step)
    letter = Delivery(
        organisation_id=whom.organisation_id,
        kind=Kind.SERVICE,
        activity_id=activity_id,
        mailbox_id=mailbox_id,
        step=step,
        occurrence=(session.scalar(earlier) or 0) + 1,
        due_at=now,
        due_on=today,
        last_on=today + holds,
        status=DeliveryStatus.PLANNED,
        created_at=now,
        **{column.key: whom.id},
    )
    session.add(letter)
    session.flush()
    return letter
