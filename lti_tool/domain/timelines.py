"""The way of one person through a training as a line in time: what was, what is now, what comes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from lti_tool.domain import openings
from lti_tool.domain.instruments import Part, Phase
from lti_tool.domain.paces import Pace


class Kind(StrEnum):
    """What a moment is; on one day they stand in this order."""

    MEETING = "meeting"
    ENDS = "ends"  # T0, where that is no meeting
    STARTS = "starts"  # without a training: from when people try it in their work
    OPENS = "opens"  # at one's own pace: since when somebody can begin
    FINISHED = "finished"  # at one's own pace: T0, as this person said
    LAST_DAY = "last_day"  # at one's own pace: by when people should have finished
    PART = "part"  # what the training asks
    PLAN = "plan"  # the day on which it was made
    OWN_DAY = "own_day"  # of the plan
    OWN_DATE = "own_date"  # another day that somebody chose
    CHECK_IN = "check_in"
    NOTE = "note"  # of the logbook, kept with the plan
    LETTER = "letter"
    WINDOW = "window"  # the last of the two weeks after the training


TOLD = (Kind.CHECK_IN, Kind.NOTE, Kind.PLAN, Kind.FINISHED)
"""What somebody said, and so was also when it is of today."""


class State(StrEnum):
    """How far somebody is with a part."""

    DONE = "done"
    BEGUN = "begun"
    OPEN = "open"
    LATER = "later"
    RESTS = "rests"  # its moment is over; it may still be done, and nobody asks for it


@dataclass(frozen=True)
class Asked:
    """A part that the training asks.

    number: of the meeting that it looks back on. link_id, item: where it is, and what the LMS calls that;
        None and empty while nobody opened it. step: to go on with, counted from 1.
    opens_on: None for what is always open. rests_on: from when nobody asks for it any more; None: never.
    done_on: when it was handed in. is_begun: something was saved since then.
    """

    phase: Phase
    part: Part
    number: int | None = None
    link_id: UUID | None = None
    item: str = ""
    step: int = 1
    opens_on: date | None = None
    rests_on: date | None = None
    is_begun: bool = False
    done_on: date | None = None

    @property
    def name(self) -> str:
        """The part as the planning knows it, such as "post.harvest"."""
        return f"{self.phase}.{self.part.key}"

    def state(self, today: date) -> State:
        """How far somebody is with it today."""
        if self.done_on is not None:
            return State.BEGUN if self.is_begun else State.DONE
        if self.rests_on is not None and today >= self.rests_on:
            return State.RESTS
        if self.is_begun:
            return State.BEGUN
        return State.OPEN if self.opens_on is None or self.opens_on <= today else State.LATER


@dataclass(frozen=True)
class Letter:
    """A letter to come. reason: why that day."""

    step: str
    occurrence: int
    on: date
    reason: str | None


@dataclass(frozen=True)
class Way:
    """What is known of one person in one training.

    meetings: its days. ends_on: T0. window_ends_on: the last of the two weeks after it.
    pace: of the training. has_finished: T0 is the day on which this person finished, as they said.
    own_dates: the item that asked for it, and the day. check_ins: the outcome, and the day.
    noted_on: the days of the notes that are kept with the plan.
    is_over: the plan was used or closed.
    """

    meetings: tuple[date, ...]
    ends_on: date
    window_ends_on: date
    asked: tuple[Asked, ...] = ()
    own_dates: tuple[tuple[str, date], ...] = ()
    letters: tuple[Letter, ...] = ()
    check_ins: tuple[tuple[str, date], ...] = ()
    noted_on: tuple[date, ...] = ()
    plan_made_on: date | None = None
    own_on: date | None = None
    is_over: bool = False
    pace: Pace = Pace.TOGETHER
    has_finished: bool = False


@dataclass(frozen=True)
class Moment:
    """Something on the line.

    on: its day; None for what can be done at any time. name: of an own date its item, of a letter its
        step, of a check-in its outcome.
    number: which meeting it is or looks back on, or which time a letter comes; None where there is one only.
    reason: why a letter comes that day, also one on the own day. asked, state: of a part.
    """

    kind: Kind
    on: date | None
    name: str = ""
    number: int | None = None
    reason: str | None = None
    asked: Asked | None = None
    state: State | None = None


class Ask(StrEnum):
    """What the one next step is."""

    PART = "part"  # go on with it, or begin
    PLAN = "plan"  # the answers are there, the sentence is not
    CHECK_IN = "check_in"  # the own day is there, or was
    AT_WORK = "at_work"  # use the plan
    LATER = "later"  # nothing before that day
    NOTHING = "nothing"


@dataclass(frozen=True)
class NextStep:
    """The one next step. moment: the part to do, or what comes first."""

    ask: Ask
    moment: Moment | None = None

    @property
    def is_asked(self) -> bool:
        """Whether there is something to do now."""
        return self.ask not in (Ask.LATER, Ask.NOTHING)


@dataclass(frozen=True)
class Timeline:
    """The moments of one training in order."""

    was: tuple[Moment, ...]
    now: tuple[Moment, ...]
    comes: tuple[Moment, ...]
    next_step: NextStep


def draw(way: Way, today: date) -> Timeline:
    """The line as it stands today: the local day of its person."""
    placed = sorted(_moments(way, today), key=lambda each: (each[0], list(Kind).index(each[1].kind)))
    was = tuple(moment for on, moment in placed if _is_over(moment, on, today))
    now = tuple(moment for on, moment in placed if _is_now(moment, on, today))
    comes = tuple(moment for _, moment in placed if moment not in was and moment not in now)
    return Timeline(was, now, comes, _next_step(way, now, comes, today))


def _is_over(moment: Moment, on: date, today: date) -> bool:
    if moment.state is not None:
        return moment.state in (State.DONE, State.RESTS)
    return on < today or (on == today and moment.kind in TOLD)


def _is_now(moment: Moment, on: date, today: date) -> bool:
    if moment.state is not None:
        return moment.state in (State.OPEN, State.BEGUN)
    return on == today and not _is_over(moment, on, today)


def _moments(way: Way, today: date) -> Iterator[tuple[date, Moment]]:
    """Each with the day that it stands at."""
    for asked in way.asked:
        if found := _of_part(asked, today):
            yield found
    dated = [*_of_training(way), *_of_plan(way), *_of_letters(way)]
    yield from ((moment.on, moment) for moment in dated if moment.on is not None)


def _of_part(asked: Asked, today: date) -> tuple[date, Moment] | None:
    """What is only offered has no place until somebody begins it."""
    state = asked.state(today)
    if asked.name not in openings.ASKED and state not in (State.DONE, State.BEGUN):
        return None
    days = {State.DONE: asked.done_on, State.LATER: asked.opens_on}
    stands_at = {**days, State.RESTS: asked.rests_on}.get(state) or asked.opens_on or date.min
    return stands_at, Moment(Kind.PART, days.get(state), asked.name, asked.number, asked=asked, state=state)


def _of_training(way: Way) -> Iterator[Moment]:
    if way.pace is Pace.OWN:
        yield from _of_own_pace(way)
        return
    if way.pace is Pace.AT_WORK:
        yield Moment(Kind.STARTS, way.ends_on)
        yield Moment(Kind.WINDOW, way.window_ends_on, way.pace)
        return
    is_one = len(way.meetings) == 1
    for number, day in enumerate(way.meetings, start=1):
        yield Moment(Kind.MEETING, day, number=None if is_one else number)
    if way.ends_on not in way.meetings:
        yield Moment(Kind.ENDS, way.ends_on)
    yield Moment(Kind.WINDOW, way.window_ends_on)


def _of_own_pace(way: Way) -> Iterator[Moment]:
    """Whose two weeks begin when they say so has none before."""
    yield Moment(Kind.OPENS, way.meetings[0])
    yield Moment(Kind.FINISHED if way.has_finished else Kind.LAST_DAY, way.ends_on)
    if way.has_finished:
        yield Moment(Kind.WINDOW, way.window_ends_on)


def _of_plan(way: Way) -> Iterator[Moment]:
    if way.plan_made_on is not None:
        yield Moment(Kind.PLAN, way.plan_made_on)
    if way.own_on is not None:
        cue = _cue(way)
        yield Moment(Kind.OWN_DAY, way.own_on, reason=cue.reason if cue else None)
    for item, day in way.own_dates:
        yield Moment(Kind.OWN_DATE, day, item)
    for outcome, day in way.check_ins:
        yield Moment(Kind.CHECK_IN, day, outcome)
    for day in dict.fromkeys(way.noted_on):
        yield Moment(Kind.NOTE, day)


def _of_letters(way: Way) -> Iterator[Moment]:
    """All but the one that comes on the own day, which stands there."""
    for letter in way.letters:
        if letter != _cue(way):
            yield Moment(Kind.LETTER, letter.on, letter.step, letter.occurrence, letter.reason)


def _cue(way: Way) -> Letter | None:
    cues = (each for each in way.letters if each.step == "own_date" and each.on == way.own_on)
    return next(cues, None)


def _next_step(way: Way, now: Iterable[Moment], comes: Iterable[Moment], today: date) -> NextStep:
    parts = [moment for moment in now if moment.kind is Kind.PART]
    begun = next((moment for moment in parts if moment.state is State.BEGUN), None)
    if begun is not None:
        return NextStep(Ask.PART, begun)
    if _waits_for_word(way, today):
        return NextStep(Ask.CHECK_IN)
    if parts:
        return NextStep(Ask.PART, parts[0])
    if way.plan_made_on is not None and not way.is_over and today <= way.window_ends_on:
        return NextStep(Ask.AT_WORK)
    if way.plan_made_on is None and (open_plan := _open_plan(way, today)):
        return NextStep(Ask.PLAN, open_plan)
    later = next((moment for moment in comes if moment.kind not in (Kind.LETTER, Kind.WINDOW)), None)
    return NextStep(Ask.LATER, later) if later is not None else NextStep(Ask.NOTHING)


def _waits_for_word(way: Way, today: date) -> bool:
    """Whether the own day is there, or was in the two weeks, and nothing was said since."""
    if way.plan_made_on is None or way.own_on is None or way.is_over or today > way.window_ends_on:
        return False
    return way.own_on <= today and all(on < way.own_on for _, on in way.check_ins)


def _open_plan(way: Way, today: date) -> Moment | None:
    """Where a plan is still to be written, by who handed its questions in without one."""
    for asked in way.asked:
        is_asked = asked.rests_on is None or today < asked.rests_on
        if asked.name == "post.plan" and asked.done_on is not None and is_asked:
            return Moment(Kind.PART, None, asked.name, asked=asked, state=State.DONE)
    return None
