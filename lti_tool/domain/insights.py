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
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Self

from lti_tool.domain.figures import FEWEST

Name = tuple[str, str]
"""What is counted: a question, and one of the answers to it."""
EVERYBODY: Name = ("people", "all")


@dataclass(frozen=True)
class Count:
    """How many of how many. people: those asked."""

    count: int
    people: int


@dataclass(frozen=True)
class Group:
    """One group in memory. counts: of everybody in it; told: what was published of it before."""

    people: int
    counts: Mapping[Name, int]
    told: Mapping[Name, Count] = field(default_factory=dict)

    def of(self, name: Name) -> Count:
        """What counts of it for one figure."""
        return self.told.get(name) or Count(self.counts.get(name, 0), self.people)


@dataclass(frozen=True)
class Branch:
    """A training, a unit or an organisation. id: as it is published under."""

    id: str
    groups: tuple[Group, ...] = ()
    branches: tuple["Branch", ...] = ()


@dataclass(frozen=True)
class Figure:
    """One published figure of one part of the tree."""

    branch: str
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


def publish(root: Branch, names: Mapping[Name, Name | None]) -> list[Figure]:
    """What may be published of a tree in one quarter.

    names: the figures, each with the one that it is part of, which stands before it; None for most.
    """
    found: dict[tuple[str, Name], Figure] = {}
    for name, whole in names.items():
        _publish(root, name, whole, found)
    return list(found.values())


def _publish(
    branch: Branch, name: Name, whole: Name | None, found: dict[tuple[str, Name], Figure]
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
    branch: Branch, name: Name, whole: Name | None, found: dict[tuple[str, Name], Figure]
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
