"""Moments at which a letter may go: local hours, as moments in UTC."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from lti_tool.domain.workdays import WorkCalendar

FRIDAY = 4
DEFAULT_HOUR = time(9, 30)
OPENS = time(8)
CLOSES = time(18)
CLOSES_ON_FRIDAY = time(12)


def hour_on(day: date, preferred: time | None) -> time:
    """The local hour for a letter on `day`: the preferred one, or 09:30 where that cannot be.

    An hour before 08:00 or at or after closing (18:00, on Friday 12:00) cannot be: a letter that
    is due as the doors close would go out after it.
    """
    if preferred is None or not OPENS <= preferred < _closing(day):
        return DEFAULT_HOUR
    return preferred


def due_at(day: date, preferred: time | None, zone: str) -> datetime:
    """The moment, in UTC, for a letter on a local day. `zone`: an IANA key such as Europe/Amsterdam."""
    return at(day, hour_on(day, preferred), zone)


def at(day: date, hour: time, zone: str) -> datetime:
    """A local day and hour as a moment in UTC.

    Where the clock goes back, the first of the two; where it goes forward, an hour that does not
    exist becomes as much later as the clock moved.
    """
    return datetime.combine(day, hour, ZoneInfo(zone)).astimezone(UTC)


def local(now: datetime, zone: str) -> datetime:
    """A moment as the clock shows it in that zone."""
    return now.astimezone(ZoneInfo(zone))


def is_open(here: datetime) -> bool:
    """Whether a letter may go at this local hour: never before 08:00, after 18:00, on Friday after 12:00."""
    return OPENS <= here.time() <= _closing(here.date())


def closes_at(now: datetime, zone: str) -> datetime:
    """The last moment of this local day at which a letter may go."""
    today = local(now, zone).date()
    return at(today, _closing(today), zone)


def next_chance(
    calendar: WorkCalendar, preferred: time | None, zone: str, *, now: datetime
) -> datetime | None:
    """The first moment from `now` on at which a letter may go: `now` itself, or the hour of an allowed day.

    None when there is no allowed day within a year.
    """
    here = local(now, zone)
    today = here.date()
    if calendar.allows(today) and is_open(here):
        return now
    day = calendar.on_or_after(today) if here.time() < OPENS else calendar.after(today)
    return None if day is None else due_at(day, preferred, zone)


def _closing(day: date) -> time:
    return CLOSES_ON_FRIDAY if day.weekday() == FRIDAY else CLOSES
