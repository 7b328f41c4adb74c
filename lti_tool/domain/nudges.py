"""Whether a letter that is due should still go."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from lti_tool.domain import moments
from lti_tool.domain.cadences import Answered, Cadence, FixedDay, Receiver, Step
from lti_tool.domain.workdays import WorkCalendar


class SkipReason(StrEnum):
    """Why a step is not planned, or why its letter does not go."""

    LEFT = "left"
    STOPPED = "stopped"
    PAUSED = "paused"
    USED = "used"
    ANSWERED = "answered"
    PLAN_MADE = "plan_made"
    NO_PLAN = "no_plan"
    NO_OWN_DATE = "no_own_date"
    OUTSIDE_WINDOW = "outside_window"  # the own date, after the training got other dates
    DATE_MOVED = "date_moved"  # the learner chose another own date, which has a cue of its own
    ALREADY_SENT = "already_sent"
    NOT_IN_CADENCE = "not_in_cadence"
    NO_WORKING_DAY = "no_working_day"
    NO_ROOM = "no_room"  # the person's other steps leave no day for it
    PAST = "past"
    BEFORE_JOINING = "before_joining"
    WINDOW_CLOSED = "window_closed"
    NO_ADDRESS = "no_address"
    BUDGET = "budget"


@dataclass(frozen=True)
class EnrolmentFacts:
    """What is known of one enrolment, as far as letters go.

    anchor_on: T0.
    time_zone: an IANA key.
    mail_hour: the local hour the person prefers.
    own_date_number: which own date it is; 2 when one was set after the cue for the first went out.
    used_on: when the learner used what was learned; ends the cues.
    answered_since_anchor: any "used it", "partly" or "not yet". Making or changing a plan is no answer.
    already_sent: the local day on which each step and occurrence went out.
    paused_until: the first day on which letters are welcome again.
    """

    anchor_on: date
    calendar: WorkCalendar
    time_zone: str
    joined_at: datetime
    mail_hour: time | None = None
    plan_made_on: date | None = None
    own_on: date | None = None
    own_date_number: int = 1
    used_on: date | None = None
    answered_since_anchor: bool = False
    already_sent: Mapping[tuple[str, int], date] = field(default_factory=dict)
    is_stopped: bool = False
    paused_until: date | None = None
    has_left: bool = False

    def occurrence_of(self, step: Step) -> int:
        """The occurrence of a step that is next: one for each own date, else the only one."""
        return self.own_date_number if step.on is FixedDay.OWN_DATE else 1

    def is_paused(self, day: date) -> bool:
        """Whether the person wants no letters on that day."""
        return self.paused_until is not None and day < self.paused_until


@dataclass(frozen=True)
class Due:
    """A planned letter whose time has come. `last_on`: the last local day on which it makes sense."""

    step: str
    occurrence: int
    last_on: date


@dataclass(frozen=True)
class Send:
    """Let it go now."""


@dataclass(frozen=True)
class Wait:
    """Try again then (UTC)."""

    until: datetime


@dataclass(frozen=True)
class Skip:
    """It does not go at all."""

    reason: SkipReason


Decision = Send | Wait | Skip


def reason_to_skip(step: Step, occurrence: int, facts: EnrolmentFacts) -> SkipReason | None:
    """Why this person should not get this step, whatever the day; None when there is no reason."""
    has_plan = facts.plan_made_on is not None
    reasons = (
        (facts.has_left, SkipReason.LEFT),
        (facts.is_stopped, SkipReason.STOPPED),
        ((step.id, occurrence) in facts.already_sent, SkipReason.ALREADY_SENT),
        (occurrence < facts.occurrence_of(step), SkipReason.DATE_MOVED),
        (step.cue and facts.used_on is not None, SkipReason.USED),
        (step.to is Receiver.LEARNER_WITH_PLAN and not has_plan, SkipReason.NO_PLAN),
        (step.not_when is Answered.PLAN_MADE and has_plan, SkipReason.PLAN_MADE),
        (step.not_when is Answered.ANY_ANSWER and facts.answered_since_anchor, SkipReason.ANSWERED),
    )
    return next((reason for holds, reason in reasons if holds), None)


def decide(cadence: Cadence, facts: EnrolmentFacts, due: Due, *, now: datetime) -> Decision:
    """Whether a letter that is due goes now, later, or not at all.

    A letter that is late (the machine was off) goes as long as its last day has not passed; the days
    of one person's steps do not overlap, so late letters never come in a bunch.
    now: the calendar clock.
    """
    step = cadence.find(due.step)
    if step is None:
        return Skip(SkipReason.NOT_IN_CADENCE)
    if reason := reason_to_skip(step, due.occurrence, facts):
        return Skip(reason)
    today = moments.local(now, facts.time_zone).date()
    if today > due.last_on:
        return Skip(SkipReason.WINDOW_CLOSED)
    if facts.paused_until is not None and facts.is_paused(today):
        back_on = facts.calendar.on_or_after(facts.paused_until)
        return _on_day(back_on, due, facts) or Skip(SkipReason.PAUSED)
    return _at_next_chance(due, facts, now)


def move_on(facts: EnrolmentFacts, due: Due, *, now: datetime) -> Wait | Skip:
    """What becomes of a letter that finds no room in its mailbox today: the next allowed day, or never."""
    today = moments.local(now, facts.time_zone).date()
    return _on_day(facts.calendar.after(today), due, facts) or Skip(SkipReason.BUDGET)


def _on_day(day: date | None, due: Due, facts: EnrolmentFacts) -> Wait | None:
    if day is None or day > due.last_on:
        return None
    return Wait(moments.due_at(day, facts.mail_hour, facts.time_zone))


def _at_next_chance(due: Due, facts: EnrolmentFacts, now: datetime) -> Decision:
    chance = moments.next_chance(facts.calendar, facts.mail_hour, facts.time_zone, now=now)
    if chance == now:
        return Send()
    if chance is None or moments.local(chance, facts.time_zone).date() > due.last_on:
        return Skip(SkipReason.WINDOW_CLOSED)
    return Wait(chance)
