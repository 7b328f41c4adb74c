"""The ledger of figures: a group is counted in memory, and only what may be published is written."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from lti_tool.domain import figures as rules
from lti_tool.domain import retention
from lti_tool.domain.digests import DigestStep
from lti_tool.domain.figures import Cell, Participant, Question
from lti_tool.domain.insights import When
from lti_tool.domain.snapshots import Moment as Slot
from lti_tool.models.contacts import Contact
from lti_tool.models.courses import Membership, Role
from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.figures import Figure, Moment
from lti_tool.models.people import Person
from lti_tool.models.tracks import Cohort, Enrolment, EnrolmentStatus, Track
from lti_tool.services import learner_facts, obstacles, one_card, snapshots
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.keys import Key
from lti_tool.services.learner_facts import Learner

MOMENTS: Mapping[str, Moment] = {DigestStep.LEADER: Moment.LEADER, DigestStep.CLOSED: Moment.CLOSED}
# What they say after a meeting is no part of what stands in the way: that is told by itself (`harvests`).
ASKED = (When.BEFORE, When.AFTER)
# About whoever reads a card: it never stands there, and so it is not counted for one.
ABOUT_THE_READER = frozenset({"leader"})
NOT_YET = (DeliveryStatus.PLANNED, DeliveryStatus.CLAIMED, DeliveryStatus.CANCELLED)


@dataclass(frozen=True)
class Due:
    """A snapshot to take: of whom, when, and whose keys open what they answered."""

    cohort_id: UUID
    moment: Moment
    key_ids: tuple[UUID, ...]


def due(session: Session, delivery_ids: Collection[UUID]) -> list[Due]:
    """The snapshots that letters wait for: only the first card of its kind in a group has one taken."""
    rows = session.execute(
        select(Contact.cohort_id, Delivery.step)
        .join(Contact, Contact.id == Delivery.contact_id)
        .where(Delivery.id.in_(delivery_ids), Contact.cohort_id.is_not(None), Delivery.step.in_(MOMENTS))
        .distinct()
    )
    found = (due_of(session, row.cohort_id, MOMENTS[row.step]) for row in rows.all())
    return [each for each in found if each is not None]


def due_of(session: Session, cohort_id: UUID, moment: Moment) -> Due | None:
    """The snapshot of a group for a moment; None when it was taken, or a card went out without one."""
    if snapshots.is_taken(session, cohort_id, Slot(moment.value)) or _is_read(session, cohort_id, moment):
        return None
    return Due(cohort_id, moment, key_ids(session, cohort_id))


def key_ids(session: Session, cohort_id: UUID) -> tuple[UUID, ...]:
    """The keys of who counts in a group."""
    return tuple(session.scalars(select(Person.key_id).where(Person.id.in_(people(cohort_id)))))


def take(
    session: Session, wanted: Due, keys: Mapping[UUID, Key], catalogue: Catalogue, now: datetime
) -> None:
    """Counts a group and writes down what may be published; nothing is kept of anybody."""
    cohort = session.get_one(Cohort, wanted.cohort_id)
    if not snapshots.mark(session, cohort, Slot(wanted.moment.value), 0, now.date()):
        return
    listed = rules.counted(catalogue.actions.pointers, ABOUT_THE_READER)
    cells = rules.count(_participants(session, cohort, keys, listed), listed)
    published = rules.publishable(cells, _published(session, cohort.id))
    today = now.date()
    session.add_all(_row(cohort, wanted.moment, cell, today) for cell in published)
    session.flush()


def newest(session: Session, cohort_id: UUID) -> list[Cell]:
    """The newest snapshot of a group; empty while nothing may be shown."""
    return newest_of(session, [cohort_id])[cohort_id]


def newest_of(session: Session, cohort_ids: Collection[UUID]) -> dict[UUID, list[Cell]]:
    """The same of several groups, in one statement."""
    found: dict[UUID, list[Figure]] = {cohort_id: [] for cohort_id in cohort_ids}
    for row in session.scalars(select(Figure).where(Figure.cohort_id.in_(cohort_ids))):
        found[row.cohort_id].append(row)
    return {cohort_id: _newest(rows) for cohort_id, rows in found.items()}


def _newest(rows: Collection[Figure]) -> list[Cell]:
    moments = {row.moment for row in rows}
    last = Moment.CLOSED if Moment.CLOSED in moments else Moment.LEADER
    # The order of the ledger says nothing; the rules gave what was named most first.
    shown = sorted((row for row in rows if row.moment is last), key=lambda row: (-row.count, row.cell))
    return [_cell(row) for row in shown]


def _is_read(session: Session, cohort_id: UUID, moment: Moment) -> bool:
    """Whether a card of this kind went out already: what it showed is not counted again."""
    gone = (
        select(Delivery.id)
        .join(Contact, Contact.id == Delivery.contact_id)
        .where(
            Contact.cohort_id == cohort_id,
            Delivery.step == moment.value,
            Delivery.status.not_in(NOT_YET),
            Delivery.reason.is_distinct_from(one_card.REASON),
        )
        .limit(1)
    )
    return session.scalar(gone) is not None


def _published(session: Session, cohort_id: UUID) -> list[Cell]:
    return [_cell(row) for row in session.scalars(select(Figure).where(Figure.cohort_id == cohort_id))]


def _cell(row: Figure) -> Cell:
    return Cell(Question(row.question), row.cell, row.count, row.people)


def _row(cohort: Cohort, moment: Moment, cell: Cell, today: date) -> Figure:
    return Figure(
        organisation_id=cohort.organisation_id,
        cohort_id=cohort.id,
        moment=moment,
        taken_on=today,
        question=cell.question,
        cell=cell.cell,
        count=cell.count,
        people=cell.people,
    )


def people(cohort_id: UUID) -> Select[UUID]:
    """Who counts in a group: its learners who are still there, without people who only try."""
    return people_of(select(Cohort.id).where(Cohort.id == cohort_id))


def people_of(cohort_ids: Select[UUID]) -> Select[UUID]:
    """Who counts in several groups."""
    return (
        select(Person.id)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Track, Track.id == Cohort.track_id)
        .join(Membership, (Membership.person_id == Person.id) & (Membership.course_id == Track.course_id))
        .where(
            Cohort.id.in_(cohort_ids),
            Enrolment.status == EnrolmentStatus.ACTIVE,
            Person.is_test.is_(False),
            Membership.role == Role.LEARNER,
        )
    )


def learners(session: Session, cohort: Cohort, keys: Mapping[UUID, Key]) -> list[Learner]:
    """Who counts in a group, each once: of who takes part again, the last time. keys: of them, by id."""
    rows = session.scalars(
        select(Enrolment)
        .where(Enrolment.cohort_id == cohort.id, Enrolment.person_id.in_(people(cohort.id)))
        .order_by(Enrolment.attempt)
    )
    latest = {row.person_id: row.id for row in rows}
    return [
        learner
        for learner in learner_facts.gather(session, latest.values())
        if learner.person.key_id in keys  # without it, somebody was erased
    ]


def first_use(learner: Learner) -> date | None:
    """The day on which somebody used their plan for the first time, where that is within the two weeks."""
    used_on = learner.facts.used_on
    window = retention.open_window(learner.facts.anchor_on, learner.facts.calendar)
    return used_on if used_on is not None and window.first_on <= used_on <= window.last_on else None


def _participants(
    session: Session, cohort: Cohort, keys: Mapping[UUID, Key], listed: Iterable[str]
) -> list[Participant]:
    found, known = learners(session, cohort, keys), frozenset(listed)
    named = obstacles.named(session, found, keys, ASKED)
    return [
        Participant(
            learner.facts.plan_made_on is not None,
            first_use(learner) is not None,
            known & frozenset().union(*named[learner.enrolment.id].values()),
        )
        for learner in found
    ]
