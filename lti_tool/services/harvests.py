"""What a group answered about a training, and after a meeting: counted in memory, told once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.domain import harvests as rules
from lti_tool.domain.harvests import Told
from lti_tool.domain.instruments import Instrument, Item, Phase
from lti_tool.domain.snapshots import Moment
from lti_tool.models.activities import Activity
from lti_tool.models.figures import Figure
from lti_tool.models.harvests import ToldAnswer
from lti_tool.models.instruments import InstrumentVersion
from lti_tool.models.people import Person
from lti_tool.models.tracks import Cohort, Enrolment
from lti_tool.services import answered, asked, figures, plan_answers, snapshots
from lti_tool.services.answered import Parts, Way
from lti_tool.services.asked import Asking
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.keys import Key
from lti_tool.services.plan_answers import Line, Writer


@dataclass(frozen=True)
class Questions:
    """What is counted of a training, or after a meeting, as it is asked of who begins now.

    parts: its questions. askings: in which ways; sources: the same as the catalogue has them. asked_in: the
    activities that ask it. obstacles: those that ask what stands in the way, of which is told what is named
    most. leaves_out: which of those are counted elsewhere.
    """

    parts: Parts
    askings: tuple[Asking, ...]
    sources: tuple[Instrument, ...]
    asked_in: tuple[UUID, ...]
    obstacles: frozenset[str] = frozenset()
    leaves_out: frozenset[str] = frozenset()

    @property
    def items(self) -> tuple[Item, ...]:
        """All of them, in the order asked."""
        return self.of(self.parts)

    def of(self, parts: Parts) -> tuple[Item, ...]:
        """What is counted of some parts, each question once."""
        found = {item.id: item for items in parts.values() for item in items}
        return tuple(item for item in found.values() if item.id not in self.leaves_out)


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
    askings = tuple(dict.fromkeys(Asking(row.key, row.version, row.adaptation_id) for row in rows))
    adapted = asked.read(session, catalogue, [each.adaptation_id for each in askings])
    found: dict[str, dict[str, Item]] = {}
    for each in askings:
        for key, items in answered.parts(adapted.get(*each)).items():
            found.setdefault(key, {}).update({item.id: item for item in items})
    sources = tuple(catalogue.get(each.key, each.version) for each in askings)
    listed = frozenset(
        item.id for source in sources for item in source.items.values() if _lists_obstacles(item, catalogue)
    )
    return Questions(
        {key: tuple(items.values()) for key, items in found.items()},
        askings,
        sources,
        tuple(row.id for row in rows),
        listed,
        frozenset() if meeting else listed,
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
    askings = (*answered.askings(session, counted.asked_in), *counted.askings)
    known = asked.read(session, catalogue, [each.adaptation_id for each in askings])
    items = {
        item.id for each in askings for part in answered.parts(known.get(*each)).values() for item in part
    }
    people = _answers(session, cohort, counted.asked_in, items, keys, catalogue)
    ways = answered.ways(known, counted.askings, people, catalogue)
    chosen = [answered.chosen(ways.values(), each) for each in people]
    if meeting:
        told = rules.tell_in_words(_asked(counted, ways), chosen)
    else:
        told = rules.tell(_asked(counted, ways), chosen, _published(session, cohort.id))
    asked_in = {item.id: way.adaptation_id for way in ways.values() for item in way.items}
    session.add_all(_row(cohort, meeting, each, asked_in[each.item]) for each in told)
    session.flush()


def as_told(
    session: Session, cohort_id: UUID, meeting: int, counted: Questions, catalogue: Catalogue
) -> tuple[Item, ...]:
    """The questions in the words that a group answered; as they are asked now before anything is told."""
    told_in = select(ToldAnswer.item, ToldAnswer.adaptation_id).where(
        ToldAnswer.cohort_id == cohort_id, ToldAnswer.meeting == meeting
    )
    of: dict[str, UUID | None] = {row.item: row.adaptation_id for row in session.execute(told_in.distinct())}
    return counted.of(answered.as_told(session, of, counted.parts, counted.sources, catalogue))


def told(session: Session, cohort_ids: Collection[UUID], meeting: int = 0) -> dict[UUID, list[Told]]:
    """What is told of groups, in one statement, each question in the order of its answers."""
    return _by_cohort(cohort_ids, _rows(session, cohort_ids, meeting))


def told_as_written(
    session: Session, cohort_ids: Collection[UUID], catalogue: Catalogue
) -> dict[UUID, list[Told]]:
    """The same of whole trainings, without what a trainer asked in other words than the catalogue."""
    rows = _rows(session, cohort_ids, 0)
    known = asked.read(session, catalogue, [row.adaptation_id for row in rows])

    def is_as_written(row: ToldAnswer) -> bool:
        item = known.adapted[row.adaptation_id].items.get(row.item) if row.adaptation_id else None
        return row.adaptation_id is None or answered.is_as_written(item, catalogue.question(row.item))

    return _by_cohort(cohort_ids, [row for row in rows if is_as_written(row)])


def _rows(session: Session, cohort_ids: Collection[UUID], meeting: int) -> Sequence[ToldAnswer]:
    return session.scalars(
        select(ToldAnswer)
        .where(ToldAnswer.cohort_id.in_(cohort_ids), ToldAnswer.meeting == meeting)
        .order_by(ToldAnswer.item, ToldAnswer.place)
    ).all()


def _by_cohort(cohort_ids: Collection[UUID], rows: Sequence[ToldAnswer]) -> dict[UUID, list[Told]]:
    found: dict[UUID, list[Told]] = {cohort_id: [] for cohort_id in cohort_ids}
    for row in rows:
        found[row.cohort_id].append(Told(row.item, row.cell, row.place, row.share, row.count, row.people))
    return found


def _asked(counted: Questions, ways: Mapping[str, Way]) -> list[rules.Asked]:
    """How what is told of is counted."""
    alike = {name for way in ways.values() for name in way.alike}
    found = (
        rules.asked(item, most_first=item.id in counted.obstacles, is_made_up=item.id not in alike)
        for item in counted.of({key: way.items for key, way in ways.items()})
    )
    return [each for each in found if each is not None]


def _lists_obstacles(item: Item, catalogue: Catalogue) -> bool:
    return catalogue.actions.lists(option.id for option in item.options)


def _answers(
    session: Session,
    cohort: Cohort,
    asked_in: Collection[UUID],
    items: Collection[str],
    keys: Mapping[UUID, Key],
    catalogue: Catalogue,
) -> Sequence[Mapping[str, Line]]:
    """What each of a group answered, also who answered nothing."""
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
    said = plan_answers.read(
        session, latest.values(), items, catalogue, only_submitted=True, asked_in=asked_in
    )
    return list(said.values())


def _published(session: Session, cohort_id: UUID) -> set[int]:
    return set(session.scalars(select(Figure.people).where(Figure.cohort_id == cohort_id)))


def _row(cohort: Cohort, meeting: int, told: Told, adaptation_id: UUID | None) -> ToldAnswer:
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
        adaptation_id=adaptation_id,
    )
