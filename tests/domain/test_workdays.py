"""The working days of one person."""

from datetime import date, timedelta

import pytest

from lti_tool.domain.workdays import Period, WorkCalendar

CHRISTMAS_2026 = frozenset({date(2026, 12, 25), date(2026, 12, 26)})
SPRING_2027 = frozenset({date(2027, 3, 29), date(2027, 4, 27), date(2027, 5, 6), date(2027, 5, 17)})
WEDNESDAY, FRIDAY = 2, 4


def test_somebody_works_from_monday_to_friday():
    calendar = WorkCalendar()

    week = calendar.between(date(2026, 12, 14), date(2026, 12, 20))

    assert week == tuple(date(2026, 12, day) for day in (14, 15, 16, 17, 18))


def test_after_the_last_day_before_christmas_comes_the_monday_after_it():
    calendar = WorkCalendar(holidays=CHRISTMAS_2026)

    assert calendar.after(date(2026, 12, 24)) == date(2026, 12, 28)


def test_easter_monday_is_no_working_day():
    calendar = WorkCalendar(holidays=SPRING_2027)

    assert calendar.on_or_after(date(2027, 3, 27)) == date(2027, 3, 30)


def test_a_free_weekday_is_no_working_day():
    calendar = WorkCalendar(holidays=SPRING_2027, free_weekdays=frozenset({WEDNESDAY}))

    days = calendar.between(date(2027, 4, 26), date(2027, 4, 30))

    assert days == (date(2027, 4, 26), date(2027, 4, 29), date(2027, 4, 30))


@pytest.mark.parametrize("day", [date(2027, 5, 3), date(2027, 5, 4), date(2027, 5, 7)])
def test_leave_takes_its_first_and_its_last_day_and_all_between(day):
    calendar = WorkCalendar(leave=(Period(date(2027, 5, 3), date(2027, 5, 7)),))

    assert not calendar.allows(day)
    assert calendar.without_leave().allows(day)


def test_a_person_is_back_on_the_working_day_after_leave():
    calendar = WorkCalendar(leave=(Period(date(2027, 5, 3), date(2027, 5, 7)),))

    assert calendar.on_or_after(date(2027, 5, 3)) == date(2027, 5, 10)


def test_a_working_day_is_found_as_the_first_one_on_or_after_itself_but_not_after_itself():
    calendar = WorkCalendar()
    thursday = date(2027, 3, 25)

    assert calendar.on_or_after(thursday) == thursday
    assert calendar.on_or_before(thursday) == thursday
    assert calendar.after(thursday) == date(2027, 3, 26)


@pytest.mark.parametrize(
    ("count", "expected"), [(1, date(2027, 4, 26)), (2, date(2027, 4, 23)), (10, date(2027, 4, 13))]
)
def test_working_days_before_a_meeting_are_counted_back_over_weekends_and_holidays(count, expected):
    calendar = WorkCalendar(holidays=SPRING_2027)
    meeting_on = date(2027, 4, 28)

    assert calendar.before(meeting_on, count) == expected


def test_who_is_free_every_weekday_has_no_working_day_at_all():
    calendar = WorkCalendar(free_weekdays=frozenset(range(5)))
    today = date(2027, 3, 25)

    found = (calendar.on_or_after(today), calendar.after(today), calendar.before(today, 2))

    assert found == (None, None, None)


def test_nothing_lies_between_a_day_and_an_earlier_one():
    assert WorkCalendar().between(date(2027, 3, 25), date(2027, 3, 20)) == ()


@pytest.mark.parametrize(("days", "found"), [(365, date(2028, 1, 14)), (366, None)])
def test_a_working_day_is_looked_for_a_year_ahead(days, found):
    thursday = date(2027, 1, 14)
    away = Period(thursday, thursday + timedelta(days - 1))

    assert WorkCalendar(leave=(away,)).on_or_after(thursday) == found
