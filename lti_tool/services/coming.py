"""The nudges that are still to come, each on the day on which it goes as things stand."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from lti_tool.domain import moments
from lti_tool.domain.clock import Now
from lti_tool.domain.nudges import Skip, Wait
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.people import Mailbox, MailboxStatus, Person
from lti_tool.models.tracks import Cohort, Enrolment, Track
from lti_tool.services import learner_facts, nudges
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.learner_facts import Learner

WAITS = (DeliveryStatus.PLANNED, DeliveryStatus.CLAIMED)


@dataclass(frozen=True)
class Coming:
    """A letter to come. title: of its training. reason: why this day, as planned or as moved."""

    step: str
    occurrence: int
    on: date
    reason: str | None
    title: str


def of(session: Session, learner: Learner, catalogue: Catalogue, now: Now) -> list[Coming]:
    """Those of one training, in order; none where no letter can arrive."""
    return of_learners(session, [learner], catalogue, now)[learner.enrolment.id]


def of_learners(
    session: Session, learners: Sequence[Learner], catalogue: Catalogue, now: Now
) -> Mapping[UUID, list[Coming]]:
    """Those of several trainings, each in order, by enrolment."""
    by_enrolment: dict[UUID, list[Coming]] = defaultdict(list)
    own = Delivery.enrolment_id.in_([learner.enrolment.id for learner in learners])
    for enrolment_id, letter in _find(session, own, catalogue, now, learners):
        by_enrolment[enrolment_id].append(letter)
    return by_enrolment


def to_address_of(session: Session, person: Person, catalogue: Catalogue, now: Now) -> list[Coming]:
    """Those to somebody's address over all trainings, in order; none where no letter can arrive."""
    found = _find(session, Delivery.mailbox_id == person.mailbox_id, catalogue, now)
    return [letter for _, letter in found]


def days(
    session: Session,
    rows: Sequence[Delivery],
    catalogue: Catalogue,
    now: Now,
    learners: Iterable[Learner] | None = None,
) -> dict[UUID, date]:
    """The day of each letter by its id; of one that should have gone, the one on which it goes now.

    Without those that do not go any more. Whether its mailbox has room, the round sees.
    learners: whose they are, by whoever read them already.
    """
    ready = {row.id: _ready_at(row, now) for row in rows if row.status in WAITS}
    late = {row.id for row in rows if ready.get(row.id, row.due_at) > row.due_at}
    found = {row.id: row.due_on for row in rows if row.id not in late}
    ids = {row.enrolment_id for row in rows if row.id in late and row.enrolment_id}
    if learners is None:
        learners = learner_facts.gather(session, ids) if ids else ()
    for learner in learners:
        for row in learner.deliveries:
            if row.id in late and (day := _next_day(row, learner, catalogue, ready[row.id])):
                found[row.id] = day
    return found


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


def _find(
    session: Session,
    whose: ColumnElement[bool],
    catalogue: Catalogue,
    now: Now,
    learners: Iterable[Learner] | None = None,
) -> list[tuple[UUID, Coming]]:
    found = session.execute(
        select(Delivery, Track.title, Enrolment.id)
        .join(Enrolment, Enrolment.id == Delivery.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Track, Track.id == Cohort.track_id)
        .join(Mailbox, Mailbox.id == Delivery.mailbox_id)
        .where(
            whose,
            Mailbox.status == MailboxStatus.OPEN,
            Delivery.kind == Kind.NUDGE,
            Delivery.status.in_(WAITS),
        )
        .order_by(Delivery.due_at)
    ).all()
    on = days(session, [row for row, *_ in found], catalogue, now, learners)
    letters = [
        (enrolment_id, Coming(row.step, row.occurrence, on[row.id], row.reason, title))
        for row, title, enrolment_id in found
        if row.id in on
    ]
    return sorted(letters, key=lambda each: each[1].on)
