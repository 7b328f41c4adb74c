"""Cadences: what is sent before, during and after a training, to whom and when."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from lti_tool.domain.fields import ContentError, Fields
from lti_tool.domain.retention import FULL_WINDOW
from lti_tool.domain.words import Words

REMINDED = 5
"""Working days before the first meeting, of a reminder whose day nobody chose."""
TIMES = ("before_meeting", "after_meeting", "window_day", "on", "days_after")
STEP_FIELDS = f"id to cue recall {' '.join(TIMES)} after before catch_up joins not_when"


class StepId(StrEnum):
    """The steps there are."""

    PREPARE = "prepare"
    PREPARE_AGAIN = "prepare_again"
    BETWEEN = "between"
    PLAN = "plan"
    REHEARSE = "rehearse"
    OWN_DATE = "own_date"
    CHECK_IN = "check_in"
    HARVEST = "harvest"
    LAST_CALL = "last_call"
    YIELD = "yield"


class Receiver(StrEnum):
    """To whom a step goes."""

    LEARNER = "learner"
    LEARNER_WITH_PLAN = "learner_with_plan"
    LEARNER_WHO_ANSWERED = "learner_who_answered"  # after a last call without an answer comes silence


class FixedDay(StrEnum):
    """A day that a step has or does not come at all."""

    OWN_DATE = "own_date"
    LAST_DAY = "last_day"  # the last allowed day inside the window


class Mark(StrEnum):
    """A day of the learner that a step comes after, or before."""

    PLAN_MADE = "plan_made"
    OWN_DATE = "own_date"


class Stage(StrEnum):
    """The stretches of a training that have letters of their own."""

    BEFORE = "before"
    BETWEEN = "between"
    AFTER = "after"


class Answered(StrEnum):
    """What makes a step needless."""

    PREPARED = "prepared"
    SESSION = "session"  # looked back on that meeting
    PLAN_MADE = "plan_made"
    HARVESTED = "harvested"
    ANY_ANSWER = "any_answer"  # used it, partly or not yet, harvest or yield, since T0; a plan is none
    CLOSED = "closed"  # the plan was closed, or its yield told

    def part(self, occurrence: int) -> str | None:
        """The part of an activity that is meant: without such an activity there is no such step."""
        if self is Answered.SESSION:
            return part_of_session(occurrence)
        return PARTS.get(self)


PARTS = {
    Answered.PREPARED: "pre.short",
    Answered.PLAN_MADE: "post.plan",
    Answered.HARVESTED: "post.harvest",
    Answered.CLOSED: "post.yield",
}


# What a step leads to in the course: the instrument, and the part of it.
LEADS_TO = {
    StepId.PREPARE: ("pre", "short"),
    StepId.PREPARE_AGAIN: ("pre", "short"),
    StepId.BETWEEN: ("mid", "session"),
    StepId.PLAN: ("post", "plan"),
    StepId.HARVEST: ("post", "harvest"),
    StepId.YIELD: ("post", "yield"),
}


def part_of_session(number: int) -> str:
    """The part that looks back on meeting `number`, counted from 1."""
    return f"mid.{number}"


@dataclass(frozen=True)
class Step:
    """One letter of a cadence. When it comes is said by one of the first five times.

    cue: it ends when the learner used what was learned.
    recall: its letter brings a question of the trainer about the content of the training, if there is one.
    before_meeting: P-n, the n-th working day before the first meeting.
    after_meeting: so many working days after each meeting but the last, once for each.
    window_day: W+n is the earliest day. on: a fixed day is the only one.
    days_after: so many calendar days after T0, or the first working day from then on.
    after, before: of a window day: it comes at the earliest on the allowed day after, at the latest
        the day before.
    catch_up: of P-n: when that day had passed before the first meeting was known, it comes on the next
        working day, if the first meeting is so many days off then.
    joins: the steps with which it may share a letter, the first that comes, when it has no day of its own.
    """

    id: StepId
    to: Receiver
    cue: bool = False
    recall: bool = False
    before_meeting: int | None = None
    after_meeting: int | None = None
    window_day: int | None = None
    on: FixedDay | None = None
    days_after: int | None = None
    after: Mark | None = None
    before: Mark | None = None
    catch_up: int | None = None
    joins: tuple[StepId, ...] = ()
    not_when: Answered | None = None

    @property
    def stage(self) -> Stage:
        """Before the first meeting, between two, or after T0."""
        if self.before_meeting is not None:
            return Stage.BEFORE
        return Stage.AFTER if self.after_meeting is None else Stage.BETWEEN


@dataclass(frozen=True)
class Cadence:
    """The steps of one profile, in the order in which they come. fits: what it brings, and where it fits."""

    key: str
    title: Words
    fits: Words
    steps: tuple[Step, ...]

    def find(self, step: str) -> Step | None:
        """The step of that id."""
        return next((each for each in self.steps if each.id == step), None)

    def reminding(self) -> "Cadence":
        """The same with the one reminder to prepare, which a trainer may ask for where it has none."""
        if self.find(StepId.PREPARE_AGAIN):
            return self
        step = Step(
            StepId.PREPARE_AGAIN, Receiver.LEARNER, before_meeting=REMINDED, not_when=Answered.PREPARED
        )
        first = sum(each.id is StepId.PREPARE for each in self.steps)
        return replace(self, steps=(*self.steps[:first], step, *self.steps[first:]))

    @property
    def recalls(self) -> tuple[StepId, ...]:
        """The steps whose letters bring a question about the content, in order."""
        return tuple(each.id for each in self.steps if each.recall)


def parse(raw: Mapping[str, object]) -> Cadence:
    """The cadence in a content file; raises ContentError."""
    file = Fields.of("file", raw, "key title fits step")
    place = f"cadence {file.text('key')}"
    steps = tuple(_step(place, each) for each in file.tables("step"))
    if not steps:
        raise ContentError(f"{place}: needs a [[step]]")
    if twice := [step for step, times in Counter(each.id for each in steps).items() if times > 1]:
        raise ContentError(f"{place}: step {', '.join(twice)} stands here twice")
    return Cadence(file.text("key"), file.words("title"), file.words("fits"), steps)


def _step(place: str, raw: Mapping[str, object]) -> Step:
    fields = Fields.of(f"{place}, step {raw.get('id') or 'without a name'}", raw, STEP_FIELDS)
    if len(set(TIMES) & set(raw)) != 1:
        raise fields.refuse(f"needs one of {', '.join(TIMES)}")
    for name, time in (("after", "window_day"), ("before", "window_day"), ("catch_up", "before_meeting")):
        if name in raw and time not in raw:
            raise fields.refuse(f"{name} goes together with {time} only")
    if "recall" in raw and not fields.truth("cue"):
        raise fields.refuse("recall goes together with cue only")
    return Step(
        id=fields.word("id", StepId),
        to=fields.word("to", Receiver),
        cue=fields.truth("cue"),
        recall=fields.truth("recall"),
        before_meeting=_number(fields, "before_meeting"),
        after_meeting=_number(fields, "after_meeting"),
        window_day=_window_day(fields),
        on=fields.word("on", FixedDay) if "on" in raw else None,
        days_after=_number(fields, "days_after"),
        after=fields.word("after", Mark) if "after" in raw else None,
        before=fields.word("before", Mark) if "before" in raw else None,
        catch_up=_number(fields, "catch_up"),
        joins=tuple(fields.words_of("joins", StepId)),
        not_when=fields.word("not_when", Answered) if "not_when" in raw else None,
    )


def _number(fields: Fields, name: str) -> int | None:
    return fields.number(name) if name in fields.raw else None


def _window_day(fields: Fields) -> int | None:
    number = _number(fields, "window_day")
    if number is not None and number > FULL_WINDOW:
        raise fields.refuse(f"window_day runs from 1 to {FULL_WINDOW}")
    return number
