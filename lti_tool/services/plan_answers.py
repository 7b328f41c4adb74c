"""What people answered about their plans, read for several of them at once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select, true
from sqlalchemy.orm import Session

from lti_tool.domain.answers import Answer as Said
from lti_tool.domain.instruments import Item, Option, Part, Step
from lti_tool.models.activities import Activity
from lti_tool.models.instruments import InstrumentVersion
from lti_tool.models.people import Person
from lti_tool.models.reflections import Answer, Reflection
from lti_tool.models.tracks import Enrolment
from lti_tool.services import asked, reflections, sealing
from lti_tool.services.asked import Asking
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.keys import Key


@dataclass(frozen=True)
class Writer:
    """Somebody in a training, with what opens their words."""

    enrolment: Enrolment
    person: Person
    key: Key


@dataclass(frozen=True)
class AskedAt:
    """Where something is asked in a training: a step of a part."""

    part: Part
    number: int

    @property
    def step(self) -> Step:
        """The step itself."""
        return self.part.steps[self.number - 1]


@dataclass(frozen=True)
class Line:
    """One answer with its question.

    asked_at: None where the training asks it no more. asking: how it was asked; None beside a letter.
    """

    item: Item
    said: Said
    at: datetime
    asked_at: AskedAt | None = None
    asking: Asking | None = None

    @property
    def days(self) -> tuple[date, ...]:
        """The days that were answered; none of another type."""
        return self.item.days(self.said)

    @property
    def chosen(self) -> tuple[Option, ...]:
        """The options that were chosen, but for one whose own line says it."""
        options = (each for each in self.item.options if each.id in self.said.choices)
        return tuple(each for each in options if not (each.with_line and self.said.words))


def read(
    session: Session,
    writers: Iterable[Writer],
    items: Collection[str],
    catalogue: Catalogue,
    *,
    only_submitted: bool = False,
    asked_in: Collection[UUID] | None = None,
) -> dict[UUID, dict[str, Line]]:
    """The answers by enrolment, then by item; the latest where several activities ask the same.

    only_submitted: what was saved since, also by itself, waits for the next submit.
    asked_in: ids of the activities to read; None for all.
    """
    of = {each.enrolment.id: each for each in writers}
    found: dict[UUID, dict[str, Line]] = {enrolment_id: {} for enrolment_id in of}
    submitted_at = func.coalesce(Reflection.revised_at, Reflection.submitted_at)
    is_told = Answer.answered_at <= submitted_at if only_submitted else true()
    is_here = true() if asked_in is None else Activity.id.in_(asked_in)
    rows = session.execute(
        select(
            Answer,
            Reflection.enrolment_id,
            Reflection.adaptation_id,
            InstrumentVersion.key,
            InstrumentVersion.version,
        )
        .join(Reflection, Reflection.id == Answer.reflection_id)
        .join(Activity, Activity.id == Reflection.activity_id)
        .join(InstrumentVersion, InstrumentVersion.id == Activity.instrument_version_id)
        .where(Reflection.enrolment_id.in_(of), Answer.item_id.in_(items), is_told, is_here)
        .order_by(Answer.answered_at)
    ).all()
    adapted = asked.read(session, catalogue, [row.adaptation_id for row in rows])
    for answer, enrolment_id, adaptation_id, name, version in rows:
        item = adapted.item(name, version, adaptation_id, answer.item_id)
        asking = Asking(name, version, adaptation_id)
        line = _line(answer, of[enrolment_id], item, asking)
        if line is not None:
            found[enrolment_id][line.item.id] = line
    return found


def _line(answer: Answer, writer: Writer, item: Item | None, asking: Asking) -> Line | None:
    """None of a question that is no more, and of an answer that says nothing."""
    place = reflections.answer_place(writer.person, answer)
    said = Said.from_json(sealing.unseal(writer.key, place, answer.value))
    if item is None or said.is_open:
        return None
    return Line(item, said, answer.answered_at, asking=asking)
