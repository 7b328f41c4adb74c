"""Drafting, submitting and revising what people write."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.domain.answers import Answer as Said
from lti_tool.models.activities import Activity
from lti_tool.models.instruments import InstrumentPart
from lti_tool.models.people import Person
from lti_tool.models.reflections import Answer, Reflection, ReflectionStatus
from lti_tool.models.tracks import Enrolment
from lti_tool.services import sealing
from lti_tool.services.keys import Key


@dataclass(frozen=True)
class Desk:
    """Where one person writes: whose words, for which activity, and which part of it.

    adaptation_id: how the instrument is asked here; None: as it is.
    """

    person: Person
    key: Key
    enrolment: Enrolment
    activity: Activity
    part: InstrumentPart
    adaptation_id: UUID | None = None

    def open(self, answer: Answer) -> Said:
        """What was answered."""
        return Said.from_json(sealing.unseal(self.key, answer_place(self.person, answer), answer.value))


@dataclass(frozen=True)
class Earlier:
    """Something a person said before, and when."""

    said: Said
    at: datetime


def answer_place(person: Person, answer: Answer) -> sealing.Place:
    """The place of one answer: a "yes" to one question is none to another, such as who may read along."""
    return sealing.Place(
        person.organisation_id, person.id, f"answer.value/{answer.reflection_id}/{answer.item_id}"
    )


def parts(
    session: Session, enrolment: Enrolment, activity: Activity
) -> list[tuple[InstrumentPart, Reflection | None]]:
    """The parts that an activity asks, in order, with what this person has for each."""
    rows = session.execute(
        select(InstrumentPart, Reflection)
        .outerjoin(
            Reflection,
            (Reflection.part_id == InstrumentPart.id)
            & (Reflection.enrolment_id == enrolment.id)
            & (Reflection.activity_id == activity.id),
        )
        .where(InstrumentPart.instrument_version_id == activity.instrument_version_id)
        .order_by(InstrumentPart.position)
    )
    return [(part, written) for part, written in rows]


def current(session: Session, desk: Desk) -> Reflection | None:
    """What this person has for this part; None when nothing was saved yet."""
    return session.scalar(
        select(Reflection).where(
            Reflection.enrolment_id == desk.enrolment.id,
            Reflection.activity_id == desk.activity.id,
            Reflection.part_id == desk.part.id,
        )
    )


def answers(session: Session, desk: Desk, reflection: Reflection | None) -> dict[str, Said]:
    """What was said so far, by item."""
    if reflection is None:
        return {}
    rows = session.scalars(select(Answer).where(Answer.reflection_id == reflection.id))
    return {row.item_id: desk.open(row) for row in rows}


def save(session: Session, desk: Desk, said: Mapping[str, Said], step: int, now: datetime) -> Reflection:
    """Keeps the answers of one step; an answer that was taken back is removed.

    step: the step to go on with, counted from 1.
    """
    reflection = current(session, desk)
    if reflection is None:
        reflection = Reflection(
            organisation_id=desk.person.organisation_id,
            enrolment_id=desk.enrolment.id,
            activity_id=desk.activity.id,
            part_id=desk.part.id,
            adaptation_id=desk.adaptation_id,
            started_at=now,
        )
        session.add(reflection)
    reflection.step, reflection.saved_at = step, now
    session.flush()
    _write(session, desk, reflection, said, now)
    return reflection


def submit(session: Session, reflection: Reflection, now: datetime) -> bool:
    """Marks a reflection as submitted, or as revised; whether it is the first time."""
    first = reflection.submitted_at is None
    reflection.status = ReflectionStatus.SUBMITTED if first else ReflectionStatus.REVISED
    reflection.submitted_at, reflection.revised_at = reflection.submitted_at or now, None if first else now
    reflection.step = 1
    session.flush()
    return first


def in_training(session: Session, desk: Desk, item_ids: Collection[str]) -> Iterable[Answer]:
    """What the person answered to these items in any activity of the same enrolment; the latest come last."""
    return session.scalars(
        select(Answer)
        .join(Reflection, Reflection.id == Answer.reflection_id)
        .where(Reflection.enrolment_id == desk.enrolment.id, Answer.item_id.in_(item_ids))
        .order_by(Answer.answered_at)
    )


def submitted_in(session: Session, activity_ids: Collection[UUID]) -> Mapping[UUID, frozenset[UUID]]:
    """Of which of these activities each person submitted the first part, by person: status only."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    rows = session.execute(
        select(Enrolment.person_id, Reflection.activity_id)
        .join(Enrolment, Enrolment.id == Reflection.enrolment_id)
        .join(InstrumentPart, InstrumentPart.id == Reflection.part_id)
        .where(
            Reflection.activity_id.in_(activity_ids),
            Reflection.submitted_at.is_not(None),
            InstrumentPart.position == 1,
        )
    )
    for person_id, activity_id in rows:
        found[person_id].add(activity_id)
    return defaultdict(frozenset, {person_id: frozenset(ids) for person_id, ids in found.items()})


def _write(
    session: Session, desk: Desk, reflection: Reflection, said: Mapping[str, Said], now: datetime
) -> None:
    rows = {
        row.item_id: row
        for row in session.scalars(
            select(Answer).where(Answer.reflection_id == reflection.id, Answer.item_id.in_(said))
        )
    }
    for item_id, answer in said.items():
        row = rows.get(item_id)
        if answer.is_open:
            if row is not None:
                session.delete(row)
            continue
        if row is None:
            row = Answer(
                organisation_id=desk.person.organisation_id, reflection_id=reflection.id, item_id=item_id
            )
            session.add(row)
        elif desk.open(row) == answer:
            continue
        place = answer_place(desk.person, row)
        row.value, row.answered_at = sealing.seal(desk.key, place, answer.to_json()), now
    session.flush()
