"""The retention window: the two weeks in which what was learned is used or lost."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from lti_tool.domain.workdays import DAY, WorkCalendar

LENGTH = timedelta(days=14)
FULL_WINDOW = 10  # working days in two weeks without holidays or free days; W+n counts in these
FEWEST_DAYS = 4
LATEST_START = timedelta(days=28)
DEFAULT_OWN_DATE = 4
LATE_OWN_DATE = 6


@dataclass(frozen=True)
class RetentionWindow:
    """The window of one enrolment. `first_on` and `last_on` are calendar days, both inside it."""

    first_on: date
    last_on: date
    allowed_days: tuple[date, ...]

    def working_day(self, number: int) -> date | None:
        """W+n of the cadence, n from 1 to 10: allowed day ceil(n * N / 10) of the N in the window.

        None when the window holds no allowed day.
        """
        if not 1 <= number <= FULL_WINDOW:
            raise ValueError(f"W+{number} is outside W+1 to W+{FULL_WINDOW}")
        if not self.allowed_days:
            return None
        return self.allowed_days[-(-number * len(self.allowed_days) // FULL_WINDOW) - 1]

    @property
    def last_allowed_day(self) -> date | None:
        """The last day inside the window on which a letter may go."""
        return self.working_day(FULL_WINDOW)

    def offered_days(self, today: date) -> tuple[date, ...]:
        """The days that can become the learner's own date, for a plan made or changed today.

        Today is never one of them: the cue comes in the morning.
        """
        return tuple(day for day in self.allowed_days if day > today)

    def default_own_date(self, today: date) -> date | None:
        """The date offered first: W+4, or the next one that is still to come. None: there is none."""
        usual = self.working_day(DEFAULT_OWN_DATE)
        return next((day for day in self.offered_days(today) if usual is not None and day >= usual), None)

    def is_late(self, day: date) -> bool:
        """Later than W+6: allowed as own date, with a hint."""
        bound = self.working_day(LATE_OWN_DATE)
        return bound is not None and day > bound


@lru_cache(maxsize=1024)
def open_window(anchor_on: date, calendar: WorkCalendar) -> RetentionWindow:
    """The window of someone whose training ended on `anchor_on` (T0): the 14 calendar days after it.

    The cadence: with fewer than 4 allowed days because of leave, the window starts on the first day
    back, once, at most 28 days after T0. Read narrowly:

    - "because of leave": without it there would be 4 or more. Who has few days for another reason
      (a part-time week, holidays) keeps the usual window.
    - "the first day back": the first allowed day after the last one in the window that leave takes.
    - "once": the new window, again of 14 calendar days, never moves on, however few days it holds.
    - "at most 28 days": when the first day back comes later than that, nothing moves.
    """
    usual = _window(anchor_on + DAY, calendar)
    possible = calendar.without_leave().between(usual.first_on, usual.last_on)
    if len(usual.allowed_days) >= FEWEST_DAYS or len(possible) < FEWEST_DAYS:
        return usual
    back_on = calendar.after([day for day in possible if not calendar.allows(day)][-1])
    if back_on is None or back_on - anchor_on > LATEST_START:
        return usual
    return _window(back_on, calendar)


def _window(first_on: date, calendar: WorkCalendar) -> RetentionWindow:
    last_on = first_on + LENGTH - DAY
    return RetentionWindow(first_on, last_on, calendar.between(first_on, last_on))
