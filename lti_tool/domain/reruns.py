"""The days of a training that is held again: the same distances, from another first day."""

from collections.abc import Sequence
from datetime import date, timedelta

WEEK = 7


def again(days: Sequence[date], first_on: date) -> tuple[date, ...]:
    """The days, in order, as far from each other as they were. first_on: the first of the new ones."""
    ahead = first_on - days[0]
    return tuple(day + ahead for day in days)


def alike(day: date, not_before: date) -> date:
    """The first day of the same name from `not_before` on: who met on Tuesdays meets on Tuesdays."""
    return not_before + timedelta(days=(day.weekday() - not_before.weekday()) % WEEK)
