"""Whether a letter that is due should still go."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from lti_tool.domain import moments
from lti_tool.domain.cadences import Answered, Cadence, FixedDay, Receiver, Step, StepId
from lti_tool.domain.paces import Pace
from lti_tool.domain.workdays import WorkCalendar

# What still comes for who wants few letters: the own day, and the two times to look back.
FEW = (StepId.OWN_DATE, StepId.HARVEST, StepId.YIELD)


class SkipReason(StrEnum):
    """Why a step is not planned, or why its letter does not go."""

    LEFT = "left"
    STOPPED = "stopped"
    PAUSED = "paused"
    LEFT_OUT = "left_out"  # by the trainer
    LESS_OFTEN = "less_often"  # the person asked for few letters
    USED = "used"
    ANSWERED = "answered"
    SUBMITTED = "submitted"
    CLOSED = "closed"
    SILENCE = "silence"  # nothing was answered: after the last call comes nothing more
    PLAN_MADE = "plan_made"
    NO_PLAN = "no_plan"
    NO_ACTIVITY = "no_activity"  # the training has no link that asks for it
    NO_MEETING = "no_meeting"
    TOO_NEAR = "too_near"  # the first meeting is too near, or the next one
    MERGED = "merged"  # it shares the letter of another step
    NO_OWN_DATE = "no_own_date"
    OUTSIDE_WINDOW = "outside_window"  # the own date, after the training got other dates
    DATE_MOVED = "date_moved"  # the learner chose another own date, which has a cue of its own
    ALREADY_SENT = "already_sent"
    OVERTAKEN = "overtaken"  # a step that follows it went out already
    NOT_IN_CADENCE = "not_in_cadence"
    NO_WORKING_DAY = "no_working_day"
    NO_ROOM = "no_room"  # the person's other steps leave no day for it
    PAST = "past"
    BEFORE_JOINING = "before_joining"
    WINDOW_CLOSED = "window_closed"
    TRACK_CLOSED = "track_closed"
    TRACK_REMOVED = "track_removed"  # by its trainer
    NO_ADDRESS = "no_address"
    BUDGET = "budget"


# As many letters in a row without a sign, and the next offers fewer, a pause or none.
PATIENCE = 2


@dataclass(frozen=True)
class EnrolmentFacts:
    """What is known of one enrolment, as far as letters go.

    anchor_on: T0.
    time_zone: an IANA key.
    mail_hour: the local hour the person prefers.
    meetings: the days of the training, in order. days_known_on: since when the first of them is known.
    pace: at their own, the only meeting is the day on which the training opens.
    remind_on: the day that the trainer chose for the reminder to prepare.
    closes_on: the last day on which letters go.
    parts: the parts that the training asks for, and whether they were submitted, such as "pre.short"
        and "mid.1".
    own_date_number: which own date it is; 2 when one was set after the cue for the first went out.
    used_on: when the learner used what was learned; ends the cues, as closing the plan does.
    answered_since_anchor: any "used it", "partly" or "not yet", or a look back, handed in or not. Making or
        changing a plan is no answer.
    already_sent: the local day on which each step and occurrence went out.
    left_out: steps that the trainer left out.
    paused_until: the first day on which letters are welcome again.
    is_removed: the trainer ended the training.
    """

    anchor_on: date
    calendar: WorkCalendar
    time_zone: str
    joined_at: datetime
    meetings: tuple[date, ...] = ()
    pace: Pace = Pace.TOGETHER
    days_known_on: date | None = None
    remind_on: date | None = None
    closes_on: date | None = None
    parts: Mapping[str, bool] = field(default_factory=dict)
    mail_hour: time | None = None
    plan_made_on: date | None = None
    own_on: date | None = None
    own_date_number: int = 1
    used_on: date | None = None
    is_closed: bool = False
    answered_since_anchor: bool = False
    already_sent: Mapping[tuple[str, int], date] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    is_stopped: bool = False
    wants_few: bool = False
    paused_until: date | None = None
    has_left: bool = False
    is_removed: bool = False

    def occurrences_of(self, step: Step) -> Sequence[int]:
        """The occurrences of a step: the current own date, each meeting but the last, else only one."""
        if step.on is FixedDay.OWN_DATE:
            return (self.own_date_number,)
        return range(1, len(self.meetings)) if step.after_meeting else (1,)

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
    reasons = (
        (facts.is_removed, SkipReason.TRACK_REMOVED),
        (facts.has_left, SkipReason.LEFT),
        (facts.is_stopped, SkipReason.STOPPED),
        ((step.id, occurrence) in facts.already_sent, SkipReason.ALREADY_SENT),
        (step.id in facts.left_out, SkipReason.LEFT_OUT),
        (facts.wants_few and step.id not in FEW, SkipReason.LESS_OFTEN),
        (_is_over(step, occurrence, facts), SkipReason.DATE_MOVED),
        (step.cue and facts.used_on is not None, SkipReason.USED),
        (step.cue and facts.is_closed, SkipReason.CLOSED),
    )
    said = next((reason for holds, reason in reasons if holds), None)
    return said or _not_for(step, facts) or _needless(step, occurrence, facts)


def _is_over(step: Step, occurrence: int, facts: EnrolmentFacts) -> bool:
    """Whether the own date, or the meeting, that a letter was about is there no more."""
    return occurrence not in facts.occurrences_of(step)


def _not_for(step: Step, facts: EnrolmentFacts) -> SkipReason | None:
    if step.to is Receiver.LEARNER_WITH_PLAN and facts.plan_made_on is None:
        return SkipReason.NO_PLAN
    is_silent = not facts.answered_since_anchor
    return SkipReason.SILENCE if step.to is Receiver.LEARNER_WHO_ANSWERED and is_silent else None


def _needless(step: Step, occurrence: int, facts: EnrolmentFacts) -> SkipReason | None:
    if step.not_when is None:
        return None
    if step.not_when is Answered.ANY_ANSWER:
        return SkipReason.ANSWERED if facts.answered_since_anchor else None
    if step.not_when is Answered.PLAN_MADE and facts.plan_made_on is not None:
        return SkipReason.PLAN_MADE
    if step.not_when is Answered.CLOSED and facts.is_closed:
        return SkipReason.CLOSED
    part = step.not_when.part(occurrence)
    if part is None or part not in facts.parts:
        return SkipReason.NO_ACTIVITY
    # A plan that was left open is still worth a word, though its part was submitted.
    is_done = facts.parts[part] and step.not_when is not Answered.PLAN_MADE
    return SkipReason.SUBMITTED if is_done else None


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
    if facts.closes_on is not None and today > facts.closes_on:
        return Skip(SkipReason.TRACK_CLOSED)
    if today > due.last_on:
        return Skip(SkipReason.WINDOW_CLOSED)
    if facts.paused_until is not None and facts.is_paused(today):
        back_on = facts.calendar.on_or_after(facts.paused_until)
        return _on_day(back_on, due, facts) or Skip(SkipReason.PAUSED)
    return _at_next_chance(due, facts, now)


def is_silent(sent_on: Iterable[date], heard_on: date | None) -> bool:
    """Whether so many letters in a row brought no sign that the next offers fewer, a pause or none.

    sent_on: the local days on which letters went out. heard_on: that of the last sign, of any kind.
    """
    return sum(heard_on is None or day > heard_on for day in sent_on) >= PATIENCE


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
