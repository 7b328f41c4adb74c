"""How far the groups of a track are: status only, as the gradebook has it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.people import Person
from lti_tool.models.tracks import Cohort, Enrolment, EnrolmentStatus, Track
from lti_tool.services import launches, reflections
from lti_tool.services.keys import Key


@dataclass(frozen=True)
class Member:
    """Someone who takes part. name: None when the LMS gave none."""

    name: str | None
    has_submitted: bool
    has_address: bool


@dataclass(frozen=True)
class ToCome:
    """A step that is still planned for people of the track, and when for the first of them."""

    step: str
    people: int
    first_at: datetime


def people(session: Session, track: Track) -> list[tuple[Person, Enrolment]]:
    """Who takes part, in whichever group; test people and those who left are left out."""
    rows = session.execute(
        select(Person, Enrolment)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(
            Cohort.track_id == track.id,
            Enrolment.status == EnrolmentStatus.ACTIVE,
            Person.is_test.is_(False),
        )
        .order_by(Cohort.number, Enrolment.joined_at, Enrolment.id)
    )
    return [(person, enrolment) for person, enrolment in rows]


def members(
    session: Session,
    found: list[tuple[Person, Enrolment]],
    activity_id: UUID,
    keys: Mapping[UUID, Key],
) -> dict[UUID, list[Member]]:
    """Who has submitted what this link asks for, by group. keys: of these people, by id."""
    submitted = reflections.submitted_by(session, activity_id)
    by_cohort: dict[UUID, list[Member]] = {}
    for person, enrolment in found:
        member = Member(
            launches.name_of(person, keys.get(person.key_id)),
            person.id in submitted,
            person.mailbox_id is not None,
        )
        by_cohort.setdefault(enrolment.cohort_id, []).append(member)
    return by_cohort


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
    """Letters about the track of which nobody knows whether they arrived, and whose they are."""
    rows = session.execute(
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
        .order_by(Delivery.due_at)
    )
    return [(delivery, person) for delivery, person in rows]
