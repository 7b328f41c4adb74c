"""What the people of a training let others read, by who wrote it: for their trainer, and for their team."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from lti_tool.domain.releases import Reader, Shareable
from lti_tool.models.people import Person
from lti_tool.models.releases import Release
from lti_tool.models.tracks import Cohort, Enrolment, Track
from lti_tool.services import launches, participants, releases, stories
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.keys import Key
from lti_tool.services.plan_answers import Writer
from lti_tool.services.readings import Shown
from lti_tool.services.releases import Thing
from lti_tool.services.stories import Told

People = Sequence[tuple[Person, Enrolment]]


@dataclass(frozen=True)
class Shows:
    """What one person shows. name: None when the LMS gave none."""

    enrolment_id: UUID
    cohort_id: UUID
    name: str | None
    things: tuple[Thing, ...]
    stories: tuple[Told, ...] = ()

    @property
    def what(self) -> tuple[Shown, ...]:
        """What is read here, as it is noted."""
        items = (*(thing.item.value for thing in self.things), *(told.item.id for told in self.stories))
        return tuple((self.enrolment_id, item) for item in items)


def read(
    session: Session,
    people: People,
    reader: Reader,
    keys: Mapping[UUID, Key],
    catalogue: Catalogue,
) -> list[Shows]:
    """What these people show, in a fixed number of statements; who shows nothing is left out.

    keys: of the people, by id; of who was erased there is none.
    """
    there = [(person, enrolment) for person, enrolment in people if person.key_id in keys]
    writers = [Writer(enrolment, person, keys[person.key_id]) for person, enrolment in there]
    things = releases.shown(session, writers, reader, catalogue)
    told = stories.shown(session, writers, catalogue) if reader is Reader.TEAM else {}
    return [
        Shows(
            each.enrolment.id,
            each.enrolment.cohort_id,
            launches.name_of(each.person, each.key),
            things.get(each.enrolment.id, ()),
            told.get(each.enrolment.id, ()),
        )
        for each in writers
        if each.enrolment.id in {*things, *told}
    ]


def who_show(
    session: Session,
    track: Track,
    items: Collection[Shareable],
    some: range | None = None,
    cohort_id: UUID | None = None,
) -> list[tuple[Person, Enrolment]]:
    """Who lets their trainer read one of these, by group.

    some: the places in that list of those to find, from 0; None finds all. cohort_id: of one group alone.
    """
    found = (
        participants.taking_part(select(Person, Enrolment), track)
        .where(_shown_to_trainer(items))
        .order_by(Cohort.number, Enrolment.joined_at, Enrolment.id)
    )
    if cohort_id is not None:
        found = found.where(Enrolment.cohort_id == cohort_id)
    if some is not None:
        found = participants.part(found, some)
    return [(person, enrolment) for person, enrolment in session.execute(found)]


def who_shows(session: Session, track: Track, enrolment_id: UUID) -> tuple[Person, Enrolment] | None:
    """One of those people, by their taking part; None when they show their trainer nothing now."""
    found = participants.taking_part(select(Person, Enrolment), track).where(Enrolment.id == enrolment_id)
    row = session.execute(found.where(_shown_to_trainer(tuple(Shareable)))).one_or_none()
    return None if row is None else (row.Person, row.Enrolment)


def number_for_trainer(
    session: Session, track: Track, items: Collection[Shareable] = tuple(Shareable)
) -> int:
    """How many people of a track let their trainer read one of these."""
    asked = select(func.count(Enrolment.id))
    return session.scalars(participants.taking_part(asked, track).where(_shown_to_trainer(items))).one()


def _shown_to_trainer(items: Collection[Shareable]) -> ColumnElement[bool]:
    return exists().where(
        Release.enrolment_id == Enrolment.id, Release.reader == Reader.TRAINER, Release.item.in_(items)
    )
