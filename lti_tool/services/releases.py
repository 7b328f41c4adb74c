"""What people let their trainer read."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lti_tool.domain.answers import Answer as Said
from lti_tool.models.people import Person
from lti_tool.models.reflections import Answer, Reflection
from lti_tool.models.tracks import Enrolment
from lti_tool.services import reflections, sealing
from lti_tool.services.keys import Key

GOAL, REASON, MAY_READ = "pre.goal", "pre.relevance.self", "pre.share_trainer"


@dataclass(frozen=True)
class Goal:
    """What somebody wants to learn, and what makes that important; without a name."""

    goal: str
    reason: str


def goals(session: Session, activity_id: UUID, keys: Mapping[UUID, Key]) -> list[Goal]:
    """The goals of those who said that their trainer may read them. keys: of the people, by id.

    Only what stood there when it was submitted: what was saved since, also by itself, waits for the
    next submit. Taking it back hides it at once.
    """
    rows = session.execute(
        select(Person, Answer)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .join(Reflection, Reflection.enrolment_id == Enrolment.id)
        .join(Answer, Answer.reflection_id == Reflection.id)
        .where(
            Reflection.activity_id == activity_id,
            Answer.answered_at <= func.coalesce(Reflection.revised_at, Reflection.submitted_at),
            Person.is_test.is_(False),
            Answer.item_id.in_([GOAL, REASON, MAY_READ]),
        )
        .order_by(Reflection.submitted_at)
    )
    written: dict[Person, dict[str, Answer]] = defaultdict(dict)
    for person, answer in rows:
        written[person][answer.item_id] = answer
    found = (_goal(person, answers, keys.get(person.key_id)) for person, answers in written.items())
    return [goal for goal in found if goal is not None]


def _goal(person: Person, answers: Mapping[str, Answer], key: Key | None) -> Goal | None:
    """The goal, opened only after the permission was."""
    if key is None or MAY_READ not in answers or _open(person, answers[MAY_READ], key).choices != ("yes",):
        return None
    goal, reason = (
        _open(person, answers[item], key).words if item in answers else "" for item in (GOAL, REASON)
    )
    return Goal(goal, reason) if goal or reason else None


def _open(person: Person, answer: Answer, key: Key) -> Said:
    return Said.from_json(sealing.unseal(key, reflections.answer_place(person, answer), answer.value))
