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
    "recall",  # a question inside another letter: it takes no place of its own
)
SLOTS = (1, 2)
LAST_SLOT = 3
WITH_LAST_SLOT = ("harvest", "last_call")
# Contacts and leaders get one card a week, beside whatever they get as learners.
CARD_SLOT = 4
# Whoever is asked to be a buddy by many is still left in peace: so many questions in all. Invitations are
# service letters.
BUDDY_LETTERS = 2
# Confirmations of an address, which stand outside the budget: so many an address and a day.
SERVICE_LETTERS = 3


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
    """The slots of a week that a step of this rank may take, in the order to try them.

    The third is for harvest and last_call only. They try it first, so that they never take from the
    others what the others could not take from them: three letters a week need one of these two.
    """
    return (LAST_SLOT, *SLOTS) if RANKS[rank - 1] in WITH_LAST_SLOT else SLOTS


def free_slot(rank: int, taken: Collection[int]) -> int | None:
    """The slot that a step of this rank may take in a week; None when there is none left."""
    return next((slot for slot in slots_of(rank) if slot not in taken), None)


def gives_way(rank: int, on: date, planned: Iterable[Coming], taken: Collection[int]) -> bool:
    """Whether a step leaves its place on this day to letters of higher rank in the same ISO week.

    It does when such a letter stands planned for the same day, as there is one a day, and when one
    that stands planned for a later day would find a slot without it and none with it. A letter that
    finds no slot either way is no reason to wait.

    planned: letters that stand planned for the mailbox. Those of another week, of an earlier day and
        of no higher rank do not count.
    taken: slots already taken in this week.
    """
    slot = free_slot(rank, taken)
    if slot is None:
        return False
    higher = [each for each in planned if each.rank < rank and iso_week(each.on) == iso_week(on)]
    if any(each.on == on and free_slot(each.rank, taken) for each in higher):
        return True
    later = [each.rank for each in higher if each.on > on]
    return _served(later, {*taken, slot}) < _served(later, taken)


def _served(ranks: Iterable[int], taken: Collection[int]) -> int:
    """How many letters of these ranks the free slots of a week can serve at most."""
    closing = [LAST_SLOT in slots_of(rank) for rank in ranks]
    common = sum(slot not in taken for slot in SLOTS)
    others = min(closing.count(False), common)
    return others + min(closing.count(True), common - others + (LAST_SLOT not in taken))
