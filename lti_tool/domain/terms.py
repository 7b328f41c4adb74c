"""How long each kind of data is kept: what an organisation may choose, and what holds while it chose nothing.

A term counts from the last day on which something was of use or changed, and is a number of days.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Matter(StrEnum):
    """What has a term of its own."""

    TRAINING = "training"  # what people wrote and got in a training, from its last day or their last change
    LOGBOOK = "logbook"  # notes, from when they were written or changed last
    ENTRIES = "entries"  # what was taken up at will
    DRAFTS = "drafts"  # texts that are not among the answers yet
    AWAY = "away"  # periods of leave, from their last day
    READINGS = "readings"  # who read what, from the last day
    PEOPLE = "people"  # name, address and the rest of whom nothing else is kept, since they were last seen


@dataclass(frozen=True)
class Bounds:
    """In days: what holds by itself, and between what it may be chosen."""

    usual: int
    least: int
    most: int


TEN_YEARS = 3650
WHILE_COUNTED = 200
"""A quarter is counted up to 45 days after it, from what people wrote: until then nothing of that may go."""

BOUNDS: Mapping[Matter, Bounds] = {
    Matter.TRAINING: Bounds(730, WHILE_COUNTED, TEN_YEARS),
    Matter.LOGBOOK: Bounds(1095, 90, TEN_YEARS),
    Matter.ENTRIES: Bounds(1095, 90, TEN_YEARS),
    Matter.DRAFTS: Bounds(90, 7, 365),
    Matter.AWAY: Bounds(365, WHILE_COUNTED, TEN_YEARS),
    Matter.READINGS: Bounds(365, 30, TEN_YEARS),
    Matter.PEOPLE: Bounds(365, 90, TEN_YEARS),
}
DAYS_OF = {"d": 1, "w": 7, "m": 30, "y": 365}
TIME = re.compile(r"([1-9][0-9]{0,4})([dwmy]?)")


@dataclass(frozen=True)
class Terms:
    """How long an organisation keeps what. chosen: in days; the usual holds for what is not among them."""

    chosen: Mapping[Matter, int]

    def days(self, matter: Matter) -> int:
        """In days."""
        return self.chosen.get(matter, BOUNDS[matter].usual)

    def length(self, matter: Matter) -> timedelta:
        """The same as a length of time."""
        return timedelta(days=self.days(matter))


def parse(text: str) -> int | None:
    """Days, from "90", "90d", "12w", "6m" (of 30 days) or "2y" (of 365 days); None for anything else."""
    found = TIME.fullmatch(text)
    return int(found[1]) * DAYS_OF[found[2] or "d"] if found else None


def fits(matter: Matter, days: int) -> bool:
    """Whether something may be kept so long."""
    return BOUNDS[matter].least <= days <= BOUNDS[matter].most
