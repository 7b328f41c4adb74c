"""What a group answered about a training, and after a meeting: counted in memory, told once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.domain import harvests as rules
from lti_tool.domain.harvests import Asked, Chosen, Told
from lti_tool.domain.instruments import Instrument, Item, Phase
from lti_tool.domain.snapshots import Moment
from lti_tool.models.activities import Activity
from lti_tool.models.figures import Figure
from lti_tool.models.harvests import ToldAnswer
from lti_tool.models.instruments import InstrumentVersion
from lti_tool.models.people import Person
from lti_tool.models.tracks import Cohort, Enrolment
from lti_tool.services import asked, figures, plan_answers, snapshots
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.keys import Key
from lti_tool.services.plan_answers import Writer

FOLLOWS_FROM_A_PLAN = "plan"
"""The part whose answers are of people with a plan, who are counted already."""


@dataclass(frozen=True)
class Questions:
    """What is counted of a training, or after a meeting. asked_in: the activities that ask it.

    obstacles: those that ask what stands in the way, of which is told what is named most.
    made_up: those that a trainer made up or put in other words.
    """

    items: tuple[Item, ...]
    asked_in: tuple[UUID, ...]
    obstacles: frozenset[str] = frozenset()
    made_up: frozenset[str] = frozenset()

    @property
    def asked(self) -> list[Asked]:
        """How they are counted."""
        found = (
            rules.asked(item, most_first=item.id in self.obstacles, is_made_up=item.id in self.made_up)
            for item in self.items
        )
        return [each for each in found if each is not None]


def questions(session: Session, track_id: UUID, meeting: int, catalogue: Catalogue) -> Questions:
    """What a training asks that is counted. meeting: after which one; 0 for what comes after it all."""
    phase = Phase.MID if meeting else Phase.POST
    is_meant = Activity.meeting_number == meeting if meeting else Activity.meeting_number.is_(None)
    rows = session.execute(
        select(Activity.id, Activity.adaptation_id, InstrumentVersion.key, InstrumentVersion.version)
        .join(InstrumentVersion, InstrumentVersion.id == Activity.instrument_version_id)
        .where(Activity.track_id == track_id, InstrumentVersion.phase == phase, is_meant)
        .order_by(Activity.created_at, Activity.id)
    ).all()
    adapted = asked.read(session, catalogue, [row.adaptation_id for row in rows])
    found: dict[str, Item] = {}
    made_up: set[str] = set()
    for row in rows:
        source = catalogue.get(row.key, row.version).items
        counted = _counted(adapted.get(row.key, row.version, row.adaptation_id))
        found |= {item.id: item for item in counted}
        made_up |= {item.id for item in counted if not _is_as_written(item, source.get(item.id))}
    listed = {item.id for item in found.values() if _lists_obstacles(item, catalogue)}
    return Questions(
        tuple(item for item in found.values() if meeting or item.id not in listed),
        tuple(row.id for row in rows),
        frozenset(listed),
        frozenset(made_up),
    )


def take(
    session: Session,
    cohort: Cohort,
    meeting: int,
    keys: Mapping[UUID, Key],
    catalogue: Catalogue,
    now: datetime,
) -> None:
    """Counts what a group answered, once, and writes down what may be told; nothing is kept of anybody."""
    moment = Moment.MEETING if meeting else Moment.HARVEST
    if not snapshots.mark(session, cohort, moment, meeting, now.date()):
        return
    counted = questions(session, cohort.track_id, meeting, catalogue)
    people = _chosen(session, cohort, counted, keys, catalogue)
    if meeting:
        told = rules.tell_in_words(counted.asked, people)
    else:
        told = rules.tell(counted.asked, people, _published(session, cohort.id))
    session.add_all(_row(cohort, meeting, each) for each in told)
    session.flush()


def told(session: Session, cohort_ids: Collection[UUID], meeting: int = 0) -> dict[UUID, list[Told]]:
    """What is told of groups, in one statement, each question in the order of its answers."""
    found: dict[UUID, list[Told]] = {cohort_id: [] for cohort_id in cohort_ids}
    for row in session.scalars(
        select(ToldAnswer)
        .where(ToldAnswer.cohort_id.in_(cohort_ids), ToldAnswer.meeting == meeting)
        .order_by(ToldAnswer.item, ToldAnswer.place)
    ):
        found[row.cohort_id].append(Told(row.item, row.cell, row.place, row.share, row.count, row.people))
    return found


def _counted(instrument: Instrument) -> list[Item]:
    return [
        item
        for part in instrument.parts
        for item in part.items
        if part.key != FOLLOWS_FROM_A_PLAN and rules.asked(item) is not None
    ]


def _is_as_written(item: Item, source: Item | None) -> bool:
    """Whether a question asks what the catalogue asks, in its words."""
    return source is not None and (item.ask, item.help) == (source.ask, source.help)


def _lists_obstacles(item: Item, catalogue: Catalogue) -> bool:
    return catalogue.actions.lists(option.id for option in item.options)


def _chosen(
    session: Session, cohort: Cohort, counted: Questions, keys: Mapping[UUID, Key], catalogue: Catalogue
) -> Sequence[Chosen]:
    """What each of a group chose, also who chose nothing."""
    rows = session.execute(
        select(Enrolment, Person)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.cohort_id == cohort.id, Person.id.in_(figures.people(cohort.id)))
        .order_by(Enrolment.attempt)
    )
    latest = {
        person.id: Writer(enrolment, person, keys[person.key_id])
        for enrolment, person in rows
        if person.key_id in keys  # without it, somebody was erased
    }
    ids = [item.id for item in counted.items]
    said = plan_answers.read(
        session, latest.values(), ids, catalogue, only_submitted=True, asked_in=counted.asked_in
    )
    return [{item: line.said.choices for item, line in one.items()} for one in said.values()]


def _published(session: Session, cohort_id: UUID) -> set[int]:
    return set(session.scalars(select(Figure.people).where(Figure.cohort_id == cohort_id)))


def _row(cohort: Cohort, meeting: int, told: Told) -> ToldAnswer:
    return ToldAnswer(
        organisation_id=cohort.organisation_id,
        cohort_id=cohort.id,
        meeting=meeting,
        item=told.item,
        cell=told.cell,
        place=told.place,
        share=told.share,
        count=told.count,
        people=told.people,
    )
