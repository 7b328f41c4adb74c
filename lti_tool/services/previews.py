"""The calendar of a training before anybody gets a letter: who gets what, and when."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from lti_tool.domain import cadences, digests, moments, previews, retention, weeks
from lti_tool.domain.cadences import Cadence
from lti_tool.domain.digests import DigestFacts, DigestPlace, DigestStep
from lti_tool.domain.instruments import Phase
from lti_tool.domain.nudges import EnrolmentFacts
from lti_tool.domain.paces import Pace
from lti_tool.domain.previews import Letter, Preview
from lti_tool.domain.recalls import opening
from lti_tool.domain.weeks import Entry, EntryKind, Week
from lti_tool.domain.workdays import DAY, Period
from lti_tool.models.contacts import ContactKind
from lti_tool.models.organisations import Organisation
from lti_tool.models.tracks import Cohort, Track
from lti_tool.services import learner_facts, parts, recalls, tracks
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.contact_facts import STEPS
from lti_tool.services.tracks import Dates, FollowUp

LAST_SESSION = 10
"""The number of the last session that a training may have."""
BEFORE = timedelta(days=60)
"""How long before a training a trainer may choose a day for a letter."""
A_YEAR = timedelta(days=366)
"""A day further ahead may be a slip of the finger."""


@dataclass(frozen=True)
class Training:
    """What a calendar is about.

    asked: the parts that its links ask for. questions: how many there are about the content.
    """

    organisation: Organisation
    dates: Dates
    follow_up: FollowUp
    time_zone: str
    days_known_on: date
    asked: frozenset[str] = frozenset()
    questions: int = 0
    remind_on: date | None = None

    def asking(self, more: frozenset[str]) -> "Training":
        """The same with one more link."""
        return replace(self, asked=self.asked | more)

    def on_days(self, dates: Dates, today: date) -> "Training":
        """The same on other days: with another first one known since today, and without a reminder."""
        if dates.starts_on == self.dates.starts_on:
            return replace(self, dates=dates)
        return replace(self, dates=dates, days_known_on=today, remind_on=None)


@dataclass(frozen=True)
class Row:
    """A step that may come, on which days. needs: the phase for which the course has no link yet.

    has_question: it brings a question about the content. beside: the steps that one letter may bring with it.
    """

    step: str
    days: tuple[date, ...]
    is_sent: bool
    needs: Phase | None
    has_question: bool = False
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked:
    """The letters to one whom a learner asks and who says yes at once. who: "buddy" or "leader"."""

    who: ContactKind
    days: tuple[date, ...]


class Passed(StrEnum):
    """What of a training is past, whose letters do not come any more."""

    FIRST_DAY = "first_day"
    LAST_DAY = "last_day"
    TWO_WEEKS = "two_weeks"
    CLOSING_DAY = "closing_day"


@dataclass(frozen=True)
class Calendar:
    """Week by week and step by step. passed: how far the training is already; None: it is to come.

    asked: what learners may let others have; without those for whom nothing comes any more.
    at_once, silent: how many letters somebody gets who does everything at once, or answers nothing.
    without_answer: the latter's, as (day, step), but for those whose link is not there yet.
    questions: how many there are about the content; None where no letter brings any.
    without_next: the sessions that an item looks back on before the next one, although there is none.
    far: the first or the last day, where it is more than a year ahead.
    """

    weeks: tuple[Week, ...]
    rows: tuple[Row, ...]
    asked: tuple[Asked, ...]
    window: Period
    at_once: int
    silent: int
    closes_on: date
    passed: Passed | None
    pace: Pace
    questions: int | None = None
    without_next: tuple[int, ...] = ()
    without_answer: tuple[tuple[date, str], ...] = ()
    far: date | None = None

    @property
    def kinds(self) -> frozenset[EntryKind]:
        """What there is to explain."""
        return frozenset(entry.kind for week in self.weeks for day in week.days for entry in day.entries)


def of_track(session: Session, track: Track, cohort: Cohort) -> Training:
    """A track as it stands, for one of its groups."""
    organisation = session.get_one(Organisation, track.organisation_id)
    dates, follow_up = tracks.dates_of(session, cohort), tracks.follow_up(session, track)
    follow_up = replace(follow_up, closes_on=track.closes_on)
    days_known_on = moments.local(cohort.dated_at, cohort.time_zone).date()
    asked, questions = asked_by(session, track.id), recalls.number_of(session, track.id)
    training = Training(organisation, dates, follow_up, cohort.time_zone, days_known_on, asked, questions)
    return replace(training, remind_on=cohort.remind_on)


def working_days(training: Training) -> tuple[date, ...]:
    """The days before a training on which letters may go."""
    first = training.dates.starts_on
    calendar = learner_facts.calendar(training.organisation, training.dates.ends_on)
    return calendar.between(first - BEFORE, first - DAY)


def asked_by(session: Session, track_id: UUID) -> frozenset[str]:
    """The parts that the links of a track ask for."""
    return parts.gather(session, [track_id], []).asked.get(track_id, frozenset())


def calendar(training: Training, catalogue: Catalogue, now: datetime) -> Calendar:
    """What is still to come (calendar clock)."""
    cadence = catalogue.cadence(training.follow_up.cadence)
    cadence = cadence.reminding() if training.remind_on else cadence
    facts = _facts(training, catalogue, now)
    whole = previews.preview(cadence, replace(facts, left_out=frozenset()), now=now)
    shown = previews.preview(cadence, facts, now=now)
    window = retention.open_window(facts.anchor_on, facts.calendar)
    period = Period(window.first_on, window.last_on)
    meetings = _meetings(training.dates)
    letters = [_entry(cadence, training, letter) for letter in shown.letters]
    today = moments.local(now, training.time_zone).date()
    return Calendar(
        weeks=weeks.of([*meetings, *letters, *_cards(facts, now)], period),
        rows=tuple(_rows(cadence, training, {each.step for each in whole.letters}, shown)),
        asked=tuple(_asked(facts, now)),
        window=period,
        at_once=shown.at_once,
        silent=len({each.on for each in shown.silent}),
        closes_on=closing_day(training),
        passed=_passed(training, period, today),
        pace=training.dates.pace,
        questions=training.questions if cadence.recalls else None,
        without_answer=tuple(
            (each.on, str(each.step))
            for each in shown.silent
            if previews.missing(cadence, training.asked, each) is None
        ),
        without_next=tuple(_without_next(training)),
        far=next((day for day in training.dates.ends if day > today + A_YEAR), None),
    )


def _without_next(training: Training) -> Iterator[int]:
    last = len(training.dates.meetings)
    return (n for n in range(last, LAST_SESSION + 1) if cadences.part_of_session(n) in training.asked)


def _passed(training: Training, window: Period, today: date) -> Passed | None:
    dates = training.dates
    ends = (
        (closing_day(training), Passed.CLOSING_DAY),
        (window.last_on, Passed.TWO_WEEKS),
        (dates.ends_on, Passed.LAST_DAY),
        (dates.starts_on, Passed.FIRST_DAY),
    )
    return next((passed for day, passed in ends if day < today), None)


def _meetings(dates: Dates) -> list[Entry]:
    """The only meeting of a training bears no number; where nobody meets, a name says what a day is."""
    days = dates.meetings
    if dates.pace is Pace.AT_WORK:
        return [Entry(EntryKind.MEETING, days[0], "start", 0)]
    if dates.pace is Pace.OWN:
        ends = ((dates.starts_on, "opens"), (dates.ends_on, "last_day"))
        return [Entry(EntryKind.MEETING, day, name, 0) for day, name in ends]
    numbers = range(1, len(days) + 1) if len(days) > 1 else (0,)
    return [Entry(EntryKind.MEETING, day, "", number) for day, number in zip(days, numbers, strict=True)]


def _cards(facts: EnrolmentFacts, now: datetime) -> Iterator[Entry]:
    """The team cards of a contact who says yes today; value checks come when the calendar is long over."""
    places = _willing(facts, now, digests.CARDS)
    return (Entry(EntryKind.OTHERS, place.due_on, str(place.step)) for place in places)


def _asked(facts: EnrolmentFacts, now: datetime) -> Iterator[Asked]:
    for who in (ContactKind.BUDDY, ContactKind.LEADER):
        days = tuple(place.due_on for place in _willing(facts, now, STEPS[who]))
        if days:
            yield Asked(who, days)


def _willing(facts: EnrolmentFacts, now: datetime, steps: Sequence[DigestStep]) -> list[DigestPlace]:
    """What comes for who says yes today to letters of these steps."""
    first_on = min(facts.meetings, default=None)
    around = (facts.anchor_on, facts.calendar, facts.time_zone)
    return digests.places(DigestFacts(*around, now, steps, first_on, facts.closes_on))


def closing_day(training: Training) -> date:
    """The last day for letters."""
    return training.follow_up.closes_on or training.dates.ends_on + tracks.CLOSES_AFTER


def _facts(training: Training, catalogue: Catalogue, now: datetime) -> EnrolmentFacts:
    """Somebody who takes part and did nothing yet, as if the course had a link for everything."""
    return EnrolmentFacts(
        anchor_on=training.dates.ends_on,
        calendar=learner_facts.calendar(training.organisation, training.dates.ends_on),
        time_zone=training.time_zone,
        joined_at=now,
        meetings=training.dates.meetings,
        pace=training.dates.pace,
        days_known_on=training.days_known_on,
        remind_on=training.remind_on,
        closes_on=closing_day(training),
        parts=dict.fromkeys(training.asked | _possible(training, catalogue), False),
        left_out=training.follow_up.left_out,
    )


def _possible(training: Training, catalogue: Catalogue) -> set[str]:
    """The parts of phases that the course has no link for, but may get."""
    phases = {name.split(".")[0] for name in training.asked}
    found = {
        f"{phase}.{part.key}"
        for phase in (Phase.PRE, Phase.POST)
        if phase not in phases
        for part in catalogue.latest(phase).parts
    }
    if not catalogue.has(Phase.MID):
        return found
    return found | {cadences.part_of_session(n) for n in range(1, len(training.dates.meetings))}


def _entry(cadence: Cadence, training: Training, letter: Letter) -> Entry:
    is_ready = previews.missing(cadence, training.asked, letter) is None
    kind = EntryKind.LETTER if is_ready else EntryKind.LATER
    return Entry(kind, letter.on, str(letter.step), letter.occurrence)


def _rows(cadence: Cadence, training: Training, possible: Container[str], shown: Preview) -> Iterator[Row]:
    for step in cadence.steps:
        if step.id not in possible:
            continue
        own = [letter for letter in shown.letters if letter.step == step.id]
        lacking = [name for each in own if (name := previews.missing(cadence, training.asked, each))]
        yield Row(
            step=str(step.id),
            days=tuple(letter.on for letter in own),
            is_sent=step.id not in training.follow_up.left_out,
            needs=Phase(lacking[0].split(".")[0]) if lacking else None,
            has_question=opening(step.id, cadence.recalls, training.questions) is not None,
            beside=tuple(str(also) for one, also in sorted(shown.shared) if one is step.id),
        )
