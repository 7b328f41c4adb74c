"""The logbook of a person: notes that they alone read, with or without a training."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID, uuid5

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from lti_tool.domain.answers import Answer
from lti_tool.domain.clock import Now
from lti_tool.domain.instruments import Instrument, Part
from lti_tool.domain.words import Words
from lti_tool.models.instruments import InstrumentVersion
from lti_tool.models.logbook import Note, NoteEvidence, Way
from lti_tool.models.people import Person
from lti_tool.models.sealed import Sealed
from lti_tool.services import instruments, note_bounds, sealed_answers, sealing
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.keys import Key

KEY = "logbook"
PART = "note"
WORDS = ("log.note", "log.wonder")
"""What a note cannot be without: one of these."""
NOTHING = Answer(choices=("none",))
"""Takes a choice back, which a radio button cannot do by itself."""
MOST_OF_A_PAGE = 20
"""So often one page may send other words, which then stand beside each other."""


class Added(StrEnum):
    """What became of a note that somebody sent."""

    KEPT = "kept"
    NO_WORDS = "no_words"
    DAY_FULL = "day_full"
    CHANGED = "changed"  # it was there, and was changed in another place meanwhile


@dataclass(frozen=True)
class Chosen:
    """An option as its instrument words it. words: beside "something else"."""

    label: Words
    words: str


@dataclass(frozen=True)
class Written:
    """A note as its writer reads it, with the instrument that asked for it. said: by item."""

    note: Note
    asked: Instrument
    said: Mapping[str, Answer]

    @property
    def words(self) -> list[Answer]:
        """What was written, in the order in which it is asked."""
        return [self.said[item] for item in WORDS if item in self.said]

    @property
    def chosen(self) -> list[Chosen]:
        """What was chosen beside it."""
        beside = [(item, self.said[item.id]) for item in self.asked.part(PART).items if item.id in self.said]
        return [
            Chosen(item.option(one).label, answer.words) for item, answer in beside for one in answer.choices
        ]


@dataclass(frozen=True)
class Month:
    """A month in which something was written. first_on: its first day. notes: how many."""

    first_on: date
    notes: int


@dataclass(frozen=True)
class Logbook:
    """Whose logbook it is, and what opens it."""

    person: Person
    key: Key
    catalogue: Catalogue

    def hold(self, session: Session) -> None:
        """Lets whatever else changes this logbook wait until the transaction ends."""
        note_bounds.hold(session, self.person)

    def add(
        self, session: Session, said: Mapping[str, Answer], sent_as: UUID, today: date, now: Now
    ) -> Added:
        """Adds a note; what its page sent before becomes what it says now, unless it was changed since."""
        if not has_words(said):
            return Added.NO_WORDS
        self.hold(session)
        known = self._sent(session, sent_as)
        if known is None:
            return self._begin(session, said, sent_as, today, now, Way.TOOL)
        if known.changed_at is not None and self._said(known) != _told(said):
            return Added.CHANGED
        self.change(session, known, said, now)
        return Added.KEPT

    def join(
        self, session: Session, said: Mapping[str, Answer], page: UUID, today: date, now: Now, way: Way
    ) -> Added:
        """Adds a note beside all others, which stay as they are; sent twice by one page it is one.

        The day counts as full too when one page sent too many.
        """
        if not has_words(said):
            return Added.NO_WORDS
        self.hold(session)
        for sent_as in _names(page):
            known = self._sent(session, sent_as)
            if known is None:
                return self._begin(session, said, sent_as, today, now, way)
            if self._said(known) == _told(said):
                return Added.KEPT
        return Added.DAY_FULL

    def change(self, session: Session, note: Note, said: Mapping[str, Answer], now: Now) -> None:
        """Other words for a note."""
        if self._said(note) != _told(said):
            note.said, note.changed_at = self._sealed(note.sent_as, said), now.calendar
        session.flush()

    def find(self, session: Session, note_id: UUID) -> Written | None:
        """A note of this person."""
        return next(iter(self._read(session, Note.id == note_id)), None)

    def remove(self, session: Session, note_id: UUID) -> None:
        """Takes a note out for good, also where it is kept with a plan."""
        # Held, so that nobody keeps it with a plan meanwhile.
        own = Note.person_id == self.person.id, Note.id == note_id
        held = session.scalar(select(Note.id).where(*own).with_for_update())
        session.execute(delete(NoteEvidence).where(NoteEvidence.note_id == held))
        session.execute(delete(Note).where(*own))

    def of_month(self, session: Session, month: Month) -> list[Written]:
        """The notes of a month, the newest first."""
        return self._read(
            session, Note.written_on >= month.first_on, Note.written_on < _following(month.first_on)
        )

    def with_plan(self, session: Session, enrolment_id: UUID) -> list[Written]:
        """The notes that are kept with a plan, the newest first."""
        kept = select(NoteEvidence.note_id).where(NoteEvidence.enrolment_id == enrolment_id)
        return self._read(session, Note.id.in_(kept))

    def all(self, session: Session) -> list[Written]:
        """All notes, the newest first."""
        return self._read(session)

    def months(self, session: Session) -> list[Month]:
        """The months in which something was written, the latest first."""
        days = session.execute(
            select(Note.written_on, func.count())
            .where(Note.person_id == self.person.id)
            .group_by(Note.written_on)
            .order_by(Note.written_on.desc())
        )
        counted: dict[date, int] = {}
        for day, notes in days:
            counted[day.replace(day=1)] = counted.get(day.replace(day=1), 0) + notes
        return [Month(first_on, notes) for first_on, notes in counted.items()]

    def sent(self, session: Session, sent_as: UUID) -> Written | None:
        """The note that a page sent."""
        return next(iter(self._read(session, Note.sent_as == sent_as)), None)

    def _sent(self, session: Session, sent_as: UUID) -> Note | None:
        own = Note.person_id == self.person.id, Note.sent_as == sent_as
        return session.scalar(select(Note).where(*own).execution_options(populate_existing=True))

    def _begin(
        self, session: Session, said: Mapping[str, Answer], sent_as: UUID, today: date, now: Now, way: Way
    ) -> Added:
        if note_bounds.is_full(session, self.person, today, way):
            return Added.DAY_FULL
        asked = self.catalogue.latest(KEY)
        note = Note(
            organisation_id=self.person.organisation_id,
            person_id=self.person.id,
            instrument_version_id=instruments.version_of(session, asked).id,
            sent_as=sent_as,
            written_on=today,
            written_at=now.calendar,
            said=self._sealed(sent_as, said),
            way=way,
        )
        session.add(note)
        session.flush()
        return Added.KEPT

    def _read(self, session: Session, *which: object) -> list[Written]:
        rows = session.execute(
            select(Note, InstrumentVersion)
            .join(InstrumentVersion, InstrumentVersion.id == Note.instrument_version_id)
            .where(Note.person_id == self.person.id, *which)  # type: ignore[arg-type]
            .order_by(Note.written_on.desc(), Note.written_at.desc(), Note.id)
        )
        return [
            Written(note, self.catalogue.get(version.key, version.version), self._said(note))
            for note, version in rows
        ]

    def _said(self, note: Note) -> dict[str, Answer]:
        return sealed_answers.unseal(self.key, self._place(note.sent_as), note.said)

    def _sealed(self, sent_as: UUID, said: Mapping[str, Answer]) -> Sealed:
        return sealed_answers.seal(self.key, self._place(sent_as), _told(said))

    def _place(self, sent_as: UUID) -> sealing.Place:
        return sealing.Place(self.person.organisation_id, self.person.id, f"note.said:{sent_as}")


def is_there(session: Session, note_id: UUID) -> bool:
    """Whether there is such a note, of anybody."""
    return session.get(Note, note_id) is not None


def has_words(said: Mapping[str, Answer]) -> bool:
    """Whether there is a note in it."""
    return any(said.get(item, Answer()).words for item in WORDS)


def part(catalogue: Catalogue) -> Part:
    """What a new note asks: the note itself, and what can be added."""
    return catalogue.latest(KEY).part(PART)


def _names(page: UUID) -> Iterator[UUID]:
    """What the notes of one page go by: its own name, and one for each time that it sent other words."""
    yield page
    yield from (uuid5(page, str(number)) for number in range(MOST_OF_A_PAGE))


def _following(first_on: date) -> date:
    return date(first_on.year + first_on.month // 12, first_on.month % 12 + 1, 1)


def _told(said: Mapping[str, Answer]) -> dict[str, Answer]:
    return {item: answer for item, answer in said.items() if not answer.is_open and answer != NOTHING}
