"""How far the groups of a track are: status only, as the gradebook has it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.instruments import InstrumentPart
from lti_tool.models.people import Person
from lti_tool.models.reflections import Reflection
from lti_tool.models.tracks import Cohort, Enrolment, EnrolmentStatus, Track
from lti_tool.services import participants
from lti_tool.services.participants import Asked, Row
from lti_tool.services.tracks import Dates


@dataclass(frozen=True)
class Standing:
    """How many take part in a group, are done with what a link asks, and have no address for mail."""

    people: int = 0
    done: int = 0
    unreached: int = 0


@dataclass(frozen=True)
class ToCome:
    """A step that is still planned for people of the track, and when for the first of them."""

    step: str
    people: int
    first_at: datetime


def people(session: Session, track: Track, number: int | None = None) -> list[tuple[Person, Enrolment]]:
    """Who takes part, in whichever group; test people and those who left are left out.

    number: of a page of fifty, from 1; None for all of them.
    """
    everybody = participants.taking_part(select(Person, Enrolment), track)
    by_group = everybody.order_by(Cohort.number, Enrolment.joined_at, Enrolment.id)
    asked = by_group if number is None else participants.some(by_group, number)
    return [(person, enrolment) for person, enrolment in session.execute(asked)]


def number_of(session: Session, track: Track) -> int:
    """How many take part."""
    return session.scalars(participants.taking_part(select(func.count(Enrolment.id)), track)).one()


def standings(session: Session, track: Track, activity_id: UUID) -> dict[UUID, Standing]:
    """How the groups of a track stand, by id; one without people is left out."""
    numbers = select(
        Enrolment.cohort_id,
        func.count(),
        func.count(Reflection.id),
        func.count(case((Person.mailbox_id.is_(None), 1))),
    )
    rows = session.execute(_beside_their_part(numbers, track, activity_id).group_by(Enrolment.cohort_id))
    return {cohort_id: Standing(*found) for cohort_id, *found in rows}


def page(session: Session, track: Track, activity_id: UUID, number: int) -> list[Row]:
    """Who takes part, and whether they are done with what a link asks. number: of the page, from 1."""
    asked = _beside_their_part(select(Person, Enrolment, Reflection.id.is_not(None)), track, activity_id)
    by_group = asked.order_by(Cohort.number, Enrolment.joined_at, Enrolment.id)
    return participants.rows(session, participants.some(by_group, number))


def is_there(session: Session, track: Track, name: str, dates: Dates) -> bool:
    """Whether a track has this very group already: sent twice is done once."""
    alike = select(Cohort.id).where(
        Cohort.track_id == track.id,
        Cohort.name == name,
        Cohort.starts_on == dates.starts_on,
        Cohort.ends_on == dates.ends_on,
    )
    return session.scalar(select(alike.exists())) is True


def _beside_their_part(asked: Asked, track: Track, activity_id: UUID) -> Asked:
    """Of who takes part, each beside the first part of an activity if they submitted it."""
    first = select(InstrumentPart.id).where(InstrumentPart.position == 1)
    return participants.taking_part(asked, track).outerjoin(
        Reflection,
        (Reflection.enrolment_id == Enrolment.id)
        & (Reflection.activity_id == activity_id)
        & Reflection.submitted_at.is_not(None)
        & Reflection.part_id.in_(first),
    )


def to_come(session: Session, track: Track) -> list[ToCome]:
    """What is planned for people of the track, step by step."""
    rows = session.execute(
        select(Delivery.step, func.count(), func.min(Delivery.due_at))
        .join(Enrolment, Enrolment.id == Delivery.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(
            Cohort.track_id == track.id,
            Person.is_test.is_(False),
            Delivery.kind == Kind.NUDGE,
            Delivery.status == DeliveryStatus.PLANNED,
        )
        .group_by(Delivery.step)
        .order_by(func.min(Delivery.due_at))
    )
    return [ToCome(step, count, first_at) for step, count, first_at in rows]


def unknown(session: Session, track: Track) -> list[tuple[Delivery, Person]]:
    """Letters about the track of which nobody knows whether they arrived, and whose: the first fifty."""
    rows = session.execute(_unknown(track).order_by(Delivery.due_at, Delivery.id).limit(participants.AT_ONCE))
    return [(delivery, person) for delivery, person in rows]


def is_unknown(session: Session, track: Track, delivery_id: UUID) -> bool:
    """Whether that is a letter about the track of which nobody knows whether it arrived."""
    found = _unknown(track).with_only_columns(Delivery.id).where(Delivery.id == delivery_id)
    return session.scalar(found) is not None


def _unknown(track: Track) -> Select[Delivery, Person]:
    return (
        select(Delivery, Person)
        .join(Enrolment, Enrolment.id == Delivery.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(
            Cohort.track_id == track.id,
            Enrolment.status == EnrolmentStatus.ACTIVE,
            Delivery.kind == Kind.NUDGE,
            Delivery.status == DeliveryStatus.UNKNOWN,
        )
    )
