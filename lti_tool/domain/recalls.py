"""Questions about the content of a training: which letter brings which."""

from collections.abc import Collection, Sequence
from typing import TypeVar

Q = TypeVar("Q")

# As many as a trainer can write for one training.
MOST = 4


def deal(questions: Sequence[Q], brought: Collection[Q], letters: int) -> tuple[Q, ...]:
    """The questions of one letter: the next ones in order, and never one that the person had before.

    The first stands in the letter; the others, where there are more questions than letters, on the page
    behind it.

    questions: all of the training. letters: how many letters of its cadence bring any.
    """
    return tuple(each for each in questions if each not in brought)[: _share(len(questions), letters)]


def opening(step: str, letters: Sequence[str], questions: int) -> int | None:
    """Which question stands in a letter of somebody who got all those before it, counted from 0; None: none.

    letters: the steps of the cadence that bring any, in order.
    """
    if step not in letters:
        return None
    number = letters.index(step) * _share(questions, len(letters))
    return number if number < questions else None


def _share(questions: int, letters: int) -> int:
    """How many questions a letter brings at most."""
    return -(-questions // letters)
