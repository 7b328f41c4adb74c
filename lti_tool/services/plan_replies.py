"""What a trainer answers to a plan that somebody shows them: it can change until it is read."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, CursorResult, Update, delete, exists, select, update
from sqlalchemy.orm import Session

from lti_tool.domain.releases import Reader
from lti_tool.models.people import Person
from lti_tool.models.plan_replies import PlanReply
from lti_tool.models.releases import Release
from lti_tool.models.tracks import Enrolment, EnrolmentStatus
from lti_tool.services import enrolments, sealing
from lti_tool.services.keys import Key
from lti_tool.services.plan_answers import Writer

LONGEST = 300
"""Characters: one or two sentences."""


@dataclass(frozen=True, repr=False)
class Reply:
    """An answer, opened. writer_id: None when that trainer is not known here any more."""

    writer_id: UUID | None
    words: str
    written_at: datetime
    is_read: bool


def waits() -> ColumnElement[bool]:
    """Whether an enrolment has an answer that nobody read yet."""
    return exists().where(PlanReply.enrolment_id == Enrolment.id, PlanReply.read_at.is_(None))


def waits_untold() -> ColumnElement[bool]:
    """Whether there is one that no letter spoke of yet either."""
    unread = (PlanReply.enrolment_id == Enrolment.id) & PlanReply.read_at.is_(None)
    return exists().where(unread, PlanReply.told_at.is_(None))


def by_trainer(session: Session, trainer: Person, to: Sequence[Writer]) -> dict[UUID, Reply]:
    """What a trainer answered these people, by enrolment, in one statement."""
    of = {each.enrolment.id: each for each in to}
    rows = session.scalars(
        select(PlanReply).where(PlanReply.enrolment_id.in_(of), PlanReply.writer_id == trainer.id)
    )
    return {
        row.enrolment_id: _opened(row, of[row.enrolment_id].person, of[row.enrolment_id].key) for row in rows
    }


def write(session: Session, trainer: Person, to: Writer, words: str, now: datetime) -> bool:
    """Answers somebody, or changes what was not read yet (calendar clock).

    False, and nothing happened, when they read it meanwhile, or show this trainer nothing any more.
    """
    enrolments.hold(session, [to.enrolment.id])
    if not _shows_something(session, to.enrolment.id):
        return False
    sealed = sealing.seal(to.key, _place(to.person, to.enrolment.id), words)
    own = _own(trainer, to.enrolment.id)
    if _changes(session, update(PlanReply).where(own, _unread()).values(words=sealed, written_at=now)):
        return True
    if session.scalars(select(PlanReply.id).where(own)).first() is not None:
        return False
    session.add(
        PlanReply(
            organisation_id=to.enrolment.organisation_id,
            enrolment_id=to.enrolment.id,
            writer_id=trainer.id,
            words=sealed,
            written_at=now,
        )
    )
    session.flush()
    return True


def take_back(session: Session, trainer: Person, enrolment_id: UUID) -> bool:
    """Takes an answer back; False when it was read already, or there is none."""
    enrolments.hold(session, [enrolment_id])
    gone = session.execute(delete(PlanReply).where(_own(trainer, enrolment_id), _unread()))
    assert isinstance(gone, CursorResult)  # noqa: S101  a DELETE always gives one
    return gone.rowcount > 0


def opened(
    session: Session, enrolment: Enrolment, person: Person, key: Key
) -> list[tuple[Reply, Person | None]]:
    """The answers that somebody has read, the first one first, each with who wrote it if they are known."""
    rows = session.execute(
        select(PlanReply, Person)
        .outerjoin(Person, Person.id == PlanReply.writer_id)
        .where(PlanReply.enrolment_id == enrolment.id, PlanReply.read_at.is_not(None))
        .order_by(PlanReply.written_at, PlanReply.id)
    )
    return [(_opened(reply, person, key), writer) for reply, writer in rows]


def of_person(
    session: Session, ids: Collection[UUID], person: Person, key: Key
) -> Mapping[UUID, list[Reply]]:
    """All answers that somebody got, also those that still wait, by enrolment."""
    found: dict[UUID, list[Reply]] = defaultdict(list)
    rows = select(PlanReply).where(PlanReply.enrolment_id.in_(ids))
    for row in session.scalars(rows.order_by(PlanReply.written_at, PlanReply.id)):
        found[row.enrolment_id].append(_opened(row, person, key))
    return found


def read(session: Session, enrolment_id: UUID, now: datetime) -> int:
    """Notes that somebody reads the answers that wait (calendar clock); how many there were."""
    enrolments.hold(session, [enrolment_id])
    mine = PlanReply.enrolment_id == enrolment_id
    return _changes(session, update(PlanReply).where(mine, _unread()).values(read_at=now))


def note_told(session: Session, enrolment_id: UUID, decided_at: datetime) -> None:
    """Notes that a letter went that says that an answer waits; the next one is silent.

    decided_at: when it was decided upon (calendar clock); of what was written after that it says nothing.
    """
    untold = (PlanReply.enrolment_id == enrolment_id) & PlanReply.told_at.is_(None)
    known = PlanReply.written_at <= decided_at
    session.execute(update(PlanReply).where(untold, known, _unread()).values(told_at=decided_at))


def _shows_something(session: Session, enrolment_id: UUID) -> bool:
    there = exists().where(
        Release.enrolment_id == enrolment_id,
        Release.reader == Reader.TRAINER,
        Enrolment.id == Release.enrolment_id,
        Enrolment.status == EnrolmentStatus.ACTIVE,
    )
    return session.scalars(select(there)).one()


def _own(trainer: Person, enrolment_id: UUID) -> ColumnElement[bool]:
    return (PlanReply.enrolment_id == enrolment_id) & (PlanReply.writer_id == trainer.id)


def _unread() -> ColumnElement[bool]:
    return PlanReply.read_at.is_(None)


def _changes(session: Session, statement: Update) -> int:
    changed: Any = session.execute(statement.execution_options(synchronize_session=False))
    return int(changed.rowcount)


def _opened(row: PlanReply, person: Person, key: Key) -> Reply:
    words = sealing.unseal(key, _place(person, row.enrolment_id), row.words)
    return Reply(row.writer_id, words, row.written_at, row.read_at is not None)


def _place(person: Person, enrolment_id: UUID) -> sealing.Place:
    return sealing.Place(person.organisation_id, person.id, f"plan_reply.words:{enrolment_id}")
