"""Cadences: what is sent in the two weeks after a training, to whom and when."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from lti_tool.domain.fields import ContentError, Fields
from lti_tool.domain.retention import FULL_WINDOW

STEP_FIELDS = "id to cue window_day on after before not_when"


class StepId(StrEnum):
    """The steps there are."""

    PLAN = "plan"
    REHEARSE = "rehearse"
    OWN_DATE = "own_date"
    CHECK_IN = "check_in"
    LAST_CALL = "last_call"


class Receiver(StrEnum):
    """To whom a step goes."""

    LEARNER = "learner"
    LEARNER_WITH_PLAN = "learner_with_plan"


class FixedDay(StrEnum):
    """A day that a step has or does not come at all."""

    OWN_DATE = "own_date"
    LAST_DAY = "last_day"  # the last allowed day inside the window


class Mark(StrEnum):
    """A day of the learner that a step comes after, or before."""

    PLAN_MADE = "plan_made"
    OWN_DATE = "own_date"


class Answered(StrEnum):
    """What makes a step needless."""

    PLAN_MADE = "plan_made"
    ANY_ANSWER = "any_answer"  # used it, partly or not yet, since T0; a plan is no answer


@dataclass(frozen=True)
class Step:
    """One letter of a cadence.

    cue: it ends when the learner used what was learned.
    window_day, on: when it comes; one of the two. W+n is the earliest day, a fixed day the only one.
    after, before: it comes at the earliest on the allowed day after, at the latest the day before.
    """

    id: StepId
    to: Receiver
    cue: bool
    window_day: int | None
    on: FixedDay | None
    after: Mark | None
    before: Mark | None
    not_when: Answered | None


@dataclass(frozen=True)
class Cadence:
    """The steps of one profile, in the order in which they come."""

    key: str
    steps: tuple[Step, ...]

    def find(self, step: str) -> Step | None:
        """The step of that id."""
        return next((each for each in self.steps if each.id == step), None)


def parse(raw: Mapping[str, object]) -> Cadence:
    """The cadence in a content file; raises ContentError."""
    file = Fields.of("file", raw, "key step")
    place = f"cadence {file.text('key')}"
    steps = tuple(_step(place, each) for each in file.tables("step"))
    if not steps:
        raise ContentError(f"{place}: needs a [[step]]")
    if twice := [step for step, times in Counter(each.id for each in steps).items() if times > 1]:
        raise ContentError(f"{place}: step {', '.join(twice)} stands here twice")
    return Cadence(file.text("key"), steps)


def _step(place: str, raw: Mapping[str, object]) -> Step:
    fields = Fields.of(f"{place}, step {raw.get('id') or 'without a name'}", raw, STEP_FIELDS)
    if ("window_day" in raw) == ("on" in raw):
        raise fields.refuse("needs window_day or on, and not both")
    if "on" in raw and ("after" in raw or "before" in raw):
        raise fields.refuse("after and before do not go together with on")
    return Step(
        id=fields.word("id", StepId),
        to=fields.word("to", Receiver),
        cue=fields.truth("cue"),
        window_day=_window_day(fields),
        on=fields.word("on", FixedDay) if "on" in raw else None,
        after=fields.word("after", Mark) if "after" in raw else None,
        before=fields.word("before", Mark) if "before" in raw else None,
        not_when=fields.word("not_when", Answered) if "not_when" in raw else None,
    )


def _window_day(fields: Fields) -> int | None:
    if "window_day" not in fields.raw:
        return None
    if (number := fields.number("window_day")) > FULL_WINDOW:
        raise fields.refuse(f"window_day runs from 1 to {FULL_WINDOW}")
    return number
