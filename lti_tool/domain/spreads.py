"""How the answers of a group to a scale are spread, as far as that may be shown (privacy 4 and 5).

Each question puts everybody into one of four cells: little, in between, much, does not apply. What is shown
of a question are some of its cells; all that is not shown is one rest. Each of these holds nobody or five
people and more, and so does what each gained since the snapshot before, so that no subtraction finds fewer.
A cell of nobody is never shown: then the rest may be nobody as well. Nor is "does not apply", where those are
who left it open: the rest may be all of these, so no cell that is missing is known to be one to four people.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from lti_tool.domain.figures import FEWEST, IN_DIGITS_FROM, Share, share_of
from lti_tool.domain.instruments import Item


class Cell(StrEnum):
    """What an answer to a scale is counted as."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"
    NOT_APPLICABLE = "not_applicable"


BY_PLACE = (Cell.LOW, Cell.LOW, Cell.MIDDLE, Cell.HIGH, Cell.HIGH, Cell.NOT_APPLICABLE)
Counts = Mapping[Cell, int]


@dataclass(frozen=True)
class Spread:
    """What may be shown of one question. counts: of the cells that are shown; people: of how many."""

    counts: Counts
    people: int

    @property
    def rest(self) -> int:
        """Those in the cells that are not shown."""
        return self.people - sum(self.counts.values())

    @property
    def is_in_digits(self) -> bool:
        """Whether the group is large enough for figures; below that it is told in words."""
        return self.people >= IN_DIGITS_FROM

    def share(self, count: int) -> Share:
        """How many of the group that is, in words."""
        return share_of(count, self.people)


def cell_of(item: Item, choice: str | None) -> Cell:
    """Where an answer to a scale belongs; what was left open goes with what does not apply.

    Raises KeyError for what is no answer to it.
    """
    if choice is None:
        return Cell.NOT_APPLICABLE
    return dict(zip((option.id for option in item.options), BY_PLACE, strict=True))[choice]


def count(ballots: Iterable[Mapping[str, Cell]]) -> Mapping[tuple[str, Cell], int]:
    """How many gave each answer, by question. ballots: the answers of one person each."""
    return Counter((item, cell) for ballot in ballots for item, cell in ballot.items())


def publishable(now: Counts, before: Spread | None) -> Spread | None:
    """What may be shown of one question; None when nothing may, or nothing anew.

    now: everybody who was counted, by cell. before: what its last snapshot showed.
    """
    people = sum(now.values())
    shown = {cell: now[cell] for cell in before.counts} if before else {}
    if before is not None and not _may_replace(before, Spread(shown, people)):
        return None
    may_be_shown = set(now) - set(shown) - {Cell.NOT_APPLICABLE}
    for cell in sorted(may_be_shown, key=lambda each: (-now[each], each)):
        more = Spread({**shown, cell: now[cell]}, people)
        if now[cell] >= FEWEST and _is_nobody_or_many(more.rest):
            shown = dict(more.counts)
    return Spread(shown, people) if shown else None


def _may_replace(before: Spread, after: Spread) -> bool:
    gains = [after.counts[cell] - counted for cell, counted in before.counts.items()]
    gains.append(after.rest - before.rest)
    return any(gains) and all(map(_is_nobody_or_many, gains))


def _is_nobody_or_many(people: int) -> bool:
    return people == 0 or people >= FEWEST
