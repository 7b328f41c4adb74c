"""The goals that people let their trainer read, without names."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, func, select, true
from sqlalchemy.orm import Session

from lti_tool.domain.answers import Answer as Said
from lti_tool.domain.releases import Reader, Shareable
from lti_tool.models.activities import Activity
from lti_tool.models.people import Person
from lti_tool.models.reflections import Answer, Reflection
from lti_tool.models.releases import Release
from lti_tool.models.tracks import Cohort, Enrolment, EnrolmentStatus
from lti_tool.services import reflections, sealing
from lti_tool.services.keys import Key
from lti_tool.services.readings import Shown

NAMED = (Shareable.GOAL, Shareable.REASON)
GOAL, REASON, MAY_READ = "pre.goal", "pre.relevance.self", "pre.share_trainer"
Asked = TypeVar("Asked", bound=Select[*tuple[Any, ...]])


@dataclass(frozen=True)
class Who:
    """Somebody whose goal may be asked for, with the id of the key that opens it."""

    person_id: UUID
    key_id: UUID


@dataclass(frozen=True)
class Goal:
    """What people of one group want to learn, and what makes that important to each; without names.

    cohort_id: the group. people: how many wrote this very goal.
    shown: what of whom stands in it, for who reads it to be noted.
    """

    cohort_id: UUID
    goal: str
    reasons: tuple[str, ...]
    people: int = 1
    shown: tuple[Shown, ...] = ()


def who(session: Session, track_id: UUID) -> list[Who]:
    """Who said whether their trainer may read their goal, by group; what they said is not opened.

    All of them, also where a page shows a few: to count them takes as long as to find them.
    Within a group they come in an order that says nothing: who hands in first would be known by name.
    """
    found = _answered(track_id).order_by(Cohort.number, Person.id)
    return [Who(row.id, row.key_id) for row in session.execute(found)]


def of_track(
    session: Session, track_id: UUID, keys: Mapping[UUID, Key], people: Collection[UUID] | None = None
) -> list[Goal]:
    """The goals of those who said that their trainer may read them, by their first words.

    keys: of the people, by id. people: of whom alone; None: of all.
    People of one group who wrote the same goal share an entry, in which it stands whole.
    Only what stood there when it was submitted: what was saved since, also by itself, waits for the
    next submit. Taking it back hides it at once. Who shows either under their name is read there.
    """
    rows = session.execute(
        _submitted(select(Person, Enrolment.cohort_id, Enrolment.id, Answer), track_id)
        .where(Answer.item_id.in_([GOAL, REASON, MAY_READ]))
        .where(Person.id.in_(people) if people is not None else true())
        .order_by(Reflection.submitted_at)
    )
    written: dict[tuple[Person, UUID], dict[str, Answer]] = defaultdict(dict)
    latest: dict[tuple[Person, UUID], UUID] = {}
    for person, cohort_id, enrolment_id, answer in rows:
        written[person, cohort_id][answer.item_id] = answer
        latest[person, cohort_id] = enrolment_id
    found = (
        _goal(person, cohort_id, latest[person, cohort_id], answers, keys.get(person.key_id))
        for (person, cohort_id), answers in written.items()
    )
    return sorted(_together(goal for goal in found if goal is not None), key=lambda one: one.goal.casefold())


def read_of(session: Session, track_id: UUID, person: Person, key: Key) -> int:
    """How many answers of somebody their trainer reads without a name."""
    found = of_track(session, track_id, {person.key_id: key}, [person.id])
    return sum(len(each.shown) for each in found)


def _answered(track_id: UUID) -> Select[UUID, UUID, int]:
    """Each person who said whether their trainer may read it, by group."""
    asked = select(Person.id, Person.key_id, Cohort.number).distinct()
    return (
        _submitted(asked, track_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(Answer.item_id == MAY_READ)
    )


def _submitted(asked: Asked, track_id: UUID) -> Asked:
    """What was submitted in a training by who takes part, and shows the trainer no goal by name."""
    # Beside the same words under a name, the rest would have that name too.
    by_name = select(Release.enrolment_id).where(Release.reader == Reader.TRAINER, Release.item.in_(NAMED))
    return (
        asked.select_from(Person)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .join(Reflection, Reflection.enrolment_id == Enrolment.id)
        .join(Activity, Activity.id == Reflection.activity_id)
        .join(Answer, Answer.reflection_id == Reflection.id)
        .where(
            Activity.track_id == track_id,
            Answer.answered_at <= func.coalesce(Reflection.revised_at, Reflection.submitted_at),
            Person.is_test.is_(False),
            Enrolment.status == EnrolmentStatus.ACTIVE,
            Enrolment.id.not_in(by_name),
        )
    )


def _together(found: Iterable[Goal]) -> list[Goal]:
    """Equal goals of one group as one; a reason without a goal stays by itself."""
    by_words: dict[tuple[UUID, object], Goal] = {}
    for number, goal in enumerate(found):
        words: object = " ".join(goal.goal.casefold().split()).rstrip(".") or number
        first = by_words.get((goal.cohort_id, words))
        by_words[goal.cohort_id, words] = _both(first, goal) if first else goal
    return list(by_words.values())


def _both(one: Goal, other: Goal) -> Goal:
    reasons, shown = one.reasons + other.reasons, one.shown + other.shown
    return replace(one, reasons=reasons, people=one.people + 1, shown=shown)


def _goal(
    person: Person, cohort_id: UUID, enrolment_id: UUID, answers: Mapping[str, Answer], key: Key | None
) -> Goal | None:
    """The goal, opened only after the permission was."""
    if key is None or MAY_READ not in answers or _open(person, answers[MAY_READ], key).choices != ("yes",):
        return None
    goal, reason = (
        _open(person, answers[item], key).words if item in answers else "" for item in (GOAL, REASON)
    )
    words = {item: text for item, text in ((GOAL, goal), (REASON, reason)) if text}
    shown = tuple((enrolment_id, item) for item in words)
    return Goal(cohort_id, goal, (reason,) if reason else (), shown=shown) if words else None


def _open(person: Person, answer: Answer, key: Key) -> Said:
    return Said.from_json(sealing.unseal(key, reflections.answer_place(person, answer), answer.value))
