"""What the people of a training let others read, by who wrote it: for their trainer, and for their team."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lti_tool.domain.releases import Reader
from lti_tool.models.people import Person
from lti_tool.models.releases import Release
from lti_tool.models.tracks import Cohort, Enrolment, EnrolmentStatus, Track
from lti_tool.services import launches, releases, stories
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


def number_for_trainer(session: Session, track: Track) -> int:
    """How many people of a track let their trainer read something."""
    return session.scalars(
        select(func.count(Release.enrolment_id.distinct()))
        .join(Enrolment, Enrolment.id == Release.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(
            Cohort.track_id == track.id,
            Release.reader == Reader.TRAINER,
            Enrolment.status == EnrolmentStatus.ACTIVE,
            Person.is_test.is_(False),
        )
    ).one()
