"""What Hypothesis draws at once and a test spends bit by bit.

A calendar takes a hundred small choices. Drawn one by one they take ten times as long as all that is then
done with them; as bytes they are one draw. Nothing but zeros is the simplest case, so that what Hypothesis
shrinks a failure to can be read.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import TypeVar

from hypothesis import strategies as st

T = TypeVar("T")
SIZE = 96


class Luck:
    """Choices to come; where they run out, the simplest."""

    def __init__(self, drawn: bytes) -> None:
        self._left: Iterator[int] = iter(drawn)

    def one_of(self, *options: T) -> T:
        """One of at most 256, the first being the simplest."""
        return options[next(self._left, 0) % len(options)]

    def number(self, low: int, high: int) -> int:
        """From low to high, both included; the number nearest to nought is the simplest."""
        count = high - low + 1
        start = min(max(low, 0), high)
        return low + (start - low + next(self._left, 0)) % count

    def day(self, around: date, first: int, last: int) -> date:
        """So many days from a day."""
        return around + timedelta(days=self.number(first, last))

    def some(self, most: int, make: Callable[[], T]) -> tuple[T, ...]:
        """So many at most of what `make` makes."""
        return tuple(make() for _ in range(self.number(0, most)))

    def subset(self, options: tuple[T, ...], of_each: int = 2) -> frozenset[T]:
        """Each with one chance out of so many."""
        return frozenset(each for each in options if self.number(0, of_each - 1) == of_each - 1)


def drawn(make: Callable[[Luck], T]) -> st.SearchStrategy[T]:
    """What `make` makes of its luck."""
    return st.binary(min_size=SIZE, max_size=SIZE).map(lambda found: make(Luck(found)))
