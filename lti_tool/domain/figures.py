"""Which figures about a group may be published, so that nobody can be recognised in them.

The rules (privacy 4), read strictly:

- A cell is published when it counts 5 people or more, and so many remain or none. A cell of nobody
  is never published: then what is missing may be nobody as well.
- Two different figures of one group, in one snapshot or in two, are at least 5 apart: whoever
  subtracts one from another finds nobody, or five people.
- Answers that stand in the way are published in the order of how often they were named, up to the
  first that may not be: so the first one is what was named most. Made a plan and used it are a
  chain: without the first no word about the second.
- A new snapshot appears only if every figure published before is the same or 5 apart now. What is
  withheld looks like what has not changed.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

FEWEST = 5
IN_DIGITS_FROM = 20


class Question(StrEnum):
    """What is counted."""

    PEOPLE = "people"
    PLAN = "plan"
    OBSTACLE = "obstacle"


ALL, MADE, USED = "all", "made", "used"


@dataclass(frozen=True)
class Participant:
    """What counts of one person, in memory only. used: for the first time, inside the window."""

    has_plan: bool
    has_used_it: bool
    obstacles: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Cell:
    """How many of how many gave one answer to one question."""

    question: Question
    cell: str
    count: int
    people: int

    @property
    def name(self) -> tuple[Question, str]:
        """Question and answer."""
        return self.question, self.cell


class Share(StrEnum):
    """How many of a group, in words."""

    MOST = "most"
    HALF = "half"
    FEW = "few"


def count(people: Iterable[Participant], obstacles: Sequence[str]) -> tuple[Cell, ...]:
    """All cells of a group, publishable or not; each person counts once in each.

    obstacles: those that are counted, in the order of their list.
    """
    everybody = list(people)
    named = Counter(obstacle for each in everybody for obstacle in each.obstacles)
    number = len(everybody)
    made = sum(each.has_plan for each in everybody)
    used = sum(each.has_plan and each.has_used_it for each in everybody)
    return (
        Cell(Question.PEOPLE, ALL, number, number),
        *(Cell(Question.OBSTACLE, obstacle, named[obstacle], number) for obstacle in obstacles),
        Cell(Question.PLAN, MADE, made, number),
        Cell(Question.PLAN, USED, used, number),
    )


def publishable(cells: Sequence[Cell], before: Collection[Cell] = ()) -> tuple[Cell, ...]:
    """The cells that may be shown; none when the group is too small, or hardly changed.

    before: what was published of this group until now.
    """
    now = {cell.name: cell.count for cell in cells}
    if any(not _apart(now.get(cell.name, 0), cell.count) for cell in before):
        return ()
    shown = {cell.count for cell in before}
    everybody = [cell for cell in cells if cell.question is Question.PEOPLE]
    in_the_way = sorted(_of(cells, Question.OBSTACLE), key=lambda cell: -cell.count)
    published = _taken(everybody, shown)
    if not published:
        return ()
    return (*published, *_taken(in_the_way, shown), *_taken(_of(cells, Question.PLAN), shown))


def share(cell: Cell) -> Share:
    """How many of the group a cell counts, in words."""
    return share_of(cell.count, cell.people)


def share_of(count: int, people: int) -> Share:
    """How many of a number of people, in words."""
    if 3 * count >= 2 * people:
        return Share.MOST
    return Share.HALF if 5 * count >= 2 * people else Share.FEW


def is_in_digits(cell: Cell) -> bool:
    """Whether the group is large enough for a figure; below that a card speaks in words."""
    return cell.people >= IN_DIGITS_FROM


def counted(pointers: Mapping[str, Sequence[str]], never: Collection[str]) -> tuple[str, ...]:
    """The obstacles to count: those about which something can be done, without those about the reader."""
    return tuple(obstacle for obstacle, factors in pointers.items() if factors and obstacle not in never)


def _of(cells: Iterable[Cell], question: Question) -> list[Cell]:
    return [cell for cell in cells if cell.question is question]


def _taken(cells: Iterable[Cell], shown: set[int]) -> list[Cell]:
    """The cells up to the first that may not be shown; adds their figures to those shown."""
    taken = []
    for cell in cells:
        if not _is_large(cell) or any(not _apart(cell.count, other) for other in shown):
            break
        taken.append(cell)
        shown.add(cell.count)
    return taken


def _is_large(cell: Cell) -> bool:
    return cell.count >= FEWEST and _apart(cell.count, cell.people)


def _apart(one: int, other: int) -> bool:
    return one == other or abs(one - other) >= FEWEST
