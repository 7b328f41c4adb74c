"""What people write in instruments that they take up at will; they alone read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from lti_tool.domain.answers import Answer
from lti_tool.domain.clock import Now
from lti_tool.domain.instruments import Instrument, Part, Shelf
from lti_tool.models.entries import Entry
from lti_tool.models.instruments import InstrumentVersion
from lti_tool.models.people import Person
from lti_tool.models.releases import Story
from lti_tool.models.sealed import Sealed
from lti_tool.services import firsts, instruments, sealed_answers, sealing
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.keys import Key


@dataclass(frozen=True)
class Written:
    """An entry as its writer reads it, with the instrument that asked for it. said: by item."""

    entry: Entry
    asked: Instrument
    said: Mapping[str, Answer]


@dataclass(frozen=True)
class Taken:
    """How often somebody took an instrument up, and on which day they last began."""

    times: int
    last_on: date


@dataclass(frozen=True)
class Entries:
    """Whose entries they are, and what opens them."""

    person: Person
    key: Key
    catalogue: Catalogue

    def find(self, session: Session, begun_as: UUID) -> Written | None:
        """An entry of this person; None before its first page was saved."""
        return next(iter(self._read(session, Entry.begun_as == begun_as)), None)

    def hold(self, session: Session, begun_as: UUID) -> None:
        """Lets another page that saves the same entry wait until this one has."""
        own = Entry.person_id == self.person.id, Entry.begun_as == begun_as
        session.execute(select(Entry.id).where(*own).with_for_update())

    def of(self, session: Session, instrument_key: str) -> list[Written]:
        """The times that an instrument was taken up, in any of its versions; the newest first."""
        return self._read(session, InstrumentVersion.key == instrument_key)

    def all(self, session: Session) -> list[Written]:
        """All entries, the newest first."""
        return self._read(session)

    def taken(self, session: Session) -> dict[str, Taken]:
        """How often each instrument was taken up, by its key."""
        rows = session.execute(
            select(InstrumentVersion.key, func.count(), func.max(Entry.begun_on))
            .join(Entry, Entry.instrument_version_id == InstrumentVersion.id)
            .where(Entry.person_id == self.person.id)
            .group_by(InstrumentVersion.key)
        )
        return {key: Taken(times, last_on) for key, times, last_on in rows}

    def save(
        self,
        session: Session,
        asked: Instrument,
        begun_as: UUID,
        said: Mapping[str, Answer],
        today: date,
        now: Now,
    ) -> None:
        """Keeps the answers of a page beside those of the others; what is open takes an answer back."""
        if self._update(session, begun_as, said, now) or not _told(said):
            return
        first = Entry(
            organisation_id=self.person.organisation_id,
            person_id=self.person.id,
            instrument_version_id=instruments.version_of(session, asked).id,
            begun_as=begun_as,
            begun_on=today,
            saved_at=now.calendar,
            said=self._sealed(begun_as, _told(said)),
        )
        if not firsts.add(session, first):
            self._update(session, begun_as, said, now)

    def remove(self, session: Session, begun_as: UUID) -> None:
        """Takes an entry out for good, also where others read of it."""
        self.hold(session, begun_as)
        own = Entry.person_id == self.person.id, Entry.begun_as == begun_as
        session.execute(delete(Story).where(Story.entry_id.in_(select(Entry.id).where(*own))))
        session.execute(delete(Entry).where(*own))

    def _update(self, session: Session, begun_as: UUID, said: Mapping[str, Answer], now: Now) -> bool:
        """Whether there was something to add to."""
        own = Entry.person_id == self.person.id, Entry.begun_as == begun_as
        entry = session.scalar(select(Entry).where(*own).with_for_update())
        if entry is None:
            return False
        before = self._said(entry)
        together = _told({**before, **said})
        if together != before:
            entry.said, entry.saved_at = self._sealed(begun_as, together), now.calendar
        session.flush()
        return True

    def _read(self, session: Session, *which: object) -> list[Written]:
        rows = session.execute(
            select(Entry, InstrumentVersion)
            .join(InstrumentVersion, InstrumentVersion.id == Entry.instrument_version_id)
            .where(Entry.person_id == self.person.id, *which)  # type: ignore[arg-type]
            .order_by(Entry.begun_on.desc(), Entry.saved_at.desc(), Entry.id)
        )
        return [self.open(entry, version) for entry, version in rows]

    def open(self, entry: Entry, version: InstrumentVersion) -> Written:
        """An entry of this person as its writer reads it."""
        return Written(entry, self.catalogue.get(version.key, version.version), self._said(entry))

    def _said(self, entry: Entry) -> dict[str, Answer]:
        return sealed_answers.unseal(self.key, self._place(entry.begun_as), entry.said)

    def _sealed(self, begun_as: UUID, said: Mapping[str, Answer]) -> Sealed:
        return sealed_answers.seal(self.key, self._place(begun_as), said)

    def _place(self, begun_as: UUID) -> sealing.Place:
        return sealing.Place(self.person.organisation_id, self.person.id, f"entry.said:{begun_as}")


def offered(catalogue: Catalogue, shelf: Shelf) -> list[Instrument]:
    """What may be taken up at will, each in its latest version."""
    keys = dict.fromkeys(each.key for each in catalogue.instruments if each.shelf is shelf)
    return [catalogue.latest(key) for key in keys]


def part(asked: Instrument) -> Part:
    """What one entry asks: an instrument that is taken up at will has one part."""
    return asked.parts[0]


def _told(said: Mapping[str, Answer]) -> dict[str, Answer]:
    return {item: answer for item, answer in said.items() if not answer.is_open}
