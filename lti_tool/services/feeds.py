"""A calendar with what is still to come for somebody: steps and moments; words only if they want so."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.orm import Session

from lti_tool.domain.cadences import StepId
from lti_tool.domain.nudges import SkipReason
from lti_tool.domain.paces import Pace
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.feeds import CalendarFeed
from lti_tool.models.people import Person
from lti_tool.models.plans import Plan
from lti_tool.models.platforms import Platform, PlatformStatus
from lti_tool.models.tracks import Cohort, Enrolment, EnrolmentStatus, Track
from lti_tool.services import firsts, plans
from lti_tool.services.keys import Key
from lti_tool.services.plans import Sentence

TO_COME = (DeliveryStatus.PLANNED, DeliveryStatus.CLAIMED, DeliveryStatus.SENDING)
ABOUT_THE_PLAN = {StepId.REHEARSE, StepId.OWN_DATE, StepId.CHECK_IN}


@dataclass(frozen=True)
class Moment:
    """One entry. number: of the meeting that the step is about. planned_at: when it was first planned."""

    id: UUID
    step: str
    number: int
    starts_at: datetime
    planned_at: datetime
    status: DeliveryStatus
    enrolment_id: UUID
    track_id: UUID
    pace: Pace

    @property
    def may_quote(self) -> bool:
        """Whether the plan as it is now belongs to it: it asks about the plan and did not go out yet."""
        return self.step in ABOUT_THE_PLAN and self.status is not DeliveryStatus.SENT


def of_person(session: Session, person: Person) -> CalendarFeed | None:
    """The calendar of somebody, if they took one."""
    return session.scalar(select(CalendarFeed).where(CalendarFeed.person_id == person.id))


def find(session: Session, feed_id: UUID) -> tuple[CalendarFeed, Person] | None:
    """The calendar that an address opens, and whose it is.

    None once they ended it, take part in nothing any more, or their registration was removed.
    """
    takes_part = exists().where(Enrolment.person_id == Person.id, Enrolment.status == EnrolmentStatus.ACTIVE)
    row = session.execute(
        select(CalendarFeed, Person)
        .join(Person, CalendarFeed.person_id == Person.id)
        .join(Platform, Platform.id == Person.platform_id)
        .where(CalendarFeed.id == feed_id, Platform.status != PlatformStatus.REMOVED, takes_part)
    ).one_or_none()
    return (row.CalendarFeed, row.Person) if row else None


def make(session: Session, person: Person, now: datetime) -> None:
    """A new address (real clock); an earlier one opens nothing any more."""
    end(session, person)
    firsts.add(
        session, CalendarFeed(organisation_id=person.organisation_id, person_id=person.id, made_at=now)
    )


def quote(session: Session, person: Person, *, with_words: bool) -> None:
    """Whether the entries quote the person's own sentence; the address stays as it is."""
    session.execute(
        update(CalendarFeed).where(CalendarFeed.person_id == person.id).values(with_words=with_words)
    )


def end(session: Session, person: Person) -> None:
    """Its address opens nothing any more."""
    session.execute(delete(CalendarFeed).where(CalendarFeed.person_id == person.id))


def moments(session: Session, person: Person) -> list[Moment]:
    """What is still to come, in order; and what went by or had no address to go to, where it was.

    Nothing of a training that they left.
    """
    entry = (Delivery.id, Delivery.step, Delivery.occurrence, Delivery.due_at, Delivery.created_at)
    rows = session.execute(
        select(*entry, Delivery.status, Enrolment.id, Cohort.track_id, Track.pace)
        .join(Enrolment, Enrolment.id == Delivery.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Track, Track.id == Cohort.track_id)
        .where(
            Enrolment.person_id == person.id,
            Enrolment.status == EnrolmentStatus.ACTIVE,
            Delivery.kind == Kind.NUDGE,
            or_(
                Delivery.status.in_((*TO_COME, DeliveryStatus.SENT)),
                (Delivery.status == DeliveryStatus.SKIPPED) & (Delivery.reason == SkipReason.NO_ADDRESS),
            ),
        )
        .order_by(Delivery.due_at, Delivery.id)
    )
    return [Moment(*row) for row in rows]


def sentences(session: Session, feed: CalendarFeed, person: Person, key: Key | None) -> dict[UUID, Sentence]:
    """The person's own sentences, by enrolment; none unless they want them in this calendar."""
    if not feed.with_words:
        return {}
    mine = select(Plan).join(Enrolment, Enrolment.id == Plan.enrolment_id)
    found = {
        plan.enrolment_id: plans.sentence_of(plan, person, key)
        for plan in session.scalars(mine.where(Enrolment.person_id == person.id))
    }
    return {enrolment_id: own for enrolment_id, own in found.items() if own and own.when and own.then}
