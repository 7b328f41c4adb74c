"""The nudges that are still to come, each on the day on which it goes as things stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from lti_tool.domain import moments
from lti_tool.domain.clock import Now
from lti_tool.domain.nudges import Skip, SkipReason, Wait
from lti_tool.domain.paces import Pace
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.people import Mailbox, MailboxStatus, Person
from lti_tool.models.tracks import Cohort, Enrolment, Track
from lti_tool.services import learner_facts, nudges
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.learner_facts import Learner
from lti_tool.services.mailboxes import Reach

WAITS = (DeliveryStatus.PLANNED, DeliveryStatus.CLAIMED)
OUT = (DeliveryStatus.SENDING, DeliveryStatus.SENT, DeliveryStatus.UNKNOWN)
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Coming:
    """A letter to come. title, pace: of its training. reason: why this day, as planned or as moved."""

    step: str
    occurrence: int
    on: date
    reason: str | None
    title: str
    pace: Pace


def of(learner: Learner, catalogue: Catalogue, now: Now) -> list[Coming]:
    """Those of one training, in order; none where no letter can arrive."""
    if learner.reach is not Reach.OPEN:
        return []
    rows = sorted((row for row in learner.deliveries if row.status in WAITS), key=lambda row: row.due_at)
    on = _days(rows, [learner], catalogue, now)
    return _in_order((row, learner.track, on[row.id]) for row in rows if row.id in on)


def to_address_of(session: Session, person: Person, catalogue: Catalogue, now: Now) -> list[Coming]:
    """Those to somebody's address over all trainings, in order; none where no letter can arrive."""
    found = session.execute(
        select(Delivery, Track)
        .join(Enrolment, Enrolment.id == Delivery.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Track, Track.id == Cohort.track_id)
        .join(Mailbox, Mailbox.id == Delivery.mailbox_id)
        .where(
            Delivery.mailbox_id == person.mailbox_id,
            Mailbox.status == MailboxStatus.OPEN,
            Delivery.kind == Kind.NUDGE,
            Delivery.status.in_(WAITS),
        )
        .order_by(Delivery.due_at)
    ).all()
    on = days(session, [row for row, _ in found], catalogue, now)
    return _in_order((row, track, on[row.id]) for row, track in found if row.id in on)


def share_room(session: Session, learner: Learner, now: datetime) -> bool:
    """Whether mails about other trainings of this person take room too: to come, or of the last week.

    Then a letter to come may not go, as a mailbox gets two a week (calendar clock).
    """
    lately = and_(Delivery.status.in_(OUT), Delivery.due_on > now.date() - WEEK)
    other = (
        select(Delivery.id)
        .join(Enrolment, Enrolment.id == Delivery.enrolment_id)
        .where(
            Enrolment.person_id == learner.person.id,
            Enrolment.id != learner.enrolment.id,
            Delivery.kind == Kind.NUDGE,
            or_(Delivery.status.in_(WAITS), lately),
        )
    )
    return session.scalar(other.limit(1)) is not None


def without_room(learner: Learner) -> list[Delivery]:
    """The letters of a training that did not go because the mailbox had its mails of that week, in order."""
    rows = [row for row in learner.deliveries if row.status is DeliveryStatus.SKIPPED]
    return sorted((row for row in rows if row.reason == SkipReason.BUDGET), key=lambda row: row.due_at)


def days(session: Session, rows: Sequence[Delivery], catalogue: Catalogue, now: Now) -> dict[UUID, date]:
    """The day of each letter by its id; of one that should have gone, the one on which it goes now.

    Without those that do not go any more. Whether its mailbox has room, the round sees.
    """
    late = {row.enrolment_id for row in rows if _is_late(row, now) and row.enrolment_id}
    return _days(rows, learner_facts.gather(session, late) if late else (), catalogue, now)


def _days(
    rows: Sequence[Delivery], learners: Iterable[Learner], catalogue: Catalogue, now: Now
) -> dict[UUID, date]:
    """learners: whose the late ones are."""
    ready = {row.id: _ready_at(row, now) for row in rows}
    late = {row.id for row in rows if _is_late(row, now)}
    found = {row.id: row.due_on for row in rows if row.id not in late}
    for learner in learners:
        for row in learner.deliveries:
            if row.id in late and (day := _next_day(row, learner, catalogue, ready[row.id])):
                found[row.id] = day
    return found


def _is_late(row: Delivery, now: Now) -> bool:
    return row.status in WAITS and _ready_at(row, now) > row.due_at


def _ready_at(row: Delivery, now: Now) -> datetime:
    """From when a letter may go (calendar clock): when it is due, now, or when it may be tried again."""
    again_in = row.retry_at - now.real if row.retry_at else timedelta()
    return max(row.due_at, now.calendar, now.calendar + again_in)


def _next_day(row: Delivery, learner: Learner, catalogue: Catalogue, now: datetime) -> date | None:
    decision = nudges.decide(learner, row, catalogue, now)
    if isinstance(decision, Skip):
        return None
    goes_at = decision.until if isinstance(decision, Wait) else now
    return moments.local(goes_at, learner.facts.time_zone).date()


def _in_order(rows: Iterable[tuple[Delivery, Track, date]]) -> list[Coming]:
    letters = [
        Coming(row.step, row.occurrence, on, row.reason, track.title, track.pace) for row, track, on in rows
    ]
    return sorted(letters, key=lambda each: each.on)
