"""Telling a trainer once that a training is on: its days came with the choice, so nobody switched it on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session

from lti_tool.models.courses import Course
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.people import Person
from lti_tool.models.tracks import Cohort, Enrolment, EnrolmentStatus, Track
from lti_tool.services import previews, tracks
from lti_tool.services.catalogue import Catalogue

OUT = (DeliveryStatus.SENDING, DeliveryStatus.SENT, DeliveryStatus.UNKNOWN)


@dataclass(frozen=True)
class Announcement:
    """What a training sends first.

    first_on: the day; None when nothing is to come. people: to how many; None while nobody knows that yet.
    has_roster: whether everybody in the course takes part. has_begun: whether letters went out already.
    """

    first_on: date | None
    people: int | None
    has_roster: bool
    has_begun: bool


def of(
    session: Session, track: Track, course: Course, catalogue: Catalogue, now: datetime
) -> Announcement | None:
    """What is to be told about a track (calendar clock); None when a trainer was told."""
    if not track.is_unannounced:
        return None
    own = _letters(track.id)
    found = session.execute(
        select(Delivery.due_on, func.count(Delivery.enrolment_id.distinct()))
        .where(own, Delivery.status.in_([DeliveryStatus.PLANNED, DeliveryStatus.CLAIMED]))
        .group_by(Delivery.due_on)
        .order_by(Delivery.due_on)
        .limit(1)
    ).one_or_none()
    has_begun = bool(session.scalar(select(exists().where(own, Delivery.status.in_(OUT)))))
    has_roster = course.roster_url is not None
    if found is None:
        first_on = min(_expected(session, track, catalogue, now), default=None)
        return Announcement(first_on, None, has_roster, has_begun)
    first_on, people = found
    is_complete = not has_roster or course.roster_whole_at is not None
    return Announcement(first_on, people if is_complete else None, has_roster, has_begun)


def settle(track: Track) -> None:
    """A trainer was told."""
    track.is_unannounced = False


def _letters(track_id: UUID) -> ColumnElement[bool]:
    """Whether a delivery is a letter to somebody who takes part in a track and can be reached."""
    people = (
        select(Enrolment.id)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(
            Cohort.track_id == track_id,
            Enrolment.status == EnrolmentStatus.ACTIVE,
            Person.is_test.is_(False),
            Person.mailbox_id.is_not(None),
        )
    )
    return and_(Delivery.kind == Kind.NUDGE, Delivery.enrolment_id.in_(people))


def _expected(session: Session, track: Track, catalogue: Catalogue, now: datetime) -> Iterator[date]:
    """The days of letters that may come, as the calendar shows them."""
    for cohort in tracks.cohorts(session, track):
        training = previews.of_track(session, track, cohort)
        for row in previews.calendar(training, catalogue, now).rows:
            if row.is_sent and row.needs is None:
                yield from row.days
