"""How far the groups of a track are: status only, as the gradebook has it."""

from collections.abc import Mapping, Sequence
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
from lti_tool.services import launches
from lti_tool.services.keys import Key
from lti_tool.services.tracks import Dates

AT_ONCE = 50
"""People on one page."""


@dataclass(frozen=True)
class Standing:
    """How many take part in a group, are done with what a link asks, and have no address for mail."""

    people: int = 0
    done: int = 0
    unreached: int = 0


@dataclass(frozen=True)
class Member:
    """Someone who takes part. name: None when the LMS gave none."""

    cohort_id: UUID
    name: str | None
    has_submitted: bool


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
    rows = _taking_part(track).order_by(Cohort.number, Enrolment.joined_at, Enrolment.id)
    if number is not None:
        rows = rows.limit(AT_ONCE).offset((number - 1) * AT_ONCE)
    return [(person, enrolment) for person, enrolment in session.execute(rows)]


def number_of(session: Session, track: Track) -> int:
    """How many take part."""
    return session.scalar(_taking_part(track).with_only_columns(func.count())) or 0


def standings(session: Session, track: Track, activity_id: UUID) -> dict[UUID, Standing]:
    """How the groups of a track stand, by id; one without people is left out."""
    rows = session.execute(
        _beside_their_part(track, activity_id)
        .with_only_columns(
            Enrolment.cohort_id,
            func.count(),
            func.count(Reflection.id),
            func.count(case((Person.mailbox_id.is_(None), 1))),
        )
        .group_by(Enrolment.cohort_id)
    )
    return {cohort_id: Standing(*numbers) for cohort_id, *numbers in rows}


def page(
    session: Session, track: Track, activity_id: UUID, number: int
) -> list[tuple[Person, Enrolment, bool]]:
    """Who takes part, and whether they are done with what a link asks. number: of the page, from 1."""
    rows = session.execute(
        _beside_their_part(track, activity_id)
        .with_only_columns(Person, Enrolment, Reflection.id.is_not(None))
        .order_by(Cohort.number, Enrolment.joined_at, Enrolment.id)
        .limit(AT_ONCE)
        .offset((number - 1) * AT_ONCE)
    )
    return [(person, enrolment, is_done) for person, enrolment, is_done in rows]


def is_there(session: Session, track: Track, name: str, dates: Dates) -> bool:
    """Whether a track has this very group already: sent twice is done once."""
    alike = select(Cohort.id).where(
        Cohort.track_id == track.id,
        Cohort.name == name,
        Cohort.starts_on == dates.starts_on,
        Cohort.ends_on == dates.ends_on,
    )
    return session.scalar(select(alike.exists())) is True


def members(found: Sequence[tuple[Person, Enrolment, bool]], keys: Mapping[UUID, Key]) -> list[Member]:
    """The same people by name. keys: of these people, by id."""
    return [
        Member(enrolment.cohort_id, launches.name_of(person, keys.get(person.key_id)), is_done)
        for person, enrolment, is_done in found
    ]


def _beside_their_part(track: Track, activity_id: UUID) -> Select[Person, Enrolment]:
    """Who takes part, each beside the first part of an activity if they submitted it."""
    first = select(InstrumentPart.id).where(InstrumentPart.position == 1)
    return _taking_part(track).outerjoin(
        Reflection,
        (Reflection.enrolment_id == Enrolment.id)
        & (Reflection.activity_id == activity_id)
        & Reflection.submitted_at.is_not(None)
        & Reflection.part_id.in_(first),
    )


def _taking_part(track: Track) -> Select[Person, Enrolment]:
    return (
        select(Person, Enrolment)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(
            Cohort.track_id == track.id,
            Enrolment.status == EnrolmentStatus.ACTIVE,
            Person.is_test.is_(False),
        )
    )


def to_come(session: Session, track: Track) -> list[ToCome]:
    """What is planned for people of the track, step by step."""
    rows = session.execute(
        select(Delivery.step, func.count(), func.min(Delivery.due_at))
        .join(Enrolment, Enrolment.id == Delivery.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(
            Cohort.track_id == track.id,
            Delivery.kind == Kind.NUDGE,
            Delivery.status == DeliveryStatus.PLANNED,
        )
        .group_by(Delivery.step)
        .order_by(func.min(Delivery.due_at))
    )
    return [ToCome(step, count, first_at) for step, count, first_at in rows]


def unknown(session: Session, track: Track) -> list[tuple[Delivery, Person]]:
    """Letters about the track of which nobody knows whether they arrived, and whose: the first fifty."""
    rows = session.execute(_unknown(track).order_by(Delivery.due_at, Delivery.id).limit(AT_ONCE))
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
