"""What may happen to somebody who takes part in trainings. Each changes what is known, and no letter."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from lti_tool.domain import moments
from lti_tool.domain.workdays import DAY, Period
from tests.domain.trainings import SENT, SKIPPED, Training


@dataclass(frozen=True)
class Event:
    """Something that happens to one training, or to its person."""

    at: datetime
    training: int
    what: str
    number: int


def _join(all_: list[Training], event: Event) -> None:
    all_[event.training].has_joined = True


def _make_plan(all_: list[Training], event: Event) -> None:
    training = all_[event.training]
    today = _today(training, event)
    training.know(plan_made_on=training.facts.plan_made_on or today, parts=_done(training, "post.plan"))
    _choose_day(all_, event)


def _choose_day(all_: list[Training], event: Event) -> None:
    """A day that the page offers; it has a cue of its own when that of the day before went out."""
    training = all_[event.training]
    if training.facts.plan_made_on is None:
        return
    offered = training.window.offered_days(_today(training, event))
    number = training.facts.own_date_number
    cue = training.rows.get(("own_date", number))
    own_on = offered[event.number % len(offered)] if offered else None
    if own_on == training.facts.own_on:
        return
    gone_out = cue is not None and cue.status in (SENT, SKIPPED)
    training.know(own_on=own_on, own_date_number=number + gone_out, used_on=None)


def _use(all_: list[Training], event: Event) -> None:
    training = all_[event.training]
    training.answered_on = _today(training, event)
    if training.facts.plan_made_on is not None:
        training.know(used_on=training.answered_on)


def _answer(all_: list[Training], event: Event) -> None:
    training = all_[event.training]
    training.answered_on = _today(training, event)
    training.know(used_on=None)


def _submit(all_: list[Training], event: Event) -> None:
    training = all_[event.training]
    asked = sorted(training.facts.parts)
    if not asked:
        return
    part = asked[event.number % len(asked)]
    training.know(parts=_done(training, part))
    if part in ("post.harvest", "post.yield"):
        training.answered_on = _today(training, event)


def _close(all_: list[Training], event: Event) -> None:
    all_[event.training].know(is_closed=all_[event.training].facts.plan_made_on is not None)


def _go_away(all_: list[Training], event: Event) -> None:
    first_on = _today(all_[0], event) + (event.number % 8) * DAY
    leave = Period(first_on, first_on + event.number // 8 * DAY)
    for training in all_:
        calendar = training.facts.calendar
        training.know(calendar=replace(calendar, leave=(*calendar.leave, leave)))


def _stay(all_: list[Training], event: Event) -> None:
    for training in all_:
        training.know(calendar=training.facts.calendar.without_leave())


def _work_less(all_: list[Training], event: Event) -> None:
    for training in all_:
        training.know(calendar=replace(training.facts.calendar, free_weekdays=frozenset({event.number % 5})))


def _choose_hour(all_: list[Training], event: Event) -> None:
    for training in all_:
        training.know(mail_hour=time(event.number % 24, 30))


def _pause(all_: list[Training], event: Event) -> None:
    training = all_[event.training]
    training.know(paused_until=_today(training, event) + event.number % 21 * DAY)


def _resume(all_: list[Training], event: Event) -> None:
    all_[event.training].know(paused_until=None, is_stopped=False, wants_few=False)


def _stop(all_: list[Training], event: Event) -> None:
    all_[event.training].know(is_stopped=True)


def _want_few(all_: list[Training], event: Event) -> None:
    all_[event.training].know(wants_few=True)


def _leave_the_course(all_: list[Training], event: Event) -> None:
    all_[event.training].know(has_left=True)


def _come_back(all_: list[Training], event: Event) -> None:
    all_[event.training].know(has_left=False)


def _move_the_dates(all_: list[Training], event: Event) -> None:
    """Some days sooner or later, the meetings along with T0."""
    training = all_[event.training]
    by = (event.number % 41 - 20) * DAY
    facts = training.facts
    training.know(
        anchor_on=facts.anchor_on + by,
        meetings=tuple(day + by for day in facts.meetings),
        closes_on=facts.closes_on + by if facts.closes_on else None,
    )


def _leave_out_a_step(all_: list[Training], event: Event) -> None:
    training = all_[event.training]
    steps = training.cadence.steps
    training.know(left_out=frozenset({steps[event.number % len(steps)].id}))


HAPPENS: dict[str, Callable[[list[Training], Event], None]] = {
    "plan": _make_plan,
    "another day": _choose_day,
    "used": _use,
    "not yet": _answer,
    "submit": _submit,
    "leave": _go_away,
    "no leave": _stay,
    "free weekday": _work_less,
    "hour": _choose_hour,
    "pause": _pause,
    "resume": _resume,
    "stop": _stop,
    "few": _want_few,
    "left": _leave_the_course,
    "back": _come_back,
    "dates": _move_the_dates,
    "left out": _leave_out_a_step,
    "close": _close,
    "join": _join,
}
# What concerns all trainings of a person.
OF_THE_PERSON = {"leave", "no leave", "free weekday", "hour"}
# What a person does most, and now and then.
OFTEN = ("plan", "submit", "another day", "used", "not yet", "leave", "pause", "hour")
SOMETIMES = tuple(what for what in HAPPENS if what != "join")


def _today(training: Training, event: Event) -> date:
    return moments.local(event.at, training.facts.time_zone).date()


def _done(training: Training, part: str) -> dict[str, bool]:
    asked = training.facts.parts
    return {**asked, part: True} if part in asked else dict(asked)
