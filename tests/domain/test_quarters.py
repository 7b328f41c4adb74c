"""Quarters of a year."""

from datetime import date, timedelta

import pytest

from lti_tool.domain.quarters import Quarter


@pytest.mark.parametrize(
    ("quarter", "first_on", "last_on"),
    [
        (Quarter(2026, 1), date(2026, 1, 1), date(2026, 3, 31)),
        (Quarter(2026, 2), date(2026, 4, 1), date(2026, 6, 30)),
        (Quarter(2026, 3), date(2026, 7, 1), date(2026, 9, 30)),
        (Quarter(2026, 4), date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_a_quarter_has_three_months_and_holds_its_own_days(quarter, first_on, last_on):
    assert (quarter.first_on, quarter.last_on) == (first_on, last_on)
    assert Quarter.of(first_on) == Quarter.of(last_on) == quarter


def test_before_the_first_of_a_year_comes_the_last_of_the_year_before():
    assert Quarter(2027, 1).before == Quarter(2026, 4)
    assert str(Quarter(2026, 4)) == "2026-Q4"


def test_each_day_of_some_years_is_in_one_quarter_and_they_follow_each_other():
    day, quarters = date(2023, 1, 1), []
    while day < date(2029, 1, 1):
        quarter = Quarter.of(day)
        assert quarter.first_on <= day <= quarter.last_on
        quarters += [quarter] if quarter not in quarters else []
        day += timedelta(days=1)

    assert quarters == sorted(quarters)
    assert [later.before for later in quarters[1:]] == quarters[:-1]


def test_a_quarter_is_read_as_it_is_written():
    assert Quarter.read(str(Quarter(2026, 4))) == Quarter(2026, 4)
    assert Quarter(2026, 4).after == Quarter(2027, 1)


@pytest.mark.parametrize("text", ["", "2026", "2026-Q5", "2026-Q0", "0000-Q1", "2026-Q1 ", "٢٠٢٦-Q1"])
def test_what_is_no_quarter_is_refused(text):
    with pytest.raises(ValueError, match=f"^{text}$"):
        Quarter.read(text)
