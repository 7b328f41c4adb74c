"""What people let others read of looking back on a meeting: as it stands now, until it is taken back."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select
from sqlalchemy.orm import Session

from lti_tool.domain.takeaways import Choice, Reader, Thing
from lti_tool.models.activities import Activity
from lti_tool.models.people import Person
from lti_tool.models.takeaways import Takeaway
from lti_tool.models.tracks import Enrolment, EnrolmentStatus
from lti_tool.services import launches, participants, plan_answers
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.keys import Key
from lti_tool.services.plan_answers import Line, Writer
from lti_tool.services.readings import Shown

Row = tuple[Takeaway, Person, Enrolment]


@dataclass(frozen=True)
class Meeting:
    """A look back on one meeting, of one person. activity_id: where it was asked."""

    enrolment: Enrolment
    activity_id: UUID


@dataclass(frozen=True)
class Told:
    """One answer that somebody shows. name: None to the room, and when the LMS gave none."""

    id: UUID
    enrolment_id: UUID
    thing: Thing
    line: Line
    name: str | None = None

    @property
    def shown(self) -> Shown:
        """What is read here, as it is noted."""
        return self.enrolment_id, self.thing.value


def lines(session: Session, writer: Writer, activity_id: UUID, catalogue: Catalogue) -> dict[Thing, Line]:
    """What somebody answered about a meeting that can be shown, as it was last submitted, in order."""
    said = _read(session, [writer], activity_id, catalogue)[writer.enrolment.id]
    return {thing: said[thing] for thing in Thing if thing in said}


def released(session: Session, meeting: Meeting) -> frozenset[Choice]:
    """What others may read of a look back now."""
    rows = session.execute(select(Takeaway.reader, Takeaway.item).where(_of(meeting)))
    return frozenset((reader, item) for reader, item in rows)


def release(session: Session, meeting: Meeting, chosen: Collection[Choice], now: datetime) -> None:
    """Lets others read this and nothing else (calendar clock). Whoever calls holds the enrolment."""
    before = released(session, meeting)
    gone = [and_(Takeaway.reader == reader, Takeaway.item == item) for reader, item in before - {*chosen}]
    if gone:
        session.execute(delete(Takeaway).where(_of(meeting), or_(*gone)))
    session.add_all(
        Takeaway(
            organisation_id=meeting.enrolment.organisation_id,
            enrolment_id=meeting.enrolment.id,
            activity_id=meeting.activity_id,
            reader=reader,
            item=item,
            released_at=now,
        )
        for reader, item in chosen
        if (reader, item) not in before
    )
    session.flush()


def hide_from_room(session: Session, enrolment_ids: Collection[UUID]) -> None:
    """Takes back what may be on the screen: in another group other people would look at it."""
    session.execute(
        delete(Takeaway).where(Takeaway.enrolment_id.in_(enrolment_ids), Takeaway.reader == Reader.ROOM)
    )


def number(session: Session, activity_id: UUID, cohort_id: UUID, reader: Reader) -> int:
    """How many people of a group show a trainer or the room something of a meeting."""
    asked = select(func.count(Enrolment.id)).join(Person, Person.id == Enrolment.person_id)
    return session.scalars(asked.where(*_showing(activity_id, cohort_id, reader))).one()


def told(
    session: Session,
    found: Sequence[Row],
    keys: Mapping[UUID, Key],
    catalogue: Catalogue,
) -> list[Told]:
    """The answers that rows are about, in their order. keys: of the people, by id."""
    writers = {
        enrolment.id: Writer(enrolment, person, keys[person.key_id])
        for _, person, enrolment in found
        if person.key_id in keys
    }
    activity_ids = {row.activity_id for row, *_ in found}
    said = {id_: _read(session, writers.values(), id_, catalogue) for id_ in activity_ids}
    there = (
        (row, writers[row.enrolment_id], said[row.activity_id][row.enrolment_id].get(row.item))
        for row, *_ in found
        if row.enrolment_id in writers
    )
    return [_told(row, writer, line) for row, writer, line in there if line is not None]


def rows(session: Session, activity_id: UUID, cohort_id: UUID, reader: Reader, page: int = 1) -> list[Row]:
    """What people of a group show of a meeting, of fifty people. page: counted from 1.

    To the room in an order that says nothing about whose it is, but stays the same.
    """
    people = (
        select(Enrolment.id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(*_showing(activity_id, cohort_id, reader))
        .order_by(Enrolment.joined_at, Enrolment.id)
        .limit(participants.AT_ONCE)
        .offset((page - 1) * participants.AT_ONCE)
    )
    by_writer = (Enrolment.joined_at, Enrolment.id)
    found = session.execute(
        select(Takeaway, Person, Enrolment)
        .join(Enrolment, Enrolment.id == Takeaway.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(
            Takeaway.activity_id == activity_id,
            Takeaway.reader == reader,
            Takeaway.enrolment_id.in_(people.scalar_subquery()),
        )
        .order_by(*(by_writer if reader is Reader.TRAINER else (Takeaway.id,)))
    )
    order = list(Thing)
    known = [(row, person, enrolment) for row, person, enrolment in found]
    return sorted(known, key=lambda each: order.index(each[0].item))


def of_enrolments(session: Session, ids: Collection[UUID]) -> Mapping[UUID, list[tuple[Takeaway, int]]]:
    """What people show of looking back, with the number of the meeting; by enrolment."""
    kept: dict[UUID, list[tuple[Takeaway, int]]] = defaultdict(list)
    for row, meeting in session.execute(
        select(Takeaway, Activity.meeting_number)
        .join(Activity, Activity.id == Takeaway.activity_id)
        .where(Takeaway.enrolment_id.in_(ids))
        .order_by(Activity.meeting_number, Takeaway.reader, Takeaway.item)
    ):
        kept[row.enrolment_id].append((row, meeting or 1))
    return kept


def _showing(activity_id: UUID, cohort_id: UUID, reader: Reader) -> tuple[ColumnElement[bool], ...]:
    return (
        Enrolment.cohort_id == cohort_id,
        Enrolment.status == EnrolmentStatus.ACTIVE,
        Person.is_test.is_(False),
        exists().where(
            Takeaway.enrolment_id == Enrolment.id,
            Takeaway.activity_id == activity_id,
            Takeaway.reader == reader,
        ),
    )


def _of(meeting: Meeting) -> ColumnElement[bool]:
    return and_(Takeaway.enrolment_id == meeting.enrolment.id, Takeaway.activity_id == meeting.activity_id)


def _read(
    session: Session, writers: Iterable[Writer], activity_id: UUID, catalogue: Catalogue
) -> dict[UUID, dict[str, Line]]:
    return plan_answers.read(
        session, writers, list(Thing), catalogue, only_submitted=True, asked_in=[activity_id]
    )


def _told(row: Takeaway, writer: Writer, line: Line) -> Told:
    to_room = row.reader is Reader.ROOM
    name = None if to_room else launches.name_of(writer.person, writer.key)
    return Told(row.id, row.enrolment_id, row.item, line, name)
