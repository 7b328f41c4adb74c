"""A calendar, week by week."""

from datetime import date

from lti_tool.domain import weeks
from lti_tool.domain.weeks import Entry, EntryKind
from lti_tool.domain.workdays import Period

# The two weeks after Tuesday 10 November 2026.
WINDOW = Period(date(2026, 11, 11), date(2026, 11, 24))


def letter(day: date) -> Entry:
    return Entry(EntryKind.LETTER, day, "prepare")


def test_weeks_without_anything_are_left_out_but_for_those_of_the_window():
    shown = weeks.of([letter(date(2026, 10, 6)), letter(date(2026, 12, 10))], WINDOW)

    assert [week.number for week in shown] == [41, 46, 47, 48, 50]


def test_how_many_weeks_were_left_out_is_known():
    shown = weeks.of([letter(date(2026, 10, 6)), letter(date(2026, 12, 10))], WINDOW)

    assert [(week.number, week.skipped) for week in shown] == [(41, 0), (46, 4), (47, 0), (48, 0), (50, 1)]


def test_weeks_are_left_out_across_the_end_of_a_year_too():
    shown = weeks.of([letter(date(2027, 1, 21))], Period(date(2026, 12, 8), date(2026, 12, 21)))

    assert [(week.number, week.skipped) for week in shown] == [(50, 0), (51, 0), (52, 0), (3, 3)]


def test_a_week_of_the_window_without_anything_is_empty():
    shown = weeks.of([letter(date(2026, 11, 12))], WINDOW)

    assert [week.is_empty for week in shown] == [False, True, True]


def test_a_week_has_five_days_unless_something_is_on_a_saturday_or_sunday():
    usual = weeks.of([letter(date(2026, 11, 12))], WINDOW)
    weekend = weeks.of([Entry(EntryKind.MEETING, date(2026, 11, 14))], WINDOW)

    assert {len(week.days) for week in usual} == {5}
    assert {len(week.days) for week in weekend} == {7}


def test_a_day_holds_its_entries_and_says_whether_it_is_in_the_window():
    (first, *_) = weeks.of([letter(date(2026, 11, 12)), letter(date(2026, 11, 12))], WINDOW)

    assert [len(day.entries) for day in first.days] == [0, 0, 0, 2, 0]
    assert [day.is_in_window for day in first.days] == [False, False, True, True, True]


def test_a_window_that_begins_on_a_weekend_does_not_add_that_week():
    shown = weeks.of([], Period(date(2026, 12, 5), date(2026, 12, 18)))

    assert [week.number for week in shown] == [50, 51]
