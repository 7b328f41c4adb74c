"""Counting along without one's name: a closed box, a tally, and what of it may be shown."""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from lti_tool.domain import spreads
from lti_tool.domain.answers import Answer
from lti_tool.domain.digests import over_after
from lti_tool.domain.figures import FEWEST
from lti_tool.domain.instruments import Instrument, Item
from lti_tool.domain.item_types import scale
from lti_tool.domain.spreads import Cell, Spread
from lti_tool.models.contacts import ContactKind
from lti_tool.models.tallies import Ballot, Counted, SpreadFigure, Tally
from lti_tool.models.tracks import Cohort, Enrolment
from lti_tool.services import firsts, instruments, sealing
from lti_tool.services.contact_facts import STEPS
from lti_tool.services.keys import NamedKeys

# As long as somebody's manager may still get a card about them.
OPEN_FOR = over_after(STEPS[ContactKind.LEADER])
PLACE = sealing.common_place("ballot.choices")


@dataclass(frozen=True)
class Box:
    """Where a group is counted: its cohort, and the version of an instrument."""

    cohort: Cohort
    asked: Instrument
    version_id: UUID


def box(session: Session, cohort: Cohort, asked: Instrument) -> Box:
    """The box of a group for an instrument."""
    return Box(cohort, asked, instruments.version_of(session, asked).id)


def scales(asked: Instrument) -> list[Item]:
    """What can be counted."""
    return [item for item in asked.items.values() if item.type is scale.TYPE]


def counts_along(session: Session, where: Box, enrolment: Enrolment) -> bool:
    """Whether somebody's choices are in already."""
    own = Counted.enrolment_id == enrolment.id, Counted.instrument_version_id == where.version_id
    return session.scalar(select(Counted.id).where(*own)) is not None


def add(
    session: Session, where: Box, enrolment: Enrolment, said: Mapping[str, Answer], named: NamedKeys
) -> bool:
    """Puts somebody's choices into the box; False when they were in already. They cannot be taken out."""
    # One at a time, so that two who fill the box together empty it once.
    session.execute(select(Cohort.id).where(Cohort.id == where.cohort.id).with_for_update())
    around = {"organisation_id": enrolment.organisation_id, "instrument_version_id": where.version_id}
    if not firsts.add(session, Counted(enrolment_id=enrolment.id, **around)):
        return False
    choices = {item.id: _cell(item, said) for item in scales(where.asked)}
    sealed = sealing.seal(named.common, PLACE, json.dumps(choices))
    session.add(Ballot(cohort_id=where.cohort.id, choices=sealed, **around))
    session.flush()
    _empty(session, where, named)
    return True


def newest(session: Session, where: Box) -> dict[str, Spread]:
    """What may be shown of a group, by question."""
    rows = session.scalars(
        select(SpreadFigure)
        .where(
            SpreadFigure.cohort_id == where.cohort.id,
            SpreadFigure.instrument_version_id == where.version_id,
        )
        .order_by(SpreadFigure.snapshot)
    )
    found: dict[str, list[SpreadFigure]] = defaultdict(list)
    for row in rows:
        if found[row.item] and found[row.item][-1].snapshot != row.snapshot:
            found[row.item].clear()
        found[row.item].append(row)
    return {
        item: Spread({Cell(row.cell): row.count for row in cells}, cells[0].people)
        for item, cells in found.items()
    }


def is_open(cohort: Cohort, today: date) -> bool:
    """Whether the box of a group still takes choices."""
    return cohort.ends_on >= today - OPEN_FOR


def destroy_left(session: Session, today: date) -> int:
    """Destroys what waits in boxes that are closed: too few to be counted. How many they were."""
    closed = select(Cohort.id).where(Cohort.ends_on < today - OPEN_FOR)
    gone = session.scalars(delete(Ballot).where(Ballot.cohort_id.in_(closed)).returning(Ballot.id))
    return len(gone.all())


def _cell(item: Item, said: Mapping[str, Answer]) -> Cell:
    chosen = said.get(item.id, Answer()).choices
    return spreads.cell_of(item, chosen[0] if chosen else None)


def _empty(session: Session, where: Box, named: NamedKeys) -> None:
    """Counts what is in the box once it holds enough, and forgets it."""
    inside = Ballot.cohort_id == where.cohort.id, Ballot.instrument_version_id == where.version_id
    ballots = session.scalars(select(Ballot).where(*inside).order_by(Ballot.id)).all()
    if len(ballots) < FEWEST:
        return
    opened = [json.loads(sealing.unseal(named.common, PLACE, each.choices)) for each in ballots]
    tallied = _tallied(session, where)
    for (item, cell), counted in spreads.count(opened).items():
        tallied[item][Cell(cell)].count += counted
    session.execute(delete(Ballot).where(*inside))
    session.flush()
    _publish(session, where, tallied)


def _tallied(session: Session, where: Box) -> dict[str, dict[Cell, Tally]]:
    """The tally of every cell; those that nobody chose yet are made."""
    place = Tally.cohort_id == where.cohort.id, Tally.instrument_version_id == where.version_id
    found = {(row.item, row.cell): row for row in session.scalars(select(Tally).where(*place))}
    for item in scales(where.asked):
        for cell in Cell:
            if (item.id, cell) not in found:
                found[item.id, cell] = Tally(**_around(where), item=item.id, cell=cell, count=0)
                session.add(found[item.id, cell])
    return {item.id: {cell: found[item.id, cell] for cell in Cell} for item in scales(where.asked)}


def _publish(session: Session, where: Box, tallied: Mapping[str, Mapping[Cell, Tally]]) -> None:
    before, snapshot = newest(session, where), _next_snapshot(session, where)
    for item, cells in tallied.items():
        now = {cell: row.count for cell, row in cells.items()}
        shown = spreads.publishable(now, before.get(item))
        for cell, counted in shown.counts.items() if shown else ():
            figure = {"item": item, "cell": cell, "snapshot": snapshot, "count": counted}
            session.add(SpreadFigure(**_around(where), **figure, people=sum(now.values())))
    session.flush()


def _next_snapshot(session: Session, where: Box) -> int:
    place = SpreadFigure.cohort_id == where.cohort.id, SpreadFigure.instrument_version_id == where.version_id
    last = session.scalar(
        select(SpreadFigure.snapshot).where(*place).order_by(SpreadFigure.snapshot.desc()).limit(1)
    )
    return (last or 0) + 1


def _around(where: Box) -> dict[str, UUID]:
    return {
        "organisation_id": where.cohort.organisation_id,
        "cohort_id": where.cohort.id,
        "instrument_version_id": where.version_id,
    }
