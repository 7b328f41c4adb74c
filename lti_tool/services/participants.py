"""Who takes part in a training, as its trainer's pages list them: some at a time, by name and by status."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select
from sqlalchemy.orm import Session

from lti_tool.models.people import Person
from lti_tool.models.tracks import Cohort, Enrolment, EnrolmentStatus, Track
from lti_tool.services import launches
from lti_tool.services.keys import Key

AT_ONCE = 50
"""How many people stand on one page."""
WITH_WORDS = 20
"""How many, where each stands with words of their own, which are opened one by one."""

Row = tuple[Person, Enrolment, bool]
"""Somebody, and whether they did what is looked at."""
Asked = TypeVar("Asked", bound=Select[*tuple[Any, ...]])


@dataclass(frozen=True)
class Tally:
    """How many people of a group there are, and how many of them did what is looked at."""

    people: int = 0
    done: int = 0


@dataclass(frozen=True)
class Line:
    """Somebody of a group. name: None when the LMS gave none."""

    cohort_id: UUID
    name: str | None
    is_done: bool


def taking_part(asked: Asked, track: Track) -> Asked:
    """Of who takes part in a training, by enrolment; test people and those who left are left out."""
    return (
        asked.select_from(Enrolment)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(
            Cohort.track_id == track.id,
            Enrolment.status == EnrolmentStatus.ACTIVE,
            Person.is_test.is_(False),
        )
    )


def some(asked: Asked, number: int) -> Asked:
    """Those of one page. number: of the page, from 1."""
    return asked.limit(AT_ONCE).offset((number - 1) * AT_ONCE)


def part(asked: Asked, some: range) -> Asked:
    """Those whose places in the list these are; an empty range finds nobody. some: counted from 0."""
    return asked.limit(len(some)).offset(some.start)


def rows(session: Session, asked: Select[Person, Enrolment, bool]) -> list[Row]:
    """What a statement finds."""
    return [(person, enrolment, is_done) for person, enrolment, is_done in session.execute(asked)]


def lines(found: Sequence[Row], keys: Mapping[UUID, Key]) -> list[Line]:
    """The same people by name. keys: of them, by id."""
    return [
        Line(enrolment.cohort_id, launches.name_of(person, keys.get(person.key_id)), is_done)
        for person, enrolment, is_done in found
    ]
