"""Who prepared and who did not: status only, as the gradebook has it.

What somebody began and did not hand in is nowhere here: whoever sees it knows who hesitates.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, exists, func, select
from sqlalchemy.orm import Session

from lti_tool.domain.instruments import Phase
from lti_tool.models.activities import Activity
from lti_tool.models.instruments import InstrumentPart, InstrumentVersion
from lti_tool.models.people import Person
from lti_tool.models.reflections import Reflection
from lti_tool.models.tracks import Cohort, Enrolment, EnrolmentStatus, Track
from lti_tool.services import launches
from lti_tool.services.keys import Key

AT_ONCE = 50
"""How many people stand on one page."""

Row = tuple[Person, Enrolment, bool]
Asked = TypeVar("Asked", bound=Select[*tuple[Any, ...]])


@dataclass(frozen=True)
class Tally:
    """How many people of a group there are, and how many of them handed a preparation in."""

    people: int = 0
    done: int = 0


@dataclass(frozen=True)
class Line:
    """Somebody of a group. name: None when the LMS gave none."""

    cohort_id: UUID
    name: str | None
    is_done: bool


def is_asked(session: Session, track: Track) -> bool:
    """Whether a training has a preparation at all, opened or not."""
    return session.scalars(
        select(
            exists()
            .where(Activity.track_id == track.id)
            .where(InstrumentVersion.id == Activity.instrument_version_id)
            .where(InstrumentVersion.phase == Phase.PRE)
        )
    ).one()


def tallies(session: Session, track: Track) -> dict[UUID, Tally]:
    """How far each group of a training is, in one statement; of one without people, nothing."""
    done = func.sum(case((has_prepared(), 1), else_=0))
    rows = session.execute(
        taking_part(select(Enrolment.cohort_id, func.count(), done), track).group_by(Enrolment.cohort_id)
    )
    return {cohort_id: Tally(people, number) for cohort_id, people, number in rows}


def rows(session: Session, track: Track, page: int) -> list[Row]:
    """Fifty people, by group: who has not prepared first. page: counted from 1."""
    is_done = has_prepared()
    found = session.execute(
        taking_part(select(Person, Enrolment, is_done), track)
        .order_by(Cohort.number, is_done, Enrolment.joined_at, Enrolment.id)
        .limit(AT_ONCE)
        .offset((page - 1) * AT_ONCE)
    )
    return [(person, enrolment, done) for person, enrolment, done in found]


def lines(found: Sequence[Row], keys: Mapping[UUID, Key]) -> list[Line]:
    """The same people by name. keys: of them, by id."""
    return [
        Line(enrolment.cohort_id, launches.name_of(person, keys.get(person.key_id)), done)
        for person, enrolment, done in found
    ]


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


def has_prepared() -> ColumnElement[bool]:
    """Whether an enrolment handed in the first part of a preparation of its own training."""
    return (
        exists()
        .where(Reflection.enrolment_id == Enrolment.id, Reflection.submitted_at.is_not(None))
        .where(Activity.id == Reflection.activity_id, Activity.track_id == Cohort.track_id)
        .where(InstrumentPart.id == Reflection.part_id, InstrumentPart.position == 1)
        .where(InstrumentVersion.id == InstrumentPart.instrument_version_id)
        .where(InstrumentVersion.phase == Phase.PRE)
        .correlate(Enrolment, Cohort)
    )
