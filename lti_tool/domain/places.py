"""On which day a step of the cadence comes for one person.

The cadence says when; it leaves open what happens where days meet or cannot be. Here:

- A step comes later than every step before it in the cadence (`free_from`). So no two share a day,
  but those that may share a letter (`schedules`); and last_call is left out where check_in, which
  asks the same, or the own date reaches its day.
- rehearse comes before the own date or not at all.
- An own date that the training's new dates left before T0 or behind the window has no cue, and no
  step waits for it: its learner is shown so, and may choose another.
- An own date that is a working day is kept. Of any other, the cue comes on the last allowed day
  before it; where that lies before the window or not after the day the plan was made, on the first
  one after it, if that is inside the window.
- What falls in a pause moves to the first allowed day after it; a fixed day does not move.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from lti_tool.domain import moments
from lti_tool.domain.cadences import FixedDay, Mark, Step, StepId
from lti_tool.domain.nudges import EnrolmentFacts, SkipReason
from lti_tool.domain.paces import Pace
from lti_tool.domain.retention import RetentionWindow
from lti_tool.domain.workdays import DAY


class Why(StrEnum):
    """Why a step comes on its day."""

    WINDOW_DAY = "window_day"
    AFTER_PLAN = "after_plan"
    AFTER_OWN_DATE = "after_own_date"
    AFTER_PAUSE = "after_pause"
    AFTER_EARLIER_STEP = "after_earlier_step"
    OWN_DATE = "own_date"
    BEFORE_OWN_DATE = "before_own_date"  # the own date is no working day
    BEHIND_OWN_DATE = "behind_own_date"  # the same, and the cue could not come before it
    LAST_DAY = "last_day"
    BEFORE_MEETING = "before_meeting"
    TRAINER_CHOSE = "trainer_chose"
    SET_UP_LATE = "set_up_late"  # the days of the training became known when its usual day had passed
    JOINED_LATE = "joined_late"  # at one's own pace: the same, as this person joined
    AFTER_MEETING = "after_meeting"
    MONTH_AFTER = "month_after"


# Working days that a meeting must leave to the next one, for a letter between the two.
SMALLEST_GAP = 4
# How long a letter that comes a month after T0 makes sense.
LATE_LETTER = timedelta(days=14)
AFTER = {Mark.PLAN_MADE: Why.AFTER_PLAN, Mark.OWN_DATE: Why.AFTER_OWN_DATE}


@dataclass(frozen=True)
class Place:
    """A day for a step. last_on: the last day on which it makes sense, seen by itself."""

    on: date
    last_on: date
    why: Why


def find(
    step: Step, occurrence: int, facts: EnrolmentFacts, window: RetentionWindow, free_from: date
) -> Place | SkipReason:
    """The day of a step, or why it has none. free_from: the day after the steps before it."""
    if step.window_day is None:
        place = _fixed(_of_fixed(step, occurrence, facts, window), facts, free_from)
    else:
        place = _from(step, step.window_day, facts, window, free_from)
    if isinstance(place, Place) and place.on in facts.already_sent.values():
        return SkipReason.NO_ROOM
    return _before_closing(place, facts)


def _before_closing(place: Place | SkipReason, facts: EnrolmentFacts) -> Place | SkipReason:
    if facts.closes_on is None or isinstance(place, SkipReason):
        return place
    if place.on > facts.closes_on:
        return SkipReason.TRACK_CLOSED
    return replace(place, last_on=min(place.last_on, facts.closes_on))


def earliest(step: Step, facts: EnrolmentFacts, window: RetentionWindow) -> date | None:
    """The first day on which a step of the window may come, whatever came before it."""
    if step.window_day is None:
        return window.last_allowed_day
    found = _earliest(step, step.window_day, facts, window)
    return found[0] if found else None


def _of_fixed(
    step: Step, occurrence: int, facts: EnrolmentFacts, window: RetentionWindow
) -> Place | SkipReason:
    if step.before_meeting is not None:
        return _of_first_meeting(step, step.before_meeting, facts)
    if step.after_meeting is not None:
        return _of_meeting(occurrence, step.after_meeting, facts)
    if step.days_after is not None:
        return _of_days_after(step.days_after, facts)
    return _of_own_date(facts, window) if step.on is FixedDay.OWN_DATE else _of_last_day(window)


def _of_first_meeting(step: Step, number: int, facts: EnrolmentFacts) -> Place | SkipReason:
    if not facts.meetings:
        return SkipReason.NO_MEETING
    first = facts.meetings[0]
    if step.id is StepId.PREPARE_AGAIN and facts.remind_on is not None:
        return _of_reminder(facts.remind_on, first, facts)
    day = facts.calendar.before(first, number)
    late = _late(day, facts)
    if step.catch_up is None or late is None:
        return SkipReason.NO_WORKING_DAY if day is None else Place(day, first - DAY, Why.BEFORE_MEETING)
    known_on, why = late
    # At their own pace people begin when they like, until they have finished.
    begins_by = facts.anchor_on if facts.pace is Pace.OWN else first
    after = facts.calendar.after(known_on)
    if after is None or after + step.catch_up * DAY > begins_by:
        return SkipReason.TOO_NEAR
    return Place(after, begins_by - DAY, why)


def _late(day: date | None, facts: EnrolmentFacts) -> tuple[date, Why] | None:
    """Since when a step before the first meeting can come whose day had passed, and why; None in time."""
    since: list[tuple[date, Why]] = []
    if facts.days_known_on is not None and (day is None or day <= facts.days_known_on):
        since.append((facts.days_known_on, Why.SET_UP_LATE))
    if facts.pace is Pace.OWN and _had_passed(day, facts):
        since.append((moments.local(facts.joined_at, facts.time_zone).date(), Why.JOINED_LATE))
    return max(since, key=lambda each: each[0], default=None)


def _had_passed(day: date | None, facts: EnrolmentFacts) -> bool:
    return day is None or moments.due_at(day, facts.mail_hour, facts.time_zone) < facts.joined_at


def _of_reminder(chosen: date, first: date, facts: EnrolmentFacts) -> Place | SkipReason:
    """The day that the trainer chose, or the first one after it on which this person gets mail."""
    day = facts.calendar.on_or_after(chosen)
    return SkipReason.TOO_NEAR if day is None or day >= first else Place(day, first - DAY, Why.TRAINER_CHOSE)


def _of_meeting(number: int, days: int, facts: EnrolmentFacts) -> Place | SkipReason:
    this, following = facts.meetings[number - 1 : number + 1]
    gap = facts.calendar.between(this + DAY, following)
    if len(gap) < SMALLEST_GAP:
        return SkipReason.TOO_NEAR
    return Place(gap[days - 1], following - DAY, Why.AFTER_MEETING)


def _of_days_after(days: int, facts: EnrolmentFacts) -> Place | SkipReason:
    day = facts.calendar.on_or_after(facts.anchor_on + days * DAY)
    return SkipReason.NO_WORKING_DAY if day is None else Place(day, day + LATE_LETTER, Why.MONTH_AFTER)


def _fixed(place: Place | SkipReason, facts: EnrolmentFacts, free_from: date) -> Place | SkipReason:
    if isinstance(place, SkipReason):
        return place
    if facts.is_paused(place.on):
        return SkipReason.PAUSED
    return place if place.on >= free_from else SkipReason.NO_ROOM


def _of_last_day(window: RetentionWindow) -> Place | SkipReason:
    day = window.last_allowed_day
    return SkipReason.NO_WORKING_DAY if day is None else Place(day, day, Why.LAST_DAY)


def _of_own_date(facts: EnrolmentFacts, window: RetentionWindow) -> Place | SkipReason:
    own_on, made_on = facts.own_on, facts.plan_made_on
    if own_on is None or made_on is None:
        return SkipReason.NO_OWN_DATE
    if own_on <= made_on:
        return SkipReason.PAST
    if not facts.anchor_on < own_on <= window.last_on:
        return SkipReason.OUTSIDE_WINDOW
    if facts.calendar.allows(own_on):
        return Place(own_on, own_on, Why.OWN_DATE)
    before = facts.calendar.on_or_before(own_on)
    behind = facts.calendar.on_or_after(max(own_on + DAY, window.first_on))
    near: list[Place] = []
    if before is not None and before >= max(window.first_on, made_on + DAY):
        near.append(Place(before, before, Why.BEFORE_OWN_DATE))
    if behind is not None and behind <= window.last_on:
        near.append(Place(behind, behind, Why.BEHIND_OWN_DATE))
    if facts.calendar.without_leave().allows(own_on):
        near.reverse()  # who is away does it when back; a weekend or a free day may be just the day for it
    return near[0] if near else SkipReason.NO_WORKING_DAY


def _from(
    step: Step, number: int, facts: EnrolmentFacts, window: RetentionWindow, free_from: date
) -> Place | SkipReason:
    earliest = _earliest(step, number, facts, window)
    if earliest is None:
        return SkipReason.NO_WORKING_DAY
    day, why = earliest
    if free_from <= day:
        return _within(step, day, why, facts, window)
    free = facts.calendar.on_or_after(free_from)
    return _within(step, free, Why.AFTER_EARLIER_STEP, facts, window) if free else SkipReason.NO_WORKING_DAY


def _earliest(
    step: Step, number: int, facts: EnrolmentFacts, window: RetentionWindow
) -> tuple[date, Why] | None:
    """The latest of the days before which a step does not come; None when one of them never comes."""
    bounds = [(window.working_day(number), Why.WINDOW_DAY)]
    if step.after and (mark_on := _day_of(step.after, facts, window)):
        bounds.append((facts.calendar.after(mark_on), AFTER[step.after]))
    if facts.paused_until:
        bounds.append((facts.calendar.on_or_after(facts.paused_until), Why.AFTER_PAUSE))
    days = [(day, why) for day, why in bounds if day is not None]
    return max(days, key=lambda bound: bound[0]) if len(days) == len(bounds) else None


def _within(
    step: Step, day: date, why: Why, facts: EnrolmentFacts, window: RetentionWindow
) -> Place | SkipReason:
    if day > window.last_on:
        return SkipReason.PAUSED if why is Why.AFTER_PAUSE else SkipReason.WINDOW_CLOSED
    bound = _day_of(step.before, facts, window) if step.before else None
    last_on = min(window.last_on, bound - DAY) if bound else window.last_on
    return Place(day, last_on, why) if day <= last_on else SkipReason.NO_ROOM


def _day_of(mark: Mark, facts: EnrolmentFacts, window: RetentionWindow) -> date | None:
    """The day the plan was made, or that of the cue for the own date (the date itself without a cue).

    None where there is no such day, and for an own date outside the window.
    """
    if mark is Mark.PLAN_MADE:
        return facts.plan_made_on
    cue = _of_own_date(facts, window)
    if cue is SkipReason.OUTSIDE_WINDOW:
        return None
    return cue.on if isinstance(cue, Place) else facts.own_on
