"""The five levels of value that something learned may have: where a story is about, never a score."""

from enum import StrEnum


class Level(StrEnum):
    """In the order of the guide (G 3.4), which is no rank: each may be all that an event set out for."""

    IMMEDIATE = "immediate"  # how it was
    POTENTIAL = "potential"  # what it may bring
    APPLIED = "applied"  # what one does differently
    REALISED = "realised"  # what others notice
    REFRAMING = "reframing"  # how one sees it now


def of_number(number: int) -> Level:
    """The level by its number in the instruments, 1 to 5; raises IndexError."""
    return tuple(Level)[number - 1]
