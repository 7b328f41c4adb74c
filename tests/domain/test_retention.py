"""The two weeks after a training, on calendars worked out by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.domain import retention
from lti_tool.domain.workdays import Period, WorkCalendar

CHRISTMAS_2026 = frozenset({date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1)})
SPRING_2027 = frozenset({date(2027, 3, 28), date(2027, 3, 29), date(2027, 4, 27), date(2027, 5, 6)})
TUESDAY, WEDNESDAY = 1, 2

calendars = st.builds(
    WorkCalendar,
    holidays=st.just(CHRISTMAS_2026 | SPRING_2027),
    free_weekdays=st.frozensets(st.integers(0, 4)),
    leave=st.lists(
        st.builds(
            lambda first_on, days: Period(first_on, first_on + timedelta(days)),
            st.dates(date(2026, 12, 1), date(2027, 5, 31)),
            st.integers(0, 40),
        ),
        max_size=3,
    ).map(tuple),
)
anchors = st.dates(date(2026, 12, 1), date(2027, 5, 31))


def test_the_window_is_the_fourteen_days_after_the_training():
    thursday = date(2027, 1, 14)

    window = retention.open_window(thursday, WorkCalendar())

    assert (window.first_on, window.last_on) == (date(2027, 1, 15), date(2027, 1, 28))


@pytest.mark.parametrize(
    ("number", "expected"),
    [(1, date(2027, 1, 15)), (4, date(2027, 1, 20)), (7, date(2027, 1, 25)), (10, date(2027, 1, 28))],
)
def test_in_a_full_window_a_step_counts_in_working_days(number, expected):
    window = retention.open_window(date(2027, 1, 14), WorkCalendar())

    assert window.working_day(number) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [(1, date(2026, 12, 18)), (4, date(2026, 12, 23)), (7, date(2026, 12, 29)), (10, date(2026, 12, 31))],
)
def test_over_christmas_nine_days_carry_the_same_steps(number, expected):
    window = retention.open_window(date(2026, 12, 17), WorkCalendar(CHRISTMAS_2026))

    assert len(window.allowed_days) == 9
    assert window.working_day(number) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [(1, date(2027, 4, 26)), (4, date(2027, 4, 30)), (6, date(2027, 5, 3)), (7, date(2027, 5, 4))],
)
def test_between_kings_day_and_ascension_eight_days_carry_the_same_steps(number, expected):
    window = retention.open_window(date(2027, 4, 23), WorkCalendar(SPRING_2027))

    assert len(window.allowed_days) == 8
    assert window.working_day(number) == expected
    assert window.last_allowed_day == date(2027, 5, 7)


def test_leave_that_takes_too_many_days_moves_the_window_to_the_first_day_back():
    fortnight = Period(date(2027, 1, 18), date(2027, 1, 29))

    window = retention.open_window(date(2027, 1, 14), WorkCalendar(leave=(fortnight,)))

    assert (window.first_on, window.last_on) == (date(2027, 2, 1), date(2027, 2, 14))
    assert len(window.allowed_days) == 10


def test_leave_that_leaves_four_days_moves_nothing():
    six_working_days = Period(date(2027, 1, 18), date(2027, 1, 25))

    window = retention.open_window(date(2027, 1, 14), WorkCalendar(leave=(six_working_days,)))

    assert window.first_on == date(2027, 1, 15)
    assert len(window.allowed_days) == 4


def test_leave_that_leaves_three_days_moves_the_window_to_the_first_day_back():
    seven_working_days = Period(date(2027, 1, 18), date(2027, 1, 26))

    window = retention.open_window(date(2027, 1, 14), WorkCalendar(leave=(seven_working_days,)))

    assert (window.first_on, window.last_on) == (date(2027, 1, 27), date(2027, 2, 9))


def test_who_works_two_days_a_week_and_is_away_on_one_of_the_four_begins_when_back():
    works_on_two = frozenset(range(5)) - {TUESDAY, WEDNESDAY}
    a_tuesday = Period(date(2027, 1, 19), date(2027, 1, 19))

    window = retention.open_window(date(2027, 1, 14), WorkCalendar(frozenset(), works_on_two, (a_tuesday,)))

    assert (window.first_on, len(window.allowed_days)) == (date(2027, 1, 20), 4)


def test_the_first_day_back_may_lie_inside_the_usual_window():
    until_tuesday = Period(date(2027, 1, 15), date(2027, 1, 26))

    window = retention.open_window(date(2027, 1, 14), WorkCalendar(leave=(until_tuesday,)))

    assert (window.first_on, window.last_on) == (date(2027, 1, 27), date(2027, 2, 9))


def test_after_two_leaves_the_window_starts_when_the_second_ends():
    first, second = Period(date(2027, 1, 15), date(2027, 1, 18)), Period(date(2027, 1, 21), date(2027, 2, 2))

    window = retention.open_window(date(2027, 1, 14), WorkCalendar(leave=(first, second)))

    assert window.first_on == date(2027, 2, 3)


@pytest.mark.parametrize(
    ("leave_until", "first_on"),
    [(date(2027, 2, 10), date(2027, 2, 11)), (date(2027, 2, 11), date(2027, 1, 15))],
    ids=["28 days is the utmost", "29 days is too late"],
)
def test_the_window_starts_at_most_twenty_eight_days_after_the_training(leave_until, first_on):
    leave = Period(date(2027, 1, 15), leave_until)

    window = retention.open_window(date(2027, 1, 14), WorkCalendar(leave=(leave,)))

    assert window.first_on == first_on


def test_the_window_moves_only_once():
    fortnight = Period(date(2027, 1, 15), date(2027, 1, 29))
    again = Period(date(2027, 2, 3), date(2027, 2, 19))

    window = retention.open_window(date(2027, 1, 14), WorkCalendar(leave=(fortnight, again)))

    assert window.allowed_days == (date(2027, 2, 1), date(2027, 2, 2))


def test_a_short_working_week_is_no_leave_and_moves_nothing():
    one_day_a_week = WorkCalendar(
        free_weekdays=frozenset({0, 1, 2, 3}), leave=(Period(date(2027, 1, 15), date(2027, 1, 20)),)
    )

    window = retention.open_window(date(2027, 1, 14), one_day_a_week)

    assert window.first_on == date(2027, 1, 15)
    assert window.allowed_days == (date(2027, 1, 22),)
    assert window.working_day(1) == window.working_day(7) == date(2027, 1, 22)


def test_a_window_without_working_days_has_no_days_to_offer():
    window = retention.open_window(date(2027, 1, 14), WorkCalendar(free_weekdays=frozenset(range(5))))

    assert (window.working_day(1), window.last_allowed_day) == (None, None)
    assert (window.offered_days(date(2027, 1, 14)), window.default_own_date(date(2027, 1, 14))) == ((), None)


@pytest.mark.parametrize("number", [0, 11])
def test_a_number_outside_the_window_is_a_mistake(number):
    with pytest.raises(ValueError):
        retention.open_window(date(2027, 1, 14), WorkCalendar()).working_day(number)


def test_the_day_the_plan_is_made_is_not_offered():
    window = retention.open_window(date(2027, 3, 18), WorkCalendar(SPRING_2027))

    offered = window.offered_days(date(2027, 3, 25))

    assert offered == (date(2027, 3, 26), date(2027, 3, 30), date(2027, 3, 31), date(2027, 4, 1))


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2027, 1, 14), date(2027, 1, 20)),
        (date(2027, 1, 19), date(2027, 1, 20)),
        (date(2027, 1, 20), date(2027, 1, 21)),
        (date(2027, 1, 27), date(2027, 1, 28)),
        (date(2027, 1, 28), None),
    ],
    ids=["at T0", "the day before W+4", "on W+4", "the day before the last", "on the last day"],
)
def test_the_date_offered_first_is_the_fourth_working_day_or_the_next_to_come(today, expected):
    window = retention.open_window(date(2027, 1, 14), WorkCalendar())

    assert window.default_own_date(today) == expected


def test_an_own_date_after_the_sixth_working_day_is_late():
    window = retention.open_window(date(2027, 1, 14), WorkCalendar())

    assert [window.is_late(day) for day in (date(2027, 1, 22), date(2027, 1, 25))] == [False, True]


@given(anchors, calendars)
def test_every_window_starts_in_time_and_lasts_two_weeks(anchor_on, calendar):
    window = retention.open_window(anchor_on, calendar)

    assert 1 <= (window.first_on - anchor_on).days <= 28
    assert (window.last_on - window.first_on).days == 13
    assert window.allowed_days == calendar.between(window.first_on, window.last_on)


@given(anchors, calendars)
def test_the_numbers_of_a_window_never_run_backwards_and_end_on_its_last_day(anchor_on, calendar):
    window = retention.open_window(anchor_on, calendar)

    days = [day for number in range(1, 11) if (day := window.working_day(number))]

    assert days == sorted(days)
    assert days[-1:] == list(window.allowed_days[-1:])


@given(anchors, calendars, st.integers(-3, 45))
def test_what_is_offered_is_a_working_day_to_come_and_the_default_is_one_of_them(anchor_on, calendar, days):
    today = anchor_on + timedelta(days)
    window = retention.open_window(anchor_on, calendar)

    offered = window.offered_days(today)

    assert all(day > today and calendar.allows(day) for day in offered)
    assert window.default_own_date(today) in (offered or (None,))
