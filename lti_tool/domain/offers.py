"""The days that are shown to choose from as one's own date."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lti_tool.domain.retention import RetentionWindow
from lti_tool.domain.workdays import DAY, SATURDAY, WorkCalendar


class WhyNot(StrEnum):
    """Why a day cannot be chosen."""

    PAST = "past"
    TODAY = "today"
    HOLIDAY = "holiday"
    FREE_DAY = "free_day"
    LEAVE = "leave"


@dataclass(frozen=True)
class Offer:
    """A weekday of the window. why_not: None for a day that can be chosen."""

    on: date
    why_not: WhyNot | None


def of_window(window: RetentionWindow, calendar: WorkCalendar, today: date) -> tuple[Offer, ...]:
    """Every weekday of the window; the ones that cannot be chosen stay visible and say why."""
    length = (window.last_on - window.first_on).days + 1
    days = (window.first_on + number * DAY for number in range(length))
    return tuple(Offer(day, _why_not(day, calendar, today)) for day in days if day.weekday() < SATURDAY)


def _why_not(day: date, calendar: WorkCalendar, today: date) -> WhyNot | None:
    reasons = (
        (day < today, WhyNot.PAST),
        (day == today, WhyNot.TODAY),
        (day in calendar.holidays, WhyNot.HOLIDAY),
        (day.weekday() in calendar.free_weekdays, WhyNot.FREE_DAY),
        (any(day in period for period in calendar.leave), WhyNot.LEAVE),
    )
    return next((reason for holds, reason in reasons if holds), None)
