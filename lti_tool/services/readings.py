"""Who opened what people let others read: noted before it shows, for those people alone.

A row says who, what and on which first and last day; never how often, and never the words.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from lti_tool.models.contacts import GONE, Contact
from lti_tool.models.people import Person
from lti_tool.models.readings import ReaderKind, Reading
from lti_tool.models.tracks import Enrolment
from lti_tool.services import contacts
from lti_tool.services.keys import NamedKeys

Shown = tuple[UUID, str]
"""Whose, by their taking part in a training, and what: an item of the catalogue, or a thing of a buddy."""


@dataclass(frozen=True)
class Reader:
    """Who reads: a person of the tool, or a buddy who is none."""

    kind: ReaderKind
    organisation_id: UUID
    person_id: UUID | None = None
    contact_id: UUID | None = None

    @classmethod
    def trainer(cls, person: Person) -> Self:
        """A trainer."""
        return cls(ReaderKind.TRAINER, person.organisation_id, person_id=person.id)

    @classmethod
    def team_mate(cls, person: Person) -> Self:
        """Somebody of the same group."""
        return cls(ReaderKind.TEAM, person.organisation_id, person_id=person.id)

    @classmethod
    def buddy(cls, contact: Contact) -> Self:
        """A buddy."""
        return cls(ReaderKind.BUDDY, contact.organisation_id, contact_id=contact.id)

    @property
    def rows(self) -> ColumnElement[bool]:
        """What they opened, as a condition."""
        known = Reading.reader_id == self.person_id
        who = known if self.person_id else Reading.contact_id == self.contact_id
        return who & (Reading.kind == self.kind)


@dataclass(frozen=True)
class Seen:
    """A thing that somebody opened. name: of a buddy who is still known; None for anybody else."""

    kind: ReaderKind
    name: str | None
    what: str
    first_on: date
    last_on: date


def unnoted(session: Session, reader: Reader, shown: Iterable[Shown], *, on: date) -> set[Shown]:
    """What of this is not noted for that day yet, and is not the reader's own; in one statement."""
    wanted = set(shown)
    today = reader.rows & (Reading.enrolment_id == Enrolment.id) & (Reading.last_on >= on)
    rows = session.execute(
        select(Enrolment.id, Reading.what)
        .outerjoin(Reading, today)
        .where(Enrolment.id.in_({one for one, _ in wanted}))
        .where(Enrolment.person_id != reader.person_id if reader.person_id else true())
    ).all()
    of_others, noted = {row.id for row in rows}, {(row.id, row.what) for row in rows}
    return {each for each in wanted if each[0] in of_others and each not in noted}


def note(session: Session, reader: Reader, shown: Iterable[Shown], *, on: date) -> None:
    """Notes that a reader opened these things on a day (calendar clock), in two statements for all of them.

    Twice on a day is once. Who was erased meanwhile is left out.
    """
    wanted = sorted(set(shown))
    # Held, so that nobody is erased before their row is there; in one order, as whoever else holds several.
    there = set(
        session.scalars(
            select(Enrolment.id)
            .where(Enrolment.id.in_({one for one, _ in wanted}))
            .order_by(Enrolment.id)
            .with_for_update(read=True, key_share=True)
        )
    )
    rows = [_row(reader, *each, on) for each in wanted if each[0] in there]
    if rows:
        _put(session, reader, rows)


def of_person(session: Session, person: Person, named: NamedKeys) -> Mapping[UUID, list[Seen]]:
    """Who opened what of somebody, by their taking part in a training; in the order in which it began."""
    rows = session.execute(
        select(Reading, Contact)
        .join(Enrolment, Enrolment.id == Reading.enrolment_id)
        .outerjoin(Contact, Contact.id == Reading.contact_id)
        .where(Enrolment.person_id == person.id)
        .order_by(Reading.first_on, Reading.kind, Reading.what)
    )
    found: dict[UUID, dict[tuple[ReaderKind, str | None, str], Seen]] = defaultdict(dict)
    for row, contact in rows:
        name = contacts.name_of(contact, named) if contact and contact.status not in GONE else None
        seen = Seen(row.kind, name, row.what, row.first_on, row.last_on)
        which = (row.kind, name, row.what)
        found[row.enrolment_id][which] = _together(found[row.enrolment_id].get(which), seen)
    return {enrolment_id: list(each.values()) for enrolment_id, each in found.items()}


def _together(known: Seen | None, seen: Seen) -> Seen:
    """Two trainers are one to whoever was read: both are "your trainer"."""
    if known is None:
        return seen
    return Seen(seen.kind, seen.name, seen.what, known.first_on, max(known.last_on, seen.last_on))


def _row(reader: Reader, enrolment_id: UUID, what: str, on: date) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "organisation_id": reader.organisation_id,
        "enrolment_id": enrolment_id,
        "kind": reader.kind,
        "reader_id": reader.person_id,
        "contact_id": reader.contact_id,
        "what": what,
        "first_on": on,
        "last_on": on,
    }


def _put(session: Session, reader: Reader, rows: list[dict[str, Any]]) -> None:
    """Adds what is new and moves the last day of what is there: one statement, which two may run at once."""
    of_dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    added = of_dialect.insert(Reading)
    whose = "reader_id" if reader.person_id else "contact_id"
    session.execute(
        added.on_conflict_do_update(
            index_elements=["enrolment_id", "what", "kind", whose],
            set_={"last_on": added.excluded.last_on},
            where=Reading.last_on < added.excluded.last_on,
        ),
        rows,
    )
