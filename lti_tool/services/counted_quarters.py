"""What an adviser reads of an organisation: the ledger of its quarters, and nothing that was not told."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from lti_tool.domain.figures import Share
from lti_tool.domain.insights import BranchId, Count, Level, Name, When
from lti_tool.domain.quarters import Quarter
from lti_tool.models.insights import CountedQuarter, Insight
from lti_tool.models.organisations import Unit
from lti_tool.models.tracks import Track
from lti_tool.services.insights import FIRST_USE, IN_THE_WAY, LETTER

WHOLE: BranchId = (Level.ORGANISATION, None, None)


@dataclass(frozen=True)
class Part:
    """What is told of an organisation, a unit or a training. name: of the whole it is empty.

    unit_name: of the unit that a training is told of in. number: of those of one name, from 1; 0 for the
    only one. letters: how many answered each letter, by its step.
    days: working days to a first use, at the median.
    """

    id: BranchId
    name: str = ""
    unit_name: str = ""
    figures: Mapping[Name, Count] = field(default_factory=dict)
    in_the_way: Mapping[tuple[When, str], Share] = field(default_factory=dict)
    letters: Mapping[str, Share] = field(default_factory=dict)
    days: int | None = None
    number: int = 0

    @property
    def level(self) -> Level:
        """Of what kind it is."""
        return self.id[0]


@dataclass(frozen=True)
class Told:
    """All that is told of one quarter, as a tree."""

    quarter: Quarter
    parts: Mapping[BranchId, Part]

    def in_order(self) -> list[Part]:
        """All parts: each before what is below it."""
        whole = self.parts[WHOLE]
        units = self.below(whole.id)
        return [whole, *(part for unit in units for part in (unit, *self.below(unit.id)))]

    def below(self, branch_id: BranchId) -> list[Part]:
        """The parts of a part, by name: units and the trainings beside them, or the trainings of a unit."""
        level, unit_id, _ = branch_id
        if level is Level.TRAINING:
            return []
        of_whole = level is Level.ORGANISATION
        found = [
            each
            for each in self.parts.values()
            if (each.level is Level.TRAINING and each.id[1] == unit_id)
            or (each.level is Level.UNIT and of_whole)
        ]
        return sorted(
            found, key=lambda each: (each.level is Level.TRAINING, each.name.casefold(), each.number or 0)
        )


def listing(session: Session, organisation_id: UUID) -> dict[Quarter, date]:
    """The quarters that an organisation was counted for, newest first, and on which day."""
    counted = select(CountedQuarter).where(CountedQuarter.organisation_id == organisation_id)
    found = {Quarter.read(row.quarter): row.taken_on for row in session.scalars(counted)}
    return dict(sorted(found.items(), reverse=True))


def told(session: Session, organisation_id: UUID, quarter: Quarter) -> Told:
    """All that is told of a quarter: of the whole too where that is nothing, and of a unit with trainings."""
    by_id: dict[BranchId, list[Line]] = defaultdict(list)
    for line in _read(session, organisation_id, Insight.quarter == str(quarter)):
        by_id[line.branch_id].append(line)
    by_id.setdefault(WHOLE, [])
    units = {line.row.unit_id: line.unit_name for lines in by_id.values() for line in lines}
    for unit_id in units.keys() - {None}:
        by_id.setdefault((Level.UNIT, unit_id, None), [])
    parts = [_part(id_, lines, units.get(id_[1], "")) for id_, lines in by_id.items()]
    return Told(quarter, {part.id: part for part in _numbered(parts)})


def over_time(session: Session, organisation_id: UUID, branch_id: BranchId) -> dict[Quarter, Part]:
    """What is told of one part in each quarter, newest first: no two of them have anybody in common."""
    level, unit_id, track_id = branch_id
    of_part = and_(Insight.level == level, Insight.unit_id == unit_id, Insight.track_id == track_id)
    found: dict[Quarter, list[Line]] = defaultdict(list)
    for line in _read(session, organisation_id, of_part):
        found[Quarter.read(line.row.quarter)].append(line)
    parts = {quarter: _part(branch_id, lines, lines[0].unit_name) for quarter, lines in found.items()}
    return dict(sorted(parts.items(), reverse=True))


@dataclass(frozen=True)
class Line:
    """A row of the ledger, with what it is of in words."""

    row: Insight
    unit_name: str
    title: str

    @property
    def branch_id(self) -> BranchId:
        """Of which part it is."""
        return self.row.level, self.row.unit_id, self.row.track_id


def _read(session: Session, organisation_id: UUID, which: ColumnElement[bool]) -> list[Line]:
    found = session.execute(
        select(Insight, Unit.name, Track.title)
        .outerjoin(Unit, Unit.id == Insight.unit_id)
        .outerjoin(Track, Track.id == Insight.track_id)
        .where(Insight.organisation_id == organisation_id, which)
    )
    return [Line(row, unit_name or "", title or "") for row, unit_name, title in found]


def _numbered(parts: list[Part]) -> Iterator[Part]:
    """The same, so that trainings of one name in one unit can be told apart."""
    alike: dict[tuple[Level, UUID | None, str], list[Part]] = defaultdict(list)
    for part in sorted(parts, key=lambda each: str(each.id[2])):
        alike[part.level, part.id[1], part.name].append(part)
    for some in alike.values():
        for number, part in enumerate(some, 1):
            yield replace(part, number=number if len(some) > 1 else 0)


def _part(branch_id: BranchId, lines: Sequence[Line], unit_name: str) -> Part:
    is_training = branch_id[0] is Level.TRAINING
    figures, in_the_way, letters, days = {}, {}, {}, None
    for row in (line.row for line in lines):
        question, _, when = row.question.partition(".")
        if row.count is not None and row.people is not None:
            figures[question, row.cell] = Count(row.count, row.people)
        elif row.share is not None and question == IN_THE_WAY:
            in_the_way[When(when), row.cell] = row.share
        elif row.share is not None and question == LETTER:
            letters[row.cell] = row.share
        elif question == FIRST_USE:
            days = row.days
    name = lines[0].title if is_training else unit_name
    return Part(branch_id, name, unit_name if is_training else "", figures, in_the_way, letters, days)
