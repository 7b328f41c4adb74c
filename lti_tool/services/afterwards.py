"""What a trainer reads of a group after the training: what was counted, and what may help."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from lti_tool.domain import actions, value_levels
from lti_tool.domain import figures as rules
from lti_tool.domain import harvests as telling
from lti_tool.domain.actions import Action, Factor, Who
from lti_tool.domain.figures import Cell, Question
from lti_tool.domain.harvests import Told
from lti_tool.domain.instruments import Item, Option
from lti_tool.domain.snapshots import Moment, Slot
from lti_tool.domain.value_levels import Level
from lti_tool.models.tracks import Cohort, Track
from lti_tool.services import answered, figures, harvests, snapshots
from lti_tool.services.catalogue import Catalogue

MOST_TO_DO = 2
"""For so many of the things that get in the way most it says what may help."""


@dataclass(frozen=True)
class Tip:
    """Something that may help, with who can do it."""

    factor: Factor
    action: Action


@dataclass(frozen=True)
class Answers:
    """A question with what is told of its answers: of each the options that it stands for.

    is_changed: whether it is asked in other words now, or not any more.
    """

    item: Item
    told: tuple[tuple[tuple[Option, ...], Told], ...]
    is_changed: bool = False


@dataclass(frozen=True)
class Afterwards:
    """All that is told of one group.

    taken, coming: when it was counted, and when it will be. withheld: what it is never counted for.
    plan: made, and used within the two weeks. in_the_way: what was named most first. by_level: the questions
    of each value level; none where people tell of it in words only. about: the other questions.
    """

    cohort: Cohort
    taken: Mapping[Moment, date]
    coming: Mapping[Moment, Slot]
    withheld: frozenset[Moment]
    plan: Mapping[str, Told]
    in_the_way: tuple[Told, ...]
    tips: tuple[Tip, ...]
    by_level: Mapping[Level, tuple[Answers, ...]]
    about: tuple[Answers, ...]

    @property
    def is_counted(self) -> bool:
        """Whether the group was counted for anything yet."""
        return bool(self.taken)


def read(session: Session, track: Track, cohort: Cohort, catalogue: Catalogue) -> Afterwards:
    """What is told of a group, as it was counted; in a fixed number of statements."""
    taken = snapshots.taken_of(session, [cohort.id])[cohort.id]
    cells = figures.newest(session, cohort.id)
    in_the_way = tuple(_named(cells))
    answers = _answers(session, track.id, cohort.id, catalogue)
    slots = snapshots.coming(session, track, cohort, taken)
    return Afterwards(
        cohort,
        {moment: day for (moment, _), day in taken.items() if day and moment is not Moment.MEETING},
        {slot.moment: slot for slot in slots if slot.moment is not Moment.MEETING},
        frozenset(moment for (moment, _), day in taken.items() if day is None),
        {cell.cell: told_of(cell) for cell in cells if cell.question is Question.PLAN},
        in_the_way,
        tips(catalogue, [told.cell for told in in_the_way[:MOST_TO_DO]]),
        {level: tuple(each for each in answers if level_of(each.item) is level) for level in Level},
        tuple(each for each in answers if each.item.value_level is None),
    )


@dataclass(frozen=True)
class AfterMeeting:
    """What is told of the look back on one meeting of a group, in words only.

    taken_on: when it was counted; None while it is not. due_on: when it will be, if it will.
    """

    number: int
    taken_on: date | None
    due_on: date | None
    answers: tuple[Answers, ...]


def after_meeting(
    session: Session, track: Track, cohort: Cohort, number: int, catalogue: Catalogue
) -> AfterMeeting:
    """What may open the next meeting: what a group said of one meeting, counted once."""
    taken = snapshots.taken_of(session, [cohort.id])[cohort.id]
    coming = snapshots.coming(session, track, cohort, taken)
    asked = harvests.questions(session, track.id, number, catalogue)
    items = harvests.as_told(session, cohort.id, number, asked, catalogue)
    told = harvests.told(session, [cohort.id], number)[cohort.id]
    slot = next((each for each in coming if (each.moment, each.number) == (Moment.MEETING, number)), None)
    taken_on = taken.get((Moment.MEETING, number))
    return AfterMeeting(number, taken_on, slot.due_on if slot else None, answers_of(items, told, asked.items))


def told_of(cell: Cell, place: int = 1) -> Told:
    """A figure as it is told: in words below twenty people."""
    numbers = (cell.count, cell.people) if rules.is_in_digits(cell) else ()
    return Told(cell.question, cell.cell, place, rules.share(cell), *numbers)


def tips(catalogue: Catalogue, obstacles: Sequence[str]) -> tuple[Tip, ...]:
    """One thing that each can do who can do something about what gets in the way."""
    menu = catalogue.actions
    fitting = (each for who in Who for each in actions.suggest(menu, obstacles, who, 1))
    return tuple(Tip(menu.factor_of(action), action) for action in fitting)


def answers_of(items: Collection[Item], told: Collection[Told], now: Collection[Item]) -> tuple[Answers, ...]:
    """Questions with what is told of each, also where that is nothing. now: as they are asked now."""
    asked = {item.id: answered.words_of(item) for item in now}
    return tuple(
        Answers(item, tuple(_with_options(item, told)), asked.get(item.id) != answered.words_of(item))
        for item in items
    )


def level_of(item: Item) -> Level | None:
    """The value level of a question."""
    return None if item.value_level is None else value_levels.of_number(item.value_level)


def _answers(session: Session, track_id: UUID, cohort_id: UUID, catalogue: Catalogue) -> tuple[Answers, ...]:
    asked = harvests.questions(session, track_id, 0, catalogue)
    items = harvests.as_told(session, cohort_id, 0, asked, catalogue)
    return answers_of(items, harvests.told(session, [cohort_id])[cohort_id], asked.items)


def _named(cells: Sequence[Cell]) -> Iterator[Told]:
    named = [cell for cell in cells if cell.question is Question.OBSTACLE]
    for place, cell in enumerate((c for c in named if c.cell not in figures.ABOUT_THE_READER), start=1):
        yield told_of(cell, place)


def _with_options(item: Item, told: Collection[Told]) -> Iterator[tuple[tuple[Option, ...], Told]]:
    asked = telling.asked(item)
    for each in told if asked else ():
        if asked is not None and each.item == item.id:
            yield tuple(o for o in item.options if asked.cells.get(o.id) == each.cell), each
