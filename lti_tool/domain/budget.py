"""How many letters a mailbox gets, over all trainings and organisations, and which of them go first."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

# The cadence's order, the first goes first. It holds for every organisation, so it is no part of a
# cadence file; and rows keep their rank, so words of steps that come later have their place already.
RANKS = (
    "own_date",
    "harvest",
    "check_in",
    "plan",
    "rehearse",
    "prepare",
    "between",
    "yield",
    "last_call",
    "prepare_again",
    "recall",
)
SLOTS = (1, 2)
LAST_SLOT = 3
WITH_LAST_SLOT = ("harvest", "last_call")


@dataclass(frozen=True)
class Coming:
    """A letter that stands planned for the same mailbox: by rank and day only, whoever it is from."""

    rank: int
    on: date


def rank_of(step: str) -> int:
    """1 for the step that goes before all others; raises ValueError for a word that is no step."""
    return RANKS.index(step) + 1


def iso_week(day: date) -> str:
    """The ISO 8601 week of a day, like "2026-W53"."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def slots_of(rank: int) -> tuple[int, ...]:
    """The slots of a week that a step of this rank may take: the third is for harvest and last_call."""
    return (*SLOTS, LAST_SLOT) if RANKS[rank - 1] in WITH_LAST_SLOT else SLOTS


def slot_for(rank: int, on: date, planned: Iterable[Coming], taken: Collection[int]) -> int | None:
    """The slot that a step may take today; None when it gives way, or when the week is full.

    It gives way to a letter of higher rank on the same day, as there is one a day, and when letters
    of higher rank later in the same ISO week would find a slot without it and none with it. A letter
    that finds no slot either way is no reason to wait. It takes the lowest slot it can: the third is
    the last resort.

    planned: letters that stand planned for the mailbox. Those of another week, of an earlier day and
        of no higher rank do not count.
    taken: slots already taken in this week.
    """
    higher = [each for each in planned if each.rank < rank and iso_week(each.on) == iso_week(on)]
    if any(_free(each.rank, taken) for each in higher if each.on == on):
        return None
    later = [each.rank for each in higher if each.on > on]
    served = _served(later, taken)
    harmless = (slot for slot in _free(rank, taken) if _served(later, {*taken, slot}) == served)
    return next(harmless, None)


def _free(rank: int, taken: Collection[int]) -> list[int]:
    return [slot for slot in slots_of(rank) if slot not in taken]


def _served(ranks: Iterable[int], taken: Collection[int]) -> int:
    """How many letters of these ranks the free slots of a week can serve at most."""
    closing = [LAST_SLOT in slots_of(rank) for rank in ranks]
    common = sum(slot not in taken for slot in SLOTS)
    others = min(closing.count(False), common)
    return others + min(closing.count(True), common - others + (LAST_SLOT not in taken))
