"""Whether a training works: who is not reached, what the LMS granted, and scores that did not arrive."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from lti_tool.models.courses import ResourceLink
from lti_tool.models.deliveries import Delivery
from lti_tool.models.people import Mailbox, MailboxStatus, Person
from lti_tool.models.tracks import Cohort, Enrolment, EnrolmentStatus, Track
from lti_tool.models.visits import Visit
from lti_tool.services import activities, gone_items, launches, participants, scores
from lti_tool.services.activities import Item
from lti_tool.services.keys import Key


class Column(StrEnum):
    """Where the scores of an item go."""

    NAMED = "named"  # its last launch said so
    FOUND = "found"  # the tool looked for it, or made it
    TO_FIND = "to_find"  # there is a list to look in
    NONE = "none"  # the LMS takes no scores of it
    GONE = "gone"  # the LMS found no place for a score of it


@dataclass(frozen=True)
class Reached:
    """How many people there are, and how many are not reached. never_seen: who opened nothing yet.

    missed: how many there is any of this about.
    """

    people: int = 0
    left: int = 0
    no_address: int = 0
    refused: int = 0
    never_seen: int = 0
    missed: int = 0


@dataclass(frozen=True)
class Missed:
    """Somebody who is not reached, and why. name: None when the LMS gave none."""

    name: str | None
    has_left: bool
    has_address: bool
    is_refused: bool
    was_seen: bool


@dataclass(frozen=True)
class Undelivered:
    """A score that did not arrive. waits: it is tried again by itself. tried_at: real clock."""

    name: str | None
    phase: str | None
    meeting_number: int | None
    reason: str | None
    waits: bool
    tried_at: datetime | None


def columns(session: Session, track: Track) -> list[tuple[Item, Column]]:
    """The items of a track that are scored and were opened, with where their scores go."""
    found, gone = activities.items(session, track), gone_items.of_track(session, track)
    return [
        (item, Column.GONE if item.activity.id in gone else column_of(item.link))
        for item in found
        if item.link and item.phase
    ]


def column_of(link: ResourceLink) -> Column:
    """Where the scores of a link go."""
    if link.line_item_url is not None:
        return Column.NAMED if link.line_item_sought_at is None else Column.FOUND
    return Column.NONE if link.line_items_url is None else Column.TO_FIND


def reached(session: Session, track: Track) -> Reached:
    """The numbers, in one statement; test people are nobody."""
    rows = _people(track).with_only_columns(
        func.count(_stays()),
        func.count(_when(Enrolment.status == EnrolmentStatus.LEFT)),
        *(func.count(_when(and_(_is_active(), why))) for why in (_NO_ADDRESS, _REFUSED, _NEVER_SEEN)),
        func.count(_when(_is_missed())),
    )
    return Reached(*tuple[int, ...](session.execute(rows).one()))


def missed(session: Session, track: Track, number: int) -> list[tuple[Person, Missed]]:
    """Whom there is something about, fifty at a time and still without their names. number: from 1."""
    rows = session.execute(
        _people(track)
        .where(_is_missed())
        .order_by(Cohort.number, Enrolment.joined_at, Enrolment.id)
        .limit(participants.AT_ONCE)
        .offset((number - 1) * participants.AT_ONCE)
    )
    return [
        (
            person,
            Missed(
                None,
                status is EnrolmentStatus.LEFT,
                person.mailbox_id is not None,
                mailbox is MailboxStatus.REFUSED,
                not is_new,
            ),
        )
        for person, status, mailbox, is_new in rows
    ]


def undelivered(session: Session, track: Track, number: int) -> list[tuple[Person, Delivery, Item | None]]:
    """Scores that did not arrive, fifty at a time. number: of the page, from 1."""
    items = {item.activity.id: item for item in activities.items(session, track)}
    rows = session.execute(
        scores.undelivered(track)
        .with_only_columns(Person, Delivery)
        .order_by(Delivery.created_at, Delivery.id)
        .limit(participants.AT_ONCE)
        .offset((number - 1) * participants.AT_ONCE)
    )
    return [(person, row, items.get(row.activity_id) if row.activity_id else None) for person, row in rows]


def told(
    found: Sequence[tuple[Person, Delivery, Item | None]], keys: Mapping[UUID, Key]
) -> list[Undelivered]:
    """The same scores as a trainer reads them. keys: of these people, by id."""
    return [
        Undelivered(
            launches.name_of(person, keys.get(person.key_id)),
            item.phase if item else None,
            item.activity.meeting_number if item else None,
            row.reason,
            scores.waits(row),
            row.scored_at,
        )
        for person, row, item in found
    ]


_NO_ADDRESS = Person.mailbox_id.is_(None)
_REFUSED = func.coalesce(Mailbox.status == MailboxStatus.REFUSED, False)
_NEVER_SEEN = ~exists().where(Visit.person_id == Person.id)


def _people(track: Track) -> Select[Person, EnrolmentStatus, MailboxStatus | None, bool]:
    return (
        select(Person, Enrolment.status, Mailbox.status, _NEVER_SEEN)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .outerjoin(Mailbox, Mailbox.id == Person.mailbox_id)
        .where(Cohort.track_id == track.id, Person.is_test.is_(False))
    )


def _is_active() -> ColumnElement[bool]:
    return Enrolment.status == EnrolmentStatus.ACTIVE


def _is_missed() -> ColumnElement[bool]:
    return or_(Enrolment.status == EnrolmentStatus.LEFT, _NO_ADDRESS, _REFUSED, _NEVER_SEEN)


def _stays() -> ColumnElement[int | None]:
    return _when(_is_active())


def _when(condition: ColumnElement[bool]) -> ColumnElement[int | None]:
    """Counted where it holds."""
    return case((condition, 1))
