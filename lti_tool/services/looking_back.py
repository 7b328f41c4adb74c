"""Looking back on the training behind a letter: its first question, answered before all the others."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from lti_tool.domain.answers import Answer
from lti_tool.domain.cadences import StepId
from lti_tool.domain.instruments import Phase, Step
from lti_tool.domain.item_types import text
from lti_tool.services import desks, late_drafts, nudges, reflections
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.desks import Seat
from lti_tool.services.keys import Key
from lti_tool.services.responses import Question

PART, EXPERIENCE = "harvest", "post.experience"


@dataclass(frozen=True)
class LookBack:
    """The first question of looking back, at the same place where the course asks it.

    number: of its step in the part. step: that step with its scale, and the text that goes with it if any.
    said: what stands there, by item.
    """

    seat: Seat
    number: int
    step: Step
    said: Mapping[str, Answer]

    @property
    def is_submitted(self) -> bool:
        """Whether the whole was handed in: then only the course changes it."""
        return self.seat.reflection is not None and self.seat.reflection.submitted_at is not None

    @property
    def is_answered(self) -> bool:
        """Whether the scale holds an answer, wherever it was given."""
        return self.step.items[0].id in self.said

    @property
    def takes_no_text(self) -> bool:
        """Whether there is no text to ask for, or one stands there: only the course shows and changes it."""
        texts = self.step.items[1:]
        return self.is_submitted or not texts or any(item.id in self.said for item in texts)

    def fitting(self, said: Mapping[str, Answer]) -> dict[str, Answer]:
        """What of some answers may be kept."""
        asked = self.step.items[:1] if self.takes_no_text else self.step.items
        return {item.id: said[item.id] for item in asked if item.id in said}


def is_asked(question: Question) -> bool:
    """Whether a letter asks to look back, by itself or beside its own question."""
    delivery = question.delivery
    return delivery is not None and StepId.HARVEST in (delivery.step, delivery.also)


def find(session: Session, question: Question, key: Key, catalogue: Catalogue) -> LookBack | None:
    """The question to look back; None for a letter that does not ask it, or where nothing does any more."""
    learner = question.learner
    seat = (
        desks.of_learner(session, learner, key, catalogue, Phase.POST, PART) if is_asked(question) else None
    )
    if seat is None:
        return None
    for number, step in enumerate(seat.part.steps, start=1):
        scales = [item for item in step.items if item.id == EXPERIENCE]
        texts = [item for item in step.items if item.type is text.TYPE]
        if scales:
            said = reflections.answers(session, seat.desk, seat.reflection)
            asked = replace(step, items=(*scales[:1], *texts[:1]))
            return LookBack(
                seat, number, asked, {item.id: said[item.id] for item in asked.items if item.id in said}
            )
    return None


def answer(
    session: Session, look_back: LookBack, said: Mapping[str, Answer], catalogue: Catalogue, now: datetime
) -> None:
    """Keeps the answer where the course shows it, not handed in, and plans anew (calendar clock).

    What is open in it takes nothing back.
    """
    seat, given = look_back.seat, {item_id: one for item_id, one in said.items() if not one.is_open}
    goes_on_at = seat.number
    # Who answered all that the step asks goes on behind it.
    is_whole = {item.id for item in seat.part.steps[look_back.number - 1].items} <= {*look_back.said, *given}
    if seat.reflection is None and is_whole:
        goes_on_at = seat.nearest(look_back.number + 1)
    reflections.save(session, seat.desk, given, goes_on_at, now)
    nudges.replan(session, [seat.desk.enrolment.id], catalogue, now)


def put_aside(session: Session, look_back: LookBack, said: Mapping[str, Answer], now: datetime) -> None:
    """Keeps what came too late to become an answer; the person finds it in the course and decides there."""
    seat = look_back.seat
    page = (seat.part.key, look_back.number)
    late_drafts.keep(session, seat.desk, page, said, now)
