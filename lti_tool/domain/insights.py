"""Which figures of a part of an organisation may be published, so that nobody can be recognised (privacy 4).

The tree is fixed: groups in trainings, trainings in units, units in an organisation. Each group is counted in
one quarter only, so figures of two quarters have nobody in common, and there is nothing to subtract.

Of a group that was told of a figure already, that figure counts. All other groups are counted together: what
is published of a part less what is published below it is a number of people in these others. It holds 5 or
more, and 5 or more remain; and so does each number that follows from it, up to the whole organisation, since
all of them are sums of such numbers. Nobody and everybody are never published: either would tell what each of
a few did who make up a group together.

Some figures are part of another, as who used a plan is of who made one. Of these 5 or more are in the whole
alone.

What stands in the way is told in words only: before and after a training together make up what a card of the
group told, and of numbers the difference would be known. So is how many answered each letter that asks
something: not everybody gets it, and numbers would tell how many did not. How soon people used a plan is told
as the median of ten and more.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from statistics import median_low
from typing import Self, TypeVar
from uuid import UUID

from lti_tool.domain import figures
from lti_tool.domain.figures import FEWEST, IN_DIGITS_FROM, Question, Share, share_of

Asked = TypeVar("Asked")
Name = tuple[str, str]
"""What is counted: a question, and one of the answers to it."""
EVERYBODY: Name = ("people", "all")
MADE: Name = (Question.PLAN, figures.MADE)
USED: Name = (Question.PLAN, figures.USED)
ANSWERED: Name = ("mails", "answered")
STOPPED: Name = ("mails", "stopped")
NAMES: Mapping[Name, Name | None] = {EVERYBODY: None, MADE: None, USED: MADE, ANSWERED: None, STOPPED: None}
"""What is told in numbers, each with the figure that it is part of, which stands before it."""
FEWEST_FOR_A_MEDIAN = 10


class Level(StrEnum):
    """Of what a figure is told."""

    ORGANISATION = "organisation"
    UNIT = "unit"
    TRAINING = "training"


BranchId = tuple[Level, UUID | None, UUID | None]
"""Which part it is: of a unit its id, of a training that and of the unit that it is told of in."""


class When(StrEnum):
    """When people are asked what stands in their way."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


@dataclass(frozen=True)
class Count:
    """How many of how many. people: those asked."""

    count: int
    people: int


@dataclass(frozen=True)
class Group:
    """One group in memory. counts: as it is now; told: what was published of it before.

    in_the_way: how many named each obstacle, by when. letters: of those who got a letter, how many answered,
        by step. waited: of each who used a plan, after how many working days for the first time.
    """

    counts: Mapping[Name, Count]
    told: Mapping[Name, Count] = field(default_factory=dict)
    in_the_way: Mapping[tuple[When, str], Count] = field(default_factory=dict)
    letters: Mapping[str, Count] = field(default_factory=dict)
    waited: tuple[int, ...] = ()

    def of(self, name: Name) -> Count:
        """What counts of it for one figure; nobody, where nobody was asked."""
        return self.told.get(name) or self.counts.get(name, Count(0, 0))


@dataclass(frozen=True)
class Branch:
    """A training, a unit or an organisation. id: as it is published under, unique in the tree."""

    id: BranchId
    groups: tuple[Group, ...] = ()
    branches: tuple["Branch", ...] = ()

    def all_groups(self) -> Iterator[Group]:
        """Those of its branches too."""
        yield from self.groups
        for each in self.branches:
            yield from each.all_groups()


@dataclass(frozen=True)
class Figure:
    """One published figure of one part of the tree."""

    branch: BranchId
    name: Name
    count: int
    people: int


@dataclass(frozen=True)
class _Sum:
    """Of some groups together: how many people, how many of them are counted, and how many in the whole."""

    people: int = 0
    count: int = 0
    whole: int = 0

    def __add__(self, other: "_Sum") -> Self:
        return type(self)(self.people + other.people, self.count + other.count, self.whole + other.whole)


NOBODY = _Sum()


def publish(root: Branch) -> list[Figure]:
    """What may be published of a tree in one quarter, in numbers."""
    found: dict[tuple[BranchId, Name], Figure] = {}
    for name, whole in NAMES.items():
        _publish(root, name, whole, found)
    return list(found.values())


def in_the_way(branch: Branch) -> dict[tuple[When, str], Share]:
    """What stands in the way of how many in a branch, in words; what few or all named is left out."""
    return _in_words(group.in_the_way for group in branch.all_groups())


def letters(branch: Branch) -> dict[str, Share]:
    """How many in a branch answered each letter, in words; what few or all answered is left out."""
    return _in_words(group.letters for group in branch.all_groups())


def waited(branch: Branch) -> int | None:
    """After how many working days the people of a branch first used a plan, at the median; None for few."""
    days = [day for group in branch.all_groups() for day in group.waited]
    return median_low(days) if len(days) >= FEWEST_FOR_A_MEDIAN else None


def _in_words(counted: Iterable[Mapping[Asked, Count]]) -> dict[Asked, Share]:
    found: dict[Asked, list[Count]] = {}
    for counts in counted:
        for name, count in counts.items():
            found.setdefault(name, []).append(count)
    sums = {
        name: Count(sum(each.count for each in counts), sum(each.people for each in counts))
        for name, counts in found.items()
    }
    return {
        name: share_of(each.count, each.people)
        for name, each in sums.items()
        if each.people >= IN_DIGITS_FROM and min(each.count, each.people - each.count) >= FEWEST
    }


def _publish(
    branch: Branch, name: Name, whole: Name | None, found: dict[tuple[BranchId, Name], Figure]
) -> tuple[_Sum, _Sum]:
    """Everybody in a branch, and those of them in no figure that is published of it or below."""
    everybody, hidden = NOBODY, NOBODY
    for one, rest in _below(branch, name, whole, found):
        everybody, hidden = everybody + one, hidden + rest
    is_in_reach = whole is None or (branch.id, whole) in found
    if everybody.count and is_in_reach and _may_be_told(hidden, name, whole):
        found[branch.id, name] = Figure(branch.id, name, everybody.count, everybody.people)
        hidden = NOBODY
    return everybody, hidden


def _below(
    branch: Branch, name: Name, whole: Name | None, found: dict[tuple[BranchId, Name], Figure]
) -> Iterator[tuple[_Sum, _Sum]]:
    for group in branch.groups:
        of = group.of(name)
        counted = _Sum(of.people, of.count, group.of(whole).count if whole else 0)
        yield counted, NOBODY if name in group.told else counted
    for each in branch.branches:
        yield _publish(each, name, whole, found)


def _may_be_told(hidden: _Sum, name: Name, whole: Name | None) -> bool:
    """Whether the sum of those in no other figure may become known."""
    if hidden == NOBODY:
        return True
    numbers = [hidden.count]
    if name != EVERYBODY:
        numbers.append(hidden.people - hidden.count)
    if whole is not None:
        numbers.append(hidden.whole - hidden.count)
    return min(numbers) >= FEWEST
