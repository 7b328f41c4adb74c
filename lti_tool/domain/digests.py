"""What others hear of a training, and when: team cards for contacts, a talk for a leader, a buddy's question.

The cadence: opened at W+1, leader at W+6, closed on the first working day of the week after the
window, value_check 60 days after T0 and each quarter after that, four times at most; a leader of one
person gets a talk card at P-5 instead of opened and closed. Their days are the organisation's. A buddy
gets one question, on W+5 of whom they ask.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from lti_tool.domain import moments, retention
from lti_tool.domain.nudges import Decision, Send, Skip, SkipReason, Wait
from lti_tool.domain.workdays import DAY, WorkCalendar


class DigestStep(StrEnum):
    """The letters there are."""

    TALK = "talk"
    OPENED = "opened"
    LEADER = "leader"
    CLOSED = "closed"
    VALUE_CHECK = "value_check"
    BUDDY = "buddy"


CARDS = (DigestStep.OPENED, DigestStep.LEADER, DigestStep.CLOSED)
OF_A_GROUP = (*CARDS, DigestStep.VALUE_CHECK)
OF_ONE_PERSON = (DigestStep.TALK, DigestStep.LEADER)
OF_A_BUDDY = (DigestStep.BUDDY,)

TALK_BEFORE = 5  # working days before the first meeting
OPENED_ON, BUDDY_ON, LEADER_ON = 1, 5, 6  # W+n
WEEK = timedelta(days=7)
FIRST_CHECK = timedelta(days=60)
QUARTER = timedelta(days=91)  # thirteen weeks, so that the day of the week stays
CHECKS = 4
# How long a card makes sense that found no room in its mailbox, or whose day the machine was off.
STAYS = timedelta(days=13)
# So long a card stays where its letter points.
OPENS = timedelta(days=60)


@dataclass(frozen=True)
class DigestFacts:
    """What the planning asks.

    ends_on: T0. time_zone: an IANA key.
    calendar: the working days of the organisation; for a buddy, those of whom they ask.
    confirmed_at: when the receiver said yes; nothing comes that was due before.
    steps: those that this receiver gets.
    closes_on: the last day on which letters of the training go; a value check looks back long after it.
    """

    ends_on: date
    calendar: WorkCalendar
    time_zone: str
    confirmed_at: datetime
    steps: Sequence[DigestStep] = OF_A_GROUP
    first_meeting_on: date | None = None
    closes_on: date | None = None


@dataclass(frozen=True)
class DigestPlace:
    """A letter with its day; due_at: UTC. last_on: the last local day on which it makes sense."""

    step: DigestStep
    occurrence: int
    due_at: datetime
    due_on: date
    last_on: date


def places(facts: DigestFacts) -> list[DigestPlace]:
    """All that this receiver gets, also what is past; those of one receiver never overlap."""
    found = [
        DigestPlace(step, number, moments.due_at(on, None, facts.time_zone), on, last_on)
        for step in facts.steps
        for number, (on, last_on) in enumerate(_while_open(step, facts), start=1)
    ]
    return [each for each in found if each.due_at >= facts.confirmed_at]


def decide(facts: DigestFacts, step: str, occurrence: int, *, now: datetime) -> Decision:
    """Whether a letter that is due goes now, later, or not at all (calendar clock)."""
    place = _find(facts, step, occurrence)
    if place is None:
        return Skip(SkipReason.TRACK_CLOSED if _is_closed(facts, now) else SkipReason.NOT_IN_CADENCE)
    # Its day moves when somebody is away after all; a letter never goes before it.
    chance = moments.next_chance(facts.calendar, None, facts.time_zone, now=max(now, place.due_at))
    if chance is None or moments.local(chance, facts.time_zone).date() > place.last_on:
        return Skip(SkipReason.WINDOW_CLOSED)
    return Send() if chance == now else Wait(chance)


def move_on(facts: DigestFacts, step: str, occurrence: int, *, now: datetime) -> Wait | Skip:
    """What becomes of a letter that finds no room in its mailbox: the next working day, or never."""
    place = _find(facts, step, occurrence)
    day = facts.calendar.after(moments.local(now, facts.time_zone).date())
    if place is None or day is None or day > place.last_on:
        return Skip(SkipReason.BUDGET)
    return Wait(moments.due_at(day, None, facts.time_zone))


def over_after(steps: Sequence[DigestStep]) -> timedelta:
    """How long after T0 none of these letters comes or opens a card, with a week for public holidays."""
    last = FIRST_CHECK + (CHECKS - 1) * QUARTER if DigestStep.VALUE_CHECK in steps else retention.LENGTH
    return last + WEEK + STAYS + OPENS


def _find(facts: DigestFacts, step: str, occurrence: int) -> DigestPlace | None:
    return next((each for each in places(facts) if (each.step, each.occurrence) == (step, occurrence)), None)


def _is_closed(facts: DigestFacts, now: datetime) -> bool:
    return facts.closes_on is not None and moments.local(now, facts.time_zone).date() > facts.closes_on


def _while_open(step: DigestStep, facts: DigestFacts) -> Iterator[tuple[date, date]]:
    closes_on = None if step is DigestStep.VALUE_CHECK else facts.closes_on
    for on, last_on in _days(step, facts):
        if closes_on is None or on <= closes_on:
            yield on, min(last_on, closes_on or last_on)


def _days(step: DigestStep, facts: DigestFacts) -> Iterator[tuple[date, date]]:
    """The days of a step, each with the last one on which it makes sense."""
    match step:
        case DigestStep.TALK:
            yield from _before_the_training(facts)
        case DigestStep.VALUE_CHECK:
            for number in range(CHECKS):
                yield from _from(facts.ends_on + FIRST_CHECK + number * QUARTER, facts)
        case DigestStep.BUDDY:
            yield from _for_a_buddy(facts)
        case DigestStep.CLOSED:
            last_on = facts.ends_on + retention.LENGTH
            yield from _from(last_on - last_on.weekday() * DAY + WEEK, facts)
        case _:
            yield from _in_the_window(step, facts)


def _before_the_training(facts: DigestFacts) -> Iterator[tuple[date, date]]:
    """P-5; for who said yes later the next working day, as long as the training has not begun."""
    if facts.first_meeting_on is None:
        return
    day = facts.calendar.before(facts.first_meeting_on, TALK_BEFORE)
    if day is None or moments.due_at(day, None, facts.time_zone) < facts.confirmed_at:
        day = facts.calendar.after(moments.local(facts.confirmed_at, facts.time_zone).date())
    if day is not None and day < facts.first_meeting_on:
        yield day, facts.first_meeting_on - DAY


def _in_the_window(step: DigestStep, facts: DigestFacts) -> Iterator[tuple[date, date]]:
    window = retention.open_window(facts.ends_on, facts.calendar)
    opened_on, leader_on = window.working_day(OPENED_ON), window.working_day(LEADER_ON)
    if opened_on is None or leader_on is None:
        return
    if step is DigestStep.LEADER:
        yield leader_on, window.last_on
    elif opened_on < leader_on:
        yield opened_on, leader_on - DAY


def _for_a_buddy(facts: DigestFacts) -> Iterator[tuple[date, date]]:
    """W+5; for who said yes later the next day of the window."""
    window = retention.open_window(facts.ends_on, facts.calendar)
    day = window.working_day(BUDDY_ON)
    if day is not None and moments.due_at(day, None, facts.time_zone) < facts.confirmed_at:
        day = facts.calendar.after(moments.local(facts.confirmed_at, facts.time_zone).date())
    if day is not None and day <= window.last_on:
        yield day, window.last_on


def _from(earliest: date, facts: DigestFacts) -> Iterator[tuple[date, date]]:
    day = facts.calendar.on_or_after(earliest)
    if day is not None:
        yield day, day + STAYS
