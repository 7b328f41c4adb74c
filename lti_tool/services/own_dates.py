"""The days that somebody chose while preparing or looking back, beside the own day of the plan."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.domain.answers import Answer as Said
from lti_tool.models.people import Person
from lti_tool.models.reflections import Answer, Reflection
from lti_tool.services import reflections, sealing
from lti_tool.services.keys import Key

ITEMS = (
    "pre.task_on",
    "pre.review_moments",
    "pre.first_results_on",
    "pre.leader_talk_on",
    "pre.team_talk_on",
    "mid.next_use_on",
)


def of(
    session: Session, person: Person, key: Key, enrolment_ids: Iterable[UUID]
) -> Mapping[UUID, list[tuple[str, date]]]:
    """Each with the item that asked for it, by enrolment, as this person last said it."""
    latest: dict[tuple[UUID, UUID | None, str], Answer] = {}
    for answer, enrolment_id, activity_id in session.execute(
        select(Answer, Reflection.enrolment_id, Reflection.activity_id)
        .join(Reflection, Reflection.id == Answer.reflection_id)
        .where(Reflection.enrolment_id.in_(enrolment_ids), Answer.item_id.in_(ITEMS))
        .order_by(Answer.answered_at)
    ):
        # After each meeting somebody may choose a day of its own.
        meeting = activity_id if answer.item_id.startswith("mid.") else None
        latest[enrolment_id, meeting, answer.item_id] = answer
    found: dict[UUID, list[tuple[str, date]]] = defaultdict(list)
    for (enrolment_id, _, item_id), answer in latest.items():
        place = reflections.answer_place(person, answer)
        said = Said.from_json(sealing.unseal(key, place, answer.value))
        found[enrolment_id] += [(item_id, day) for day in _days(said)]
    return found


def _days(said: Said) -> list[date]:
    return [date.fromisoformat(word) for word in said.words.split()]
