"""Telling a trainer once that a training is on: its days came with the choice, so nobody switched it on."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session

from lti_tool.domain.cadences import Receiver, Stage
from lti_tool.domain.paces import Pace
from lti_tool.models.courses import Course
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.people import Person
from lti_tool.models.tracks import Cohort, Enrolment, EnrolmentStatus, Track
from lti_tool.services import previews, tracks
from lti_tool.services.catalogue import Catalogue

_WAIT = Delivery.status.in_([DeliveryStatus.PLANNED, DeliveryStatus.CLAIMED])
OUT = (DeliveryStatus.SENDING, DeliveryStatus.SENT, DeliveryStatus.UNKNOWN)


@dataclass(frozen=True)
class Announcement:
    """What a training sends first.

    first_on: the day; None when nothing is to come. people: to how many; None while nobody knows that yet.
    has_roster: whether everybody in the course takes part. has_begun: whether letters went out already.
    steps: which letters that day may bring, in the order of the calendar, which says to whom each goes.
    has_own_days: its day is counted from the one on which each person finishes.
    """

    first_on: date | None
    people: int | None
    has_roster: bool
    has_begun: bool
    steps: tuple[str, ...] = ()
    has_own_days: bool = False


def of(
    session: Session, track: Track, course: Course, catalogue: Catalogue, now: datetime
) -> Announcement | None:
    """What is to be told about a track (calendar clock); None when a trainer was told."""
    if not track.is_unannounced:
        return None
    own, has_roster = _letters(track.id), course.roster_url is not None
    is_complete = not has_roster or course.roster_whole_at is not None
    cadence = catalogue.cadence(track.cadence).reminding()
    # A day that follows from what somebody chose or answered is told to nobody else, nor how many have it.
    for_all = {str(step.id) for step in cadence.steps if step.to is Receiver.LEARNER}
    of_all = and_(own, _WAIT, Delivery.step.in_(for_all))
    first_on, on_it = _first(session, of_all, _expected(session, track, catalogue, now), for_all, is_complete)
    steps = [step for step in cadence.steps if step.id in on_it]
    return Announcement(
        first_on=first_on,
        people=_people(session, of_all, first_on) if is_complete else None,
        has_roster=has_roster,
        has_begun=bool(session.scalar(select(exists().where(own, Delivery.status.in_(OUT))))),
        steps=tuple(str(step.id) for step in steps),
        has_own_days=track.pace is Pace.OWN and any(step.stage is Stage.AFTER for step in steps),
    )


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


def _first(
    session: Session,
    of_all: ColumnElement[bool],
    expected: Iterable[tuple[date, str]],
    for_all: Container[str],
    is_complete: bool,
) -> tuple[date | None, set[str]]:
    """The first day of letters, and their steps.

    of_all: which are planned of the steps that go to all. for_all: those steps.
    is_complete: all who take part are known. What goes to all of them is planned then.
    """
    rows = session.execute(select(Delivery.due_on, Delivery.step).where(of_all).distinct())
    letters = {(row.due_on, row.step) for row in rows}
    is_open = not (letters and is_complete)
    letters |= {(day, step) for day, step in expected if is_open or step not in for_all}
    first_on = min((day for day, _ in letters), default=None)
    return first_on, {step for day, step in letters if day == first_on}


def _people(session: Session, of_all: ColumnElement[bool], day: date | None) -> int | None:
    """To how many letters are planned on a day; None where to nobody yet."""
    people = select(func.count(Delivery.enrolment_id.distinct()))
    return session.scalar(people.where(of_all, Delivery.due_on == day)) or None


def _expected(
    session: Session, track: Track, catalogue: Catalogue, now: datetime
) -> Iterator[tuple[date, str]]:
    """The days of letters that may come, with their steps, as the calendar shows them."""
    for cohort in tracks.cohorts(session, track):
        training = previews.of_track(session, track, cohort)
        for row in previews.calendar(training, catalogue, now).rows:
            if row.is_sent and row.needs is None:
                for day in row.days:
                    yield day, row.step
