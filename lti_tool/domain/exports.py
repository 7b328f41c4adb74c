"""What a person takes along: all that is kept of them, in their own words and with the questions asked."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID


@dataclass(frozen=True)
class Place:
    """Where something was asked. title: of the part, as its page words it. meeting: which one it is about."""

    activity: UUID
    part: str
    title: str
    meeting: int | None


@dataclass(frozen=True)
class Said:
    """An answer with its question. chosen: the options as the page words them. days: of one that is days.

    place: of an answer to what a training asked in the course.
    """

    item: str
    asked: str
    chosen: tuple[str, ...]
    days: tuple[date, ...]
    words: str
    then: str
    does_not_know: bool
    answered_at: datetime | None
    place: Place | None = None


@dataclass(frozen=True)
class PlanBefore:
    """A plan as it was, until when."""

    task: str
    when: str
    then: str
    own_day: date | None
    until: datetime


@dataclass(frozen=True)
class PlanKept:
    """A plan as it is now. task: what was meant to be done. when, then, cue: of the if-then sentence."""

    task: str
    when: str
    then: str
    cue: str
    own_day: date | None
    made_on: date | None
    used_on: date | None
    closed_on: date | None
    before: tuple[PlanBefore, ...] = ()


@dataclass(frozen=True)
class CheckInKept:
    """An answer to a letter, with what was told beside it."""

    outcome: str
    said: tuple[Said, ...]
    new_day: date | None
    answered_at: datetime


@dataclass(frozen=True)
class RecallKept:
    """A question about the content that a mail brought, and what was said of it."""

    question: str
    said: str | None
    said_at: datetime | None


@dataclass(frozen=True)
class NoteKept:
    """A note in the logbook. day: on which it was written. with_plans_of: the trainings, by title."""

    day: date
    said: tuple[Said, ...]
    id: UUID | None = None
    with_plans_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class EntryKept:
    """What was written in something taken up at will. title: of what asked; day: on which it was begun.

    id: what the writer's page calls it. key: of the instrument.
    """

    title: str
    day: date
    said: tuple[Said, ...]
    id: UUID | None = None
    key: str = ""


@dataclass(frozen=True)
class MailKept:
    """A letter: which step it is about, its day, and what became of it."""

    step: str
    day: date
    status: str


@dataclass(frozen=True)
class BuddyKept:
    """Somebody who was asked as a buddy, what they said, and what they may see."""

    name: str
    status: str
    sees: tuple[str, ...]


@dataclass(frozen=True)
class ReadingKept:
    """A thing that somebody else opened, since it was let be read. reader: as what. name: of a buddy.

    asked: the question it answers, of an item of the catalogue.
    """

    reader: str
    name: str | None
    what: str
    asked: str
    first_day: date
    last_day: date


@dataclass(frozen=True)
class ShownKept:
    """What a trainer or a team may read. stories: the days of those told."""

    reader: str
    things: tuple[str, ...]
    stories: tuple[date, ...]


@dataclass(frozen=True)
class TakeawayKept:
    """What a trainer or the room may read of looking back on a meeting: a question, not its answer."""

    reader: str
    item: str
    asked: str
    meeting: int


@dataclass(frozen=True)
class ReplyKept:
    """What a trainer answered to a plan, and whether it was opened."""

    words: str
    written_at: datetime
    is_read: bool


@dataclass(frozen=True)
class TrainingKept:
    """What is kept of somebody about one training. counted_from: the day from which the two weeks run.

    id: of their taking part in it. drawn: the cadence that they got by lot, while a comparison runs.
    """

    title: str
    first_day: date
    last_day: date
    counted_from: date
    status: str
    mail: str
    paused_until: date | None
    answers: tuple[Said, ...]
    plan: PlanKept | None
    check_ins: tuple[CheckInKept, ...]
    questions: tuple[RecallKept, ...]
    mails: tuple[MailKept, ...]
    managers: tuple[str, ...]
    counts_along: tuple[str, ...]
    buddies: tuple[BuddyKept, ...]
    shown: tuple[ShownKept, ...] = ()
    id: UUID | None = None
    read_by: tuple[ReadingKept, ...] = ()
    takeaways: tuple[TakeawayKept, ...] = ()
    replies: tuple[ReplyKept, ...] = ()
    drawn: str | None = None

    @property
    def by_place(self) -> dict[Place | None, list[Said]]:
        """The answers by where they were asked, in the order of the first answer there."""
        found: dict[Place | None, list[Said]] = {}
        for said in self.answers:
            found.setdefault(said.place, []).append(said)
        return found


@dataclass(frozen=True)
class Export:
    """All of it. days_off: weekdays, Monday being 0. courses: title and role. away: first and last days.

    calendar_since: when they took a calendar address, if they did. note_link_since: a link of their logbook.
    archive_link_until: when the link to their words ends, if it opens any.
    address: as the LMS says. own_address: where mails go instead. addresses_asked: given, not confirmed.
    """

    name: str | None
    address: str | None
    own_address: str | None
    addresses_asked: tuple[str, ...]
    subject: str
    language: str
    language_of_mails: str | None
    time_zone: str | None
    mail_hour: time | None
    days_off: str
    mails_without_own_words: bool
    calendar_since: datetime | None
    calendar_with_own_words: bool
    note_link_since: datetime | None
    archive_link_until: datetime | None
    archive_link_opened_on: date | None
    known_since: datetime
    courses: tuple[tuple[str, str], ...]
    away: tuple[tuple[date, date], ...]
    trainings: tuple[TrainingKept, ...]
    logbook: tuple[NoteKept, ...]
    entries: tuple[EntryKept, ...]
    waiting: tuple[Said, ...]
