"""The working days of one person."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

SATURDAY = 5
DAY = timedelta(days=1)
HORIZON = timedelta(days=366)


@dataclass(frozen=True)
class Period:
    """A stretch of days, both ends included."""

    first_on: date
    last_on: date

    def __contains__(self, day: date) -> bool:
        return self.first_on <= day <= self.last_on


@dataclass(frozen=True)
class WorkCalendar:
    """Which days a person works: the allowed days of the cadence.

    holidays: public holidays, as the organisation counts them.
    free_weekdays: days the person never works; Monday is 0.
    leave: what the person filled in; periods may overlap.
    """

    holidays: frozenset[date] = frozenset()
    free_weekdays: frozenset[int] = frozenset()
    leave: tuple[Period, ...] = ()

    def allows(self, day: date) -> bool:
        """Monday to Friday, no holiday, no free weekday, no leave."""
        weekday = day.weekday()
        if weekday >= SATURDAY or weekday in self.free_weekdays or day in self.holidays:
            return False
        return not any(day in period for period in self.leave)

    def on_or_after(self, day: date) -> date | None:
        """The first allowed day from `day` on; None when there is none within a year."""
        return self._search(day, DAY)

    def after(self, day: date) -> date | None:
        """The first allowed day later than `day`; None when there is none within a year."""
        return self._search(day + DAY, DAY)

    def on_or_before(self, day: date) -> date | None:
        """The last allowed day up to `day`; None when there is none within a year."""
        return self._search(day, -DAY)

    def before(self, day: date, count: int) -> date | None:
        """Allowed day number `count` (1 or more) counted back from `day`, which is not counted itself."""
        found: date | None = day
        for _ in range(count):
            found = None if found is None else self.on_or_before(found - DAY)
        return found

    def between(self, first_on: date, last_on: date) -> tuple[date, ...]:
        """All allowed days from `first_on` up to and including `last_on`."""
        span = (last_on - first_on).days + 1
        days = (first_on + number * DAY for number in range(span))
        return tuple(day for day in days if self.allows(day))

    def without_leave(self) -> "WorkCalendar":
        """The same weeks, as if the person took no leave."""
        return replace(self, leave=())

    def _search(self, day: date, stride: timedelta) -> date | None:
        days = (day + number * stride for number in range(HORIZON.days))
        return next((each for each in days if self.allows(each)), None)
