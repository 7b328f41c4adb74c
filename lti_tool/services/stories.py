"""Stories from what people took up at will, shown to their team in a training until they take them back."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.orm import Session

from lti_tool.domain.answers import Answer
from lti_tool.domain.instruments import Item
from lti_tool.domain.releases import STORIES
from lti_tool.models.entries import Entry
from lti_tool.models.instruments import InstrumentVersion
from lti_tool.models.releases import Story
from lti_tool.models.tracks import Enrolment
from lti_tool.services import entries, firsts
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.entries import Written
from lti_tool.services.plan_answers import Writer


@dataclass(frozen=True)
class Told:
    """A story with its question. on: the day on which it was begun."""

    item: Item
    said: Answer
    on: date


def of(written: Written) -> Told | None:
    """The story of an entry; None where there is none."""
    asked = {item.id: item for item in entries.part(written.asked).items}
    there = (item for item in STORIES if item in asked and item in written.said)
    item = next(there, None)
    return Told(asked[item], written.said[item], written.entry.begun_on) if item else None


def tell(session: Session, entry: Entry, enrolment: Enrolment, now: datetime) -> None:
    """Lets the team of a training read the story of an entry as it is now (calendar clock)."""
    there = _of(entry.id, enrolment.id)
    if session.scalar(select(Story.id).where(there)) is None:
        ids = {"entry_id": entry.id, "enrolment_id": enrolment.id}
        firsts.add(session, Story(organisation_id=enrolment.organisation_id, told_at=now, **ids))
    session.execute(update(Story).where(there).values(told_at=now))


def tell_anew(session: Session, entry_id: UUID, now: datetime) -> None:
    """What its writer saved themselves is what a team reads that reads of it; what saved itself waits."""
    session.execute(update(Story).where(Story.entry_id == entry_id).values(told_at=now))


def take_back(session: Session, entry: Entry, enrolment: Enrolment) -> None:
    """Hides the story of an entry from the team of a training."""
    session.execute(delete(Story).where(_of(entry.id, enrolment.id)))


def is_told(session: Session, entry_id: UUID, enrolment_id: UUID) -> bool:
    """Whether the team of a training may read the story of an entry."""
    return session.scalar(select(Story.id).where(_of(entry_id, enrolment_id))) is not None


def is_told_anywhere(session: Session, entry_id: UUID) -> bool:
    """Whether any team may read the story of an entry."""
    return session.scalar(select(Story.id).where(Story.entry_id == entry_id).limit(1)) is not None


def days_told(session: Session, enrolment_ids: Collection[UUID]) -> Mapping[UUID, list[date]]:
    """Of the stories told to the teams of trainings, the days on which they were begun; by enrolment."""
    found: dict[UUID, list[date]] = defaultdict(list)
    rows = select(Story.enrolment_id, Entry.begun_on).join(Entry, Entry.id == Story.entry_id)
    for enrolment_id, begun_on in session.execute(
        rows.where(Story.enrolment_id.in_(enrolment_ids)).order_by(Entry.begun_on)
    ):
        found[enrolment_id].append(begun_on)
    return found


def hide(session: Session, enrolment_ids: Collection[UUID]) -> None:
    """Takes back all that these people tell the team."""
    session.execute(delete(Story).where(Story.enrolment_id.in_(enrolment_ids)))


def _of(entry_id: UUID, enrolment_id: UUID) -> ColumnElement[bool]:
    return and_(Story.entry_id == entry_id, Story.enrolment_id == enrolment_id)


def shown(
    session: Session, writers: Sequence[Writer], catalogue: Catalogue
) -> Mapping[UUID, tuple[Told, ...]]:
    """What these people tell their team, by enrolment, the newest first; what saved itself since waits."""
    of_whom = {each.enrolment.id: each for each in writers}
    rows = session.execute(
        select(Entry, Story.enrolment_id, InstrumentVersion)
        .join(Story, Story.entry_id == Entry.id)
        .join(InstrumentVersion, InstrumentVersion.id == Entry.instrument_version_id)
        .where(Story.enrolment_id.in_(of_whom), Entry.saved_at <= Story.told_at)
        .order_by(Entry.begun_on.desc(), Entry.id)
    )
    found: dict[UUID, tuple[Told, ...]] = {}
    for entry, enrolment_id, version in rows:
        writer = of_whom[enrolment_id]
        own = entries.Entries(writer.person, writer.key, catalogue)
        told = of(own.open(entry, version))
        if told is not None:
            found[enrolment_id] = (*found.get(enrolment_id, ()), told)
    return found
