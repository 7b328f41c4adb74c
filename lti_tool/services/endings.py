"""A trainer ends a training that people take part in: said beforehand, and taken back for a while."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, CursorResult, Select, func, or_, select, update
from sqlalchemy.orm import Session

from lti_tool.domain import moments
from lti_tool.domain.nudges import SkipReason
from lti_tool.models.activities import Activity
from lti_tool.models.contacts import Contact
from lti_tool.models.courses import ResourceLink
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.people import Person
from lti_tool.models.tracks import Cohort, Enrolment, EnrolmentStatus, Track, TrackStatus
from lti_tool.services import deliveries, digests, enrolments, nudges, roster_reads, tracks
from lti_tool.services.catalogue import Catalogue

BACK_WITHIN = timedelta(days=14)
"""As long as the two weeks: after that, letters that begin again come from nowhere."""

COMING = (DeliveryStatus.PLANNED, DeliveryStatus.CLAIMED)
CARDS = (Kind.DIGEST, Kind.POST)
ASKED_AGAIN = "asked_again"


@dataclass(frozen=True)
class Ending:
    """What ends with a training, in numbers: who takes part, their letters, cards to others, scores."""

    people: int
    letters: int
    cards: int
    scores: int

    def __str__(self) -> str:
        """A mark that shows whether a trainer saw these very numbers."""
        return f"{self.people}-{self.letters}-{self.cards}-{self.scores}"


def look(session: Session, track: Track) -> Ending:
    """What ends when a training is removed. Test people count nowhere."""
    takes_part = Enrolment.id.in_(_enrolments(track)), Enrolment.status == EnrolmentStatus.ACTIVE
    people = select(Enrolment.person_id).where(*takes_part).distinct()
    theirs, waits = Delivery.enrolment_id.in_(_enrolments(track)), Delivery.status.in_(COMING)
    to_others = Delivery.contact_id.in_(_contacts(track)) & Delivery.kind.in_(CARDS)
    return Ending(
        people=_count(session, people),
        letters=_count(session, select(Delivery.id).where(waits, theirs, Delivery.kind == Kind.NUDGE)),
        cards=_count(session, select(Delivery.id).where(waits, to_others)),
        scores=_count(session, select(Delivery.id).where(waits, theirs, Delivery.kind == Kind.SCORE)),
    )


def remove(session: Session, track: Track, catalogue: Catalogue, now: datetime) -> bool:
    """Ends a training, once; False when it was ended already (calendar clock).

    Nothing that people wrote goes. Letters, cards and scores to come are cancelled with their reason.
    """
    if not _become(session, track, TrackStatus.OPEN, status=TrackStatus.REMOVED, removed_at=now):
        return False
    _replan(session, track, catalogue, now)
    scores = _scores(track)
    deliveries.take_back(session, scores, awaits=True)
    _change_scores(
        session,
        scores & (Delivery.status == DeliveryStatus.PLANNED),
        status=DeliveryStatus.CANCELLED,
        reason=SkipReason.TRACK_REMOVED,
        finished_at=now,
    )
    return True


def take_back(session: Session, track: Track, catalogue: Catalogue, now: datetime) -> bool:
    """Lets a training go on with what is still to come; False when that is over, or was done already."""
    if not may_be_taken_back(track, now):
        return False
    if not _become(session, track, TrackStatus.REMOVED, status=TrackStatus.OPEN, removed_at=None):
        return False
    roster_reads.ask(session, track.course_id)
    _replan(session, track, catalogue, now)
    cancelled = Delivery.status == DeliveryStatus.CANCELLED, Delivery.reason == SkipReason.TRACK_REMOVED
    again = {"status": DeliveryStatus.PLANNED, "reason": ASKED_AGAIN, "finished_at": None}
    _change_scores(session, _scores(track) & cancelled[0] & cancelled[1], **again)
    return True


def may_be_taken_back(track: Track, now: datetime) -> bool:
    """Whether a training that was removed may still go on (calendar clock)."""
    return track.removed_at is not None and now < track.removed_at + BACK_WITHIN


def days_of(track: Track, time_zone: str) -> tuple[date, date] | None:
    """On which day a training was removed, and the last to take it back; None for an open one."""
    if track.removed_at is None:
        return None
    removed_on = moments.local(track.removed_at, time_zone).date()
    return removed_on, moments.local(track.removed_at + BACK_WITHIN, time_zone).date()


def is_removed(session: Session, link: ResourceLink) -> bool:
    """Whether the training of a link was removed."""
    found = (
        select(Track.id)
        .join(Activity, Activity.track_id == Track.id)
        .where(Activity.link_id == link.id, Track.status == TrackStatus.REMOVED)
    )
    return session.scalar(found) is not None


def _become(session: Session, track: Track, before: TrackStatus, **values: object) -> bool:
    changed = session.execute(
        update(Track)
        .where(Track.id == track.id, Track.status == before)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    session.refresh(track)
    return isinstance(changed, CursorResult) and changed.rowcount == 1


def _replan(session: Session, track: Track, catalogue: Catalogue, now: datetime) -> None:
    nudges.replan(session, enrolments.of_track(session, track.id), catalogue, now)
    for cohort in tracks.cohorts(session, track):
        digests.replan_cohort(session, cohort.id, now)


def _change_scores(session: Session, which: ColumnElement[bool], **values: object) -> None:
    changed = update(Delivery).where(which).values(**values)
    session.execute(changed.execution_options(synchronize_session=False))


def _scores(track: Track) -> ColumnElement[bool]:
    return Delivery.enrolment_id.in_(_enrolments(track, with_tests=True)) & (Delivery.kind == Kind.SCORE)


def _enrolments(track: Track, *, with_tests: bool = False) -> Select[UUID]:
    found = select(Enrolment.id).where(Enrolment.cohort_id.in_(_cohorts(track)))
    if with_tests:
        return found
    return found.join(Person, Person.id == Enrolment.person_id).where(Person.is_test.is_(False))


def _cohorts(track: Track) -> Select[UUID]:
    return select(Cohort.id).where(Cohort.track_id == track.id)


def _contacts(track: Track) -> Select[UUID]:
    """Who follows its groups, or somebody in them."""
    of_them = Contact.enrolment_id.in_(_enrolments(track))
    return select(Contact.id).where(or_(Contact.cohort_id.in_(_cohorts(track)), of_them))


def _count(session: Session, rows: Select[Any]) -> int:
    return session.scalar(select(func.count()).select_from(rows.subquery())) or 0
