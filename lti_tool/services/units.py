"""Parts of an organisation, as labels of groups."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.models.insights import Insight
from lti_tool.models.organisations import Organisation, Unit
from lti_tool.models.tracks import Cohort


def of(session: Session, organisation: Organisation) -> list[Unit]:
    """All of an organisation, by name."""
    found = select(Unit).where(Unit.organisation_id == organisation.id).order_by(Unit.name)
    return list(session.scalars(found))


def choose(session: Session, organisation: Organisation, names: Iterable[str]) -> list[Unit]:
    """The parts that an organisation has, in place of the former; returns those that stay, being in use.

    A part stays while a group has its label, or a figure was told of it.
    """
    wanted, there = set(names), {unit.name: unit for unit in of(session, organisation)}
    session.add_all(Unit(organisation_id=organisation.id, name=name) for name in wanted - there.keys())
    gone = [unit for name, unit in there.items() if name not in wanted]
    in_use = [unit for unit in gone if _is_used(session, unit)]
    for unit in gone:
        if unit not in in_use:
            session.delete(unit)
    session.flush()
    return in_use


def _is_used(session: Session, unit: Unit) -> bool:
    labelled = select(Cohort.id).where(Cohort.unit_id == unit.id).limit(1)
    told = select(Insight.id).where(Insight.unit_id == unit.id).limit(1)
    return session.scalar(labelled) is not None or session.scalar(told) is not None
