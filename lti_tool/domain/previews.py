"""Which letters a training may bring, before anybody takes part: by the planner that plans the real ones.

Nobody gets all of them. So three made-up people, who work full time and got no letter yet, are
planned for: one who answers nothing, one who made a plan in the room and does the rest late, and one
who does everything at once.
"""

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from lti_tool.domain import retention, schedules
from lti_tool.domain.cadences import Answered, Cadence, Receiver, StepId
from lti_tool.domain.nudges import EnrolmentFacts


@dataclass(frozen=True)
class Letter:
    """A letter that may come. occurrence: of a look back on a meeting, which one."""

    step: StepId
    occurrence: int
    on: date


@dataclass(frozen=True)
class Preview:
    """All letters that may come, by day, and how many of them the two ends get.

    at_once: who does everything at once and uses it on the own day. silent: what somebody gets who answers
    nothing; letters of one day are one mail. shared: which step may bring which other in one letter.
    """

    letters: tuple[Letter, ...]
    at_once: int
    silent: tuple[Letter, ...]
    shared: frozenset[tuple[StepId, StepId]]


def preview(cadence: Cadence, training: EnrolmentFacts, *, now: datetime) -> Preview:
    """What is still to come of a training. training: the facts of somebody who did nothing yet."""
    silent = schedules.plan(cadence, training, now=now).planned
    planner = schedules.plan(cadence, _with_plan(training), now=now).planned
    done = {part: part not in ("post.harvest", "post.yield") for part in training.parts}
    at_once = schedules.plan(cadence, replace(_with_plan(training), parts=done), now=now).planned
    return Preview(
        letters=_union(_letters(planner), _letters(silent)),
        at_once=len({each.due_on for each in at_once if each.step is not StepId.CHECK_IN}),
        silent=_union(_letters(silent)),
        shared=frozenset((each.step, each.also) for each in (*planner, *silent) if each.also),
    )


def _with_plan(training: EnrolmentFacts) -> EnrolmentFacts:
    """Somebody who made a plan on the last day, for the day offered first, and answers now and then."""
    made_on = training.anchor_on
    own_on = retention.open_window(made_on, training.calendar).default_own_date(made_on)
    return replace(training, plan_made_on=made_on, own_on=own_on, answered_since_anchor=True)


def _letters(planned: Iterable[schedules.PlannedStep]) -> list[Letter]:
    """With those that share a letter, each for itself."""
    found = []
    for each in planned:
        found.append(Letter(each.step, each.occurrence, each.due_on))
        if each.also is not None:
            found.append(Letter(each.also, 1, each.due_on))
    return found


def _union(*people: list[Letter]) -> tuple[Letter, ...]:
    """Each letter once, on the day of the first who gets it."""
    found: dict[tuple[StepId, int], Letter] = {}
    for letters in people:
        for letter in letters:
            found.setdefault((letter.step, letter.occurrence), letter)
    return tuple(sorted(found.values(), key=lambda letter: letter.on))


def missing(cadence: Cadence, there: Container[str], letter: Letter) -> str | None:
    """The part that a letter needs and that no link of the training asks for yet."""
    step = cadence.find(letter.step)
    if step is None:
        return None
    part = step.not_when.part(letter.occurrence) if step.not_when else None
    if step.to is Receiver.LEARNER_WITH_PLAN:
        part = Answered.PLAN_MADE.part(letter.occurrence)
    return part if part is not None and part not in there else None
