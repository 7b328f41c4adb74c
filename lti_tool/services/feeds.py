"""A calendar with what is still to come for somebody: steps and moments, and no words of theirs."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from lti_tool.domain.nudges import SkipReason
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.feeds import CalendarFeed
from lti_tool.models.people import Person
from lti_tool.models.platforms import Platform, PlatformStatus
from lti_tool.models.tracks import Enrolment
from lti_tool.services import firsts

TO_COME = (DeliveryStatus.PLANNED, DeliveryStatus.CLAIMED, DeliveryStatus.SENDING)


@dataclass(frozen=True)
class Moment:
    """One entry. number: of the meeting that the step is about. planned_at: when it was first planned."""

    id: UUID
    step: str
    number: int
    starts_at: datetime
    planned_at: datetime


def of_person(session: Session, person: Person) -> CalendarFeed | None:
    """The calendar of somebody, if they took one."""
    return session.scalar(select(CalendarFeed).where(CalendarFeed.person_id == person.id))


def find(session: Session, feed_id: UUID) -> Person | None:
    """Whose calendar an address opens; None once they ended it, or their registration was removed."""
    return session.scalar(
        select(Person)
        .join(CalendarFeed, CalendarFeed.person_id == Person.id)
        .join(Platform, Platform.id == Person.platform_id)
        .where(CalendarFeed.id == feed_id, Platform.status != PlatformStatus.REMOVED)
    )


def make(session: Session, person: Person, now: datetime) -> None:
    """A new address (real clock); an earlier one opens nothing any more."""
    end(session, person)
    firsts.add(
        session, CalendarFeed(organisation_id=person.organisation_id, person_id=person.id, made_at=now)
    )


def end(session: Session, person: Person) -> None:
    """Its address opens nothing any more."""
    session.execute(delete(CalendarFeed).where(CalendarFeed.person_id == person.id))


def moments(session: Session, person: Person) -> list[Moment]:
    """What is still to come, in order; and what went by or had no address to go to, where it was."""
    rows = session.execute(
        select(Delivery.id, Delivery.step, Delivery.occurrence, Delivery.due_at, Delivery.created_at)
        .join(Enrolment, Enrolment.id == Delivery.enrolment_id)
        .where(
            Enrolment.person_id == person.id,
            Delivery.kind == Kind.NUDGE,
            or_(
                Delivery.status.in_((*TO_COME, DeliveryStatus.SENT)),
                (Delivery.status == DeliveryStatus.SKIPPED) & (Delivery.reason == SkipReason.NO_ADDRESS),
            ),
        )
        .order_by(Delivery.due_at, Delivery.id)
    )
    return [Moment(*row) for row in rows]
