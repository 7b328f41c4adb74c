"""A calendar of weeks: what happens on which day, for a page that shows it week by week."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from lti_tool.domain.workdays import DAY, SATURDAY, Period

WEEK = timedelta(days=7)


class EntryKind(StrEnum):
    """What an entry is."""

    MEETING = "meeting"
    LETTER = "letter"
    LATER = "later"  # a letter that comes as soon as the course has a link for it
    OTHERS = "others"  # a letter to somebody in the organisation


@dataclass(frozen=True)
class Entry:
    """Something on a day. name: the step of a letter. number: which meeting it is, or is about; 0: none."""

    kind: EntryKind
    on: date
    name: str = ""
    number: int = 1


@dataclass(frozen=True)
class Day:
    """One day of a week. is_in_window: of the two weeks after the training."""

    on: date
    entries: tuple[Entry, ...]
    is_in_window: bool


@dataclass(frozen=True)
class Week:
    """A week, from Monday. skipped: how many weeks before it hold nothing and are left out."""

    number: int
    days: tuple[Day, ...]
    skipped: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing happens in it."""
        return not any(day.entries for day in self.days)


def of(entries: Iterable[Entry], window: Period) -> tuple[Week, ...]:
    """The weeks that hold something, and all of the window. Saturday and Sunday only where they are used."""
    found = sorted(entries, key=lambda entry: entry.on)
    mondays = {_monday(entry.on) for entry in found} | _mondays(window)
    length = 7 if any(entry.on.weekday() >= SATURDAY for entry in found) else SATURDAY
    shown = sorted(mondays)
    each_before = [shown[0] - WEEK, *shown] if shown else []
    return tuple(
        _week(monday, length, found, window, (monday - before) // WEEK - 1)
        for before, monday in pairwise(each_before)
    )


def _week(monday: date, length: int, entries: list[Entry], window: Period, skipped: int) -> Week:
    days = (monday + number * DAY for number in range(length))
    return Week(
        monday.isocalendar().week,
        tuple(Day(day, tuple(each for each in entries if each.on == day), day in window) for day in days),
        skipped,
    )


def _monday(day: date) -> date:
    return day - day.weekday() * DAY


def _mondays(window: Period) -> set[date]:
    """Of each week with a working day in the window."""
    days = [window.first_on + number * DAY for number in range((window.last_on - window.first_on).days + 1)]
    return {_monday(day) for day in days if day.weekday() < SATURDAY}
