"""A short stretch of the lines of several trainings together: what is nearest to today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from lti_tool.domain.timelines import Moment, Timeline

MOST = 4
"""How many moments of what was and of what comes stand open at once."""

Whose = TypeVar("Whose")


@dataclass(frozen=True)
class Stretch(Generic[Whose]):
    """A short stretch of several lines together, each moment with whose it is."""

    was: tuple[tuple[Whose, Moment], ...]
    now: tuple[tuple[Whose, Moment], ...]
    comes: tuple[tuple[Whose, Moment], ...]


def together(lines: Iterable[tuple[Whose, Timeline]], most: int = MOST) -> Stretch[Whose]:
    """What is nearest to today in several lines: the last that was, all that is now, the first that comes."""
    own = list(lines)
    was = [(whose, each) for whose, line in own for each in line.was if each.on is not None]
    now = [(whose, each) for whose, line in own for each in line.now]
    comes = [(whose, each) for whose, line in own for each in line.comes]
    return Stretch(
        tuple(sorted(was, key=_by_day)[-most:]), tuple(now), tuple(sorted(comes, key=_by_day)[:most])
    )


def _by_day(placed: tuple[Whose, Moment]) -> date:
    return placed[1].on or date.min
