"""Local hours, as moments in UTC."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.domain import moments
from lti_tool.domain.workdays import WorkCalendar

AMSTERDAM = "Europe/Amsterdam"
EASTER_MONDAY = date(2027, 3, 29)
THURSDAY, FRIDAY = date(2027, 3, 25), date(2027, 3, 26)
calendar = WorkCalendar(holidays=frozenset({EASTER_MONDAY}))


def utc(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), UTC)


def test_a_letter_is_due_at_half_past_nine():
    assert moments.due_at(THURSDAY, None, AMSTERDAM) == utc(THURSDAY, 8, 30)


def test_a_letter_is_due_at_the_hour_that_the_person_prefers():
    assert moments.due_at(THURSDAY, time(16), AMSTERDAM) == utc(THURSDAY, 15)


def test_the_local_hour_stays_the_same_when_summer_time_begins():
    saturday, sunday = date(2027, 3, 27), date(2027, 3, 28)

    assert moments.due_at(saturday, None, AMSTERDAM) == utc(saturday, 8, 30)
    assert moments.due_at(sunday, None, AMSTERDAM) == utc(sunday, 7, 30)


def test_the_local_hour_stays_the_same_when_summer_time_ends():
    friday, monday = date(2026, 10, 23), date(2026, 10, 26)

    assert moments.due_at(friday, time(9), AMSTERDAM) == utc(friday, 7)
    assert moments.due_at(monday, time(9), AMSTERDAM) == utc(monday, 8)


def test_an_hour_that_the_clock_skips_becomes_an_hour_later():
    first_day_of_summer_time = date(2027, 3, 28)

    skipped = moments.at(first_day_of_summer_time, time(2, 30), AMSTERDAM)

    assert moments.local(skipped, AMSTERDAM).time() == time(3, 30)


def test_of_an_hour_that_comes_twice_the_first_one_counts():
    last_day_of_summer_time = date(2026, 10, 25)

    twice = moments.at(last_day_of_summer_time, time(2, 30), AMSTERDAM)

    assert twice == utc(last_day_of_summer_time, 0, 30)


@pytest.mark.parametrize(
    ("day", "preferred", "expected"),
    [
        (THURSDAY, time(7, 59), time(9, 30)),
        (THURSDAY, time(8), time(8)),
        (THURSDAY, time(17, 59), time(17, 59)),
        (THURSDAY, time(18), time(9, 30)),
        (THURSDAY, time(22), time(9, 30)),
        (FRIDAY, time(11, 59), time(11, 59)),
        (FRIDAY, time(12), time(9, 30)),
        (FRIDAY, time(16), time(9, 30)),
    ],
)
def test_an_hour_outside_office_hours_becomes_the_usual_one(day, preferred, expected):
    assert moments.hour_on(day, preferred) == expected


@pytest.mark.parametrize(
    ("day", "hour", "expected"),
    [
        (THURSDAY, time(7, 59, 59), False),
        (THURSDAY, time(8), True),
        (THURSDAY, time(18), True),
        (THURSDAY, time(18, 0, 1), False),
        (FRIDAY, time(12), True),
        (FRIDAY, time(12, 0, 1), False),
    ],
)
def test_letters_go_from_eight_to_six_and_on_friday_until_noon(day, hour, expected):
    here = datetime.combine(day, hour, ZoneInfo(AMSTERDAM))

    assert moments.is_open(here) is expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (utc(THURSDAY, 9), utc(THURSDAY, 9)),
        (utc(THURSDAY, 5), utc(THURSDAY, 13)),
        (utc(THURSDAY, 18), utc(FRIDAY, 8, 30)),
        (utc(FRIDAY, 12), utc(date(2027, 3, 30), 12)),
        (utc(EASTER_MONDAY, 5), utc(date(2027, 3, 30), 12)),
    ],
    ids=["now", "this afternoon", "tomorrow: Friday", "after Easter, in summer time", "not on Easter Monday"],
)
def test_the_next_chance_is_now_or_the_preferred_hour_of_a_working_day(now, expected):
    assert moments.next_chance(calendar, time(14), AMSTERDAM, now=now) == expected


def test_who_never_works_has_no_next_chance():
    never = WorkCalendar(free_weekdays=frozenset(range(5)))

    assert moments.next_chance(never, None, AMSTERDAM, now=utc(THURSDAY, 9)) is None


@given(
    st.dates(date(2026, 1, 1), date(2028, 12, 31)),
    st.none() | st.times(),
    st.sampled_from([AMSTERDAM, "America/Paramaribo", "Pacific/Auckland", "Asia/Kolkata", "UTC"]),
)
def test_every_letter_is_due_on_its_local_day_at_an_hour_when_letters_go(day, preferred, zone):
    here = moments.local(moments.due_at(day, preferred, zone), zone)

    assert here.date() == day
    assert moments.is_open(here)
