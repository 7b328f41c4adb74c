"""What is still to come for one person."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from lti_tool.domain import budget, moments, nudges, places, retention
from lti_tool.domain.cadences import Cadence, FixedDay, Step, StepId
from lti_tool.domain.nudges import EnrolmentFacts, SkipReason
from lti_tool.domain.places import Place, Why
from lti_tool.domain.workdays import DAY


@dataclass(frozen=True)
class PlannedStep:
    """A letter to come.

    due_at: UTC.
    due_on, last_on: local days of the person; when it comes, and the last day on which it makes
        sense. Those of one person's steps do not overlap.
    rank: 1 goes before all others.
    reason: why this day.
    also: the step that shares the letter; its last words come after those of this one.
    """

    step: StepId
    occurrence: int
    due_at: datetime
    due_on: date
    last_on: date
    rank: int
    reason: Why
    also: StepId | None = None


@dataclass(frozen=True)
class LeftOut:
    """A step that is not planned, and why.

    PAST says only that its moment is over, which need not be so for a letter that stands planned: see
    `given_up`. on, last_on: of such a step, its day and the last one on which it makes sense.
    """

    step: StepId
    occurrence: int
    reason: SkipReason
    on: date | None = None
    last_on: date | None = None


@dataclass(frozen=True)
class Standing:
    """A letter that stands planned. due_at: UTC. was_moved: by a round, from the day of its plan."""

    due_at: datetime
    due_on: date
    was_moved: bool = False


Outcome = PlannedStep | LeftOut
# What the steps before leave no day for.
CROWDED = (SkipReason.NO_ROOM, SkipReason.WINDOW_CLOSED, SkipReason.NO_WORKING_DAY)


@dataclass(frozen=True)
class Schedule:
    """What comes, in order, and what does not."""

    planned: tuple[PlannedStep, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def names(self) -> frozenset[tuple[str, int]]:
        """Step and occurrence of all that it speaks of."""
        planned = {(str(each.step), each.occurrence) for each in self.planned}
        return frozenset(planned | {(str(each.step), each.occurrence) for each in self.left_out})


def plan(cadence: Cadence, facts: EnrolmentFacts, *, now: datetime) -> Schedule:
    """All that is still to come for one enrolment; nothing that is past or was sent.

    On T0 itself no letter goes: the plan is made in the room or the course, so the only letter of
    the step plan, its occurrence 1, is the one at W+1.
    now: the calendar clock.
    """
    window = retention.open_window(facts.anchor_on, facts.calendar)
    outcomes: list[Outcome] = []
    free_from = date.min
    for step, occurrence in _occurrences(cadence, facts):
        place = (
            nudges.reason_to_skip(step, occurrence, facts)
            or _overtaken(step, occurrence, cadence, facts)
            or places.find(step, occurrence, facts, window, free_from)
        )
        outcomes.append(_outcome(step, occurrence, place, facts, now))
        if place in CROWDED:
            _share_letter(step, outcomes, places.earliest(step, facts, window))
        free_from = max([free_from, *_days_after(step, place, facts)])
    outcomes = _without_overlap(outcomes)
    return Schedule(
        planned=tuple(each for each in outcomes if isinstance(each, PlannedStep)),
        left_out=tuple(each for each in outcomes if isinstance(each, LeftOut)),
    )


def given_up(left_out: LeftOut, letter: Standing, *, now: datetime) -> SkipReason | None:
    """Why a letter that stands planned does not come after all; None when it stays, until `left_out.last_on`.

    It stays when only its moment is over: as the machine was off, as it waits for room, or as its person
    chose an earlier hour on that very day. What it then still may do, `nudges.decide` says.
    now: the calendar clock.
    """
    if left_out.last_on is None:
        return left_out.reason
    if letter.due_at > now and not letter.was_moved and letter.due_on != left_out.on:
        return left_out.reason
    return None if letter.due_on <= left_out.last_on else SkipReason.NO_ROOM


def _occurrences(cadence: Cadence, facts: EnrolmentFacts) -> Iterator[tuple[Step, int]]:
    for step in cadence.steps:
        for occurrence in facts.occurrences_of(step):
            yield step, occurrence


def _overtaken(step: Step, occurrence: int, cadence: Cadence, facts: EnrolmentFacts) -> SkipReason | None:
    """Whether a step would come behind one that it should precede, as after dates, leave or a plan changed.

    Another own date has its cue whenever it is chosen. And a training that goes on may be prepared and looked
    back on again: what comes before, between and after its meetings each has an order of its own.
    """
    if step.on is FixedDay.OWN_DATE:
        return None
    behind = {each.id for each in cadence.steps[cadence.steps.index(step) + 1 :] if each.stage == step.stage}
    overtaken = any(
        name in behind or (name == step.id and number > occurrence) for name, number in facts.already_sent
    )
    return SkipReason.OVERTAKEN if overtaken else None


def _share_letter(step: Step, outcomes: list[Outcome], earliest: date | None) -> None:
    """Lets the last outcome, a step that found no day of its own, share the letter of the step it joins.

    The letter is the cue's, which asks a question; the other adds its line. It keeps the rank of
    whichever goes first.
    """
    number = next((n for id_ in step.joins for n in _planned(outcomes, id_)), None)
    partner = outcomes[number] if number is not None else None
    if (
        number is None
        or not isinstance(partner, PlannedStep)
        or earliest is None
        or partner.due_on < earliest
    ):
        return
    other = LeftOut(partner.step, partner.occurrence, SkipReason.MERGED)
    rank = min(partner.rank, budget.rank_of(step.id))
    if step.cue:
        outcomes[-1] = replace(partner, step=step.id, occurrence=1, also=partner.step, rank=rank)
        outcomes[number] = other
    else:
        outcomes[number] = replace(partner, also=step.id, rank=rank)
        outcomes[-1] = replace(other, step=step.id, occurrence=1)


def _planned(outcomes: Sequence[Outcome], step: StepId) -> Iterator[int]:
    for number, each in enumerate(outcomes):
        if each.step is step and isinstance(each, PlannedStep):
            yield number


def _outcome(
    step: Step, occurrence: int, place: Place | SkipReason, facts: EnrolmentFacts, now: datetime
) -> Outcome:
    if isinstance(place, SkipReason):
        return LeftOut(step.id, occurrence, place)
    due_at = moments.due_at(place.on, facts.mail_hour, facts.time_zone)
    if due_at < facts.joined_at:
        return LeftOut(step.id, occurrence, SkipReason.BEFORE_JOINING)
    if due_at < now:
        return LeftOut(step.id, occurrence, SkipReason.PAST, place.on, place.last_on)
    rank = budget.rank_of(step.id)
    return PlannedStep(step.id, occurrence, due_at, place.on, place.last_on, rank, place.why)


def _days_after(step: Step, place: Place | SkipReason, facts: EnrolmentFacts) -> Iterator[date]:
    """The day after this step, planned or sent: the first on which a later step may come."""
    if isinstance(place, Place):
        yield place.on + DAY
    for (sent, _), day in facts.already_sent.items():
        if sent == step.id:
            yield day + DAY


def _without_overlap(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The same steps, each making sense no longer than until the day before the next that comes."""
    fitted: list[Outcome] = []
    end = date.max
    for each in reversed(outcomes):
        fitted.append(replace(each, last_on=end) if each.last_on and each.last_on > end else each)
        end = each.due_on - DAY if isinstance(each, PlannedStep) else end
    return fitted[::-1]
