"""Working days of the journeys, counted apart from the tool, so that it is not asked what to expect."""

import math
from collections.abc import Iterable, Iterator
from datetime import date

import holidays

from tests.journeys.story import DAY

WINDOW = 14


def days_off(day: date) -> set[date]:
    """Public holidays around a day; Good Friday and 5 May are chosen by nobody here."""
    calendar = holidays.country_holidays("NL", years=range(day.year, day.year + 2), language="nl")
    return {off for off in calendar if calendar.get(off).lower() not in ("goede vrijdag", "bevrijdingsdag")}


def allowed(end: date, without: Iterable[date] = (), free: Iterable[int] = ()) -> list[date]:
    """Days of the retention window on which somebody may get mail. free: weekdays, 0 is Monday."""
    none = days_off(end) | set(without)
    window = (end + number * DAY for number in range(1, WINDOW + 1))
    return [day for day in window if day.weekday() < 5 and day not in none and day.weekday() not in set(free)]


def working_day(end: date, number: int, without: Iterable[date] = (), free: Iterable[int] = ()) -> date:
    """W+n of somebody, after a training that ended on a day."""
    days = allowed(end, without, free)
    return days[math.ceil(number * len(days) / 10) - 1]


def from_(day: date) -> date:
    """The day itself, or the first working day from then on."""
    off = days_off(day)
    while day.weekday() > 4 or day in off:
        day += DAY
    return day


def before(day: date, number: int, free: Iterable[int] = ()) -> date:
    """P-n of somebody: working days back from a first meeting."""
    off = days_off(day - 60 * DAY)
    for _ in range(number):
        day -= DAY
        while day.weekday() > 4 or day.weekday() in set(free) or day in off:
            day -= DAY
    return day


def after(day: date, number: int) -> date:
    """Working days on from a day."""
    for _ in range(number):
        day = from_(day + DAY)
    return day


def thursdays(after_day: date) -> Iterator[date]:
    """Thursdays that are no holiday, from the second day after a day on."""
    day = after_day + 2 * DAY
    while True:
        if day.weekday() == 3 and day not in days_off(day):
            yield day
        day += DAY


def full_weeks(after_day: date) -> date:
    """A Thursday with two weeks behind it in which nobody has a holiday."""
    return next(day for day in thursdays(after_day) if len(allowed(day)) == 10)


def broken_weeks(after_day: date) -> tuple[date, date]:
    """A Thursday with a holiday on a working day of the window behind it, and that holiday.

    The two meetings before it, a week and two weeks earlier, are no holidays either.
    """
    for day in thursdays(after_day):
        off = sorted(
            each for each in days_off(day) if day < each <= day + WINDOW * DAY and each.weekday() < 5
        )
        if off and not {day - 7 * DAY, day - 14 * DAY} & days_off(day - 14 * DAY):
            return day, off[0]
    raise LookupError("a year without holidays")
