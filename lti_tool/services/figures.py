"""The ledger of figures: a group is counted in memory, and only what may be published is written."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from lti_tool.domain import figures as rules
from lti_tool.domain import retention
from lti_tool.domain.answers import Answer as Said
from lti_tool.domain.digests import DigestStep
from lti_tool.domain.figures import Cell, Participant, Question
from lti_tool.domain.snapshots import Moment as Slot
from lti_tool.models.check_ins import CheckIn
from lti_tool.models.contacts import Contact
from lti_tool.models.courses import Membership, Role
from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.figures import Figure, Moment
from lti_tool.models.people import Person
from lti_tool.models.reflections import Answer, Reflection
from lti_tool.models.tracks import Cohort, Enrolment, EnrolmentStatus, Track
from lti_tool.services import learner_facts, reflections, sealing, snapshots
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.keys import Key
from lti_tool.services.learner_facts import Learner

MOMENTS: Mapping[str, Moment] = {DigestStep.LEADER: Moment.LEADER, DigestStep.CLOSED: Moment.CLOSED}
# Where people say what stands in the way, beside the answers to letters. What they say after a meeting is no
# part of it: that is told by itself (`harvests`).
ASKED_IN = ("pre.obstacles", "post.obstacles")
# About whoever reads a card: it never stands there, and so it is not counted for one.
ABOUT_THE_READER = frozenset({"leader"})
NOT_YET = (DeliveryStatus.PLANNED, DeliveryStatus.CLAIMED, DeliveryStatus.CANCELLED)


@dataclass(frozen=True)
class Due:
    """A snapshot to take: of whom, when, and whose keys open what they answered."""

    cohort_id: UUID
    moment: Moment
    key_ids: tuple[UUID, ...]


def due(session: Session, delivery_id: UUID) -> Due | None:
    """The snapshot that a letter waits for: only the first card of its kind in a group has one taken."""
    row = session.execute(
        select(Contact.cohort_id, Delivery.step)
        .join(Contact, Contact.id == Delivery.contact_id)
        .where(Delivery.id == delivery_id)
    ).one_or_none()
    if row is None or row.cohort_id is None or row.step not in MOMENTS:
        return None
    return due_of(session, row.cohort_id, MOMENTS[row.step])


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
    obstacles = rules.counted(catalogue.actions.pointers, ABOUT_THE_READER)
    cells = rules.count(_participants(session, cohort, keys, obstacles), obstacles)
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
    return (
        select(Person.id)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Track, Track.id == Cohort.track_id)
        .join(Membership, (Membership.person_id == Person.id) & (Membership.course_id == Track.course_id))
        .where(
            Cohort.id == cohort_id,
            Enrolment.status == EnrolmentStatus.ACTIVE,
            Person.is_test.is_(False),
            Membership.role == Role.LEARNER,
        )
    )


def _participants(
    session: Session, cohort: Cohort, keys: Mapping[UUID, Key], obstacles: Iterable[str]
) -> list[Participant]:
    rows = session.scalars(
        select(Enrolment)
        .where(Enrolment.cohort_id == cohort.id, Enrolment.person_id.in_(people(cohort.id)))
        .order_by(Enrolment.attempt)
    )
    latest = {row.person_id: row.id for row in rows}
    learners = [
        learner
        for learner in learner_facts.gather(session, latest.values())
        if learner.person.key_id in keys  # without it, somebody was erased
    ]
    named, known = _named(session, learners, keys), frozenset(obstacles)
    return [_participant(learner, named[learner.enrolment.id] & known) for learner in learners]


def _participant(learner: Learner, obstacles: frozenset[str]) -> Participant:
    facts = learner.facts
    window = retention.open_window(facts.anchor_on, facts.calendar)
    used = facts.used_on is not None and window.first_on <= facts.used_on <= window.last_on
    return Participant(facts.plan_made_on is not None, used, obstacles)


def _named(session: Session, learners: list[Learner], keys: Mapping[UUID, Key]) -> dict[UUID, frozenset[str]]:
    """What stood in the way of each, wherever they said so."""
    whose = {learner.enrolment.id: learner.person for learner in learners}
    found: dict[UUID, set[str]] = defaultdict(set)
    for answer, enrolment_id in session.execute(
        select(Answer, Reflection.enrolment_id)
        .join(Reflection, Reflection.id == Answer.reflection_id)
        .where(
            Reflection.enrolment_id.in_(whose),
            Reflection.submitted_at.is_not(None),
            Answer.item_id.in_(ASKED_IN),
        )
    ):
        person = whose[enrolment_id]
        place = reflections.answer_place(person, answer)
        found[enrolment_id] |= _choices(sealing.unseal(keys[person.key_id], place, answer.value))
    for check_in in session.scalars(
        select(CheckIn).where(CheckIn.enrolment_id.in_(whose), CheckIn.obstacles.is_not(None))
    ):
        person = whose[check_in.enrolment_id]
        place = sealing.Place(person.organisation_id, person.id, "check_in.obstacles")
        assert check_in.obstacles is not None  # noqa: S101  the statement asked for it
        found[check_in.enrolment_id] |= _choices(
            sealing.unseal(keys[person.key_id], place, check_in.obstacles)
        )
    return defaultdict(frozenset, {id_: frozenset(said) for id_, said in found.items()})


def _choices(opened: str) -> set[str]:
    return set(Said.from_json(opened).choices)
