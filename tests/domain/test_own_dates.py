"""An own date in a weekend or a leave: on which day its cue comes, on calendars worked out by hand."""

from dataclasses import replace
from datetime import date

from lti_tool.domain.nudges import SkipReason
from lti_tool.domain.places import Why
from lti_tool.domain.workdays import Period, WorkCalendar
from tests.domain.enrolments import HOLIDAYS, T0, WITH_PLAN, days, january, plan, reasons


def test_an_own_date_in_the_weekend_has_its_cue_on_friday():
    facts = replace(WITH_PLAN, own_on=date(2027, 1, 23))

    schedule = plan(facts, january(14))

    assert days(schedule) == {"rehearse": 15, "own_date": 22, "check_in": 25, "last_call": 28}
    assert schedule.planned[1].reason is Why.BEFORE_OWN_DATE


def test_when_the_cue_comes_the_day_after_the_plan_there_is_no_rehearsal():
    facts = replace(WITH_PLAN, plan_made_on=date(2027, 1, 21), own_on=date(2027, 1, 23))

    schedule = plan(facts, january(21))

    assert days(schedule) == {"own_date": 22, "check_in": 25, "last_call": 28}
    assert reasons(schedule)["rehearse"] is SkipReason.NO_ROOM


def test_an_own_date_in_the_weekend_after_the_plan_has_its_cue_on_monday():
    facts = replace(WITH_PLAN, plan_made_on=date(2027, 1, 22), own_on=date(2027, 1, 23))

    schedule = plan(facts, january(22))

    assert days(schedule) == {"own_date": 25, "check_in": 26, "last_call": 28}
    assert schedule.planned[0].reason is Why.BEHIND_OWN_DATE


def test_leave_over_the_own_date_moves_its_cue_to_the_day_back():
    leave = Period(date(2027, 1, 18), date(2027, 1, 20))
    facts = replace(WITH_PLAN, calendar=WorkCalendar(HOLIDAYS, leave=(leave,)), own_on=date(2027, 1, 19))

    schedule = plan(facts, january(14))

    assert days(schedule) == {"rehearse": 15, "own_date": 21, "check_in": 26, "last_call": 28}
    assert schedule.planned[1].reason is Why.BEHIND_OWN_DATE


def test_leave_from_the_own_date_to_the_end_of_the_window_has_its_cue_before():
    leave = Period(date(2027, 1, 26), date(2027, 2, 5))
    facts = replace(WITH_PLAN, calendar=WorkCalendar(HOLIDAYS, leave=(leave,)), own_on=date(2027, 1, 26))

    schedule = plan(facts, january(14))

    assert days(schedule)["own_date"] == 25


def test_leave_over_the_whole_window_brings_everything_after_it():
    fortnight = Period(date(2027, 1, 15), date(2027, 1, 29))
    facts = replace(WITH_PLAN, calendar=WorkCalendar(HOLIDAYS, leave=(fortnight,)))

    schedule = plan(facts, january(14))

    assert days(schedule) == {"own_date": 32, "check_in": 40, "last_call": 43}
    assert reasons(schedule)["rehearse"] is SkipReason.NO_ROOM


def test_leave_of_six_weeks_leaves_nothing():
    six_weeks = Period(date(2027, 1, 15), date(2027, 2, 26))
    facts = replace(WITH_PLAN, calendar=WorkCalendar(HOLIDAYS, leave=(six_weeks,)))

    schedule = plan(facts, january(14))

    assert schedule.planned == ()
    assert set(reasons(schedule).values()) == {SkipReason.PLAN_MADE, SkipReason.NO_WORKING_DAY}


def test_the_cue_never_comes_before_the_window():
    until_tuesday = Period(date(2027, 1, 15), date(2027, 1, 19))
    facts = replace(
        WITH_PLAN,
        calendar=WorkCalendar(HOLIDAYS, leave=(until_tuesday,)),
        plan_made_on=date(2027, 1, 12),
        own_on=date(2027, 1, 18),
    )

    schedule = plan(facts, january(14, 7))

    assert days(schedule) == {"own_date": 20, "check_in": 26, "last_call": 28}
    assert schedule.planned[0].reason is Why.BEHIND_OWN_DATE


def test_a_day_back_between_two_leaves_is_no_day_for_the_cue_when_the_window_moves_behind_both():
    first, second = Period(date(2027, 1, 18), date(2027, 1, 25)), Period(date(2027, 1, 27), date(2027, 2, 5))
    facts = replace(
        WITH_PLAN, calendar=WorkCalendar(HOLIDAYS, leave=(first, second)), own_on=date(2027, 1, 19)
    )

    schedule = plan(facts, january(14))

    assert days(schedule)["own_date"] == 31 + 8


def test_leave_from_the_own_date_on_to_the_end_of_the_window_leaves_no_cue():
    facts = replace(
        WITH_PLAN,
        calendar=WorkCalendar(HOLIDAYS, leave=(Period(date(2027, 1, 25), date(2027, 2, 5)),)),
        plan_made_on=date(2027, 1, 22),
        own_on=date(2027, 1, 25),
    )

    schedule = plan(facts, january(22))

    assert schedule.planned == ()
    assert reasons(schedule)["own_date"] is SkipReason.NO_WORKING_DAY


def test_an_own_date_that_was_not_after_the_plan_has_no_cue():
    facts = replace(WITH_PLAN, own_on=T0)

    assert reasons(plan(facts, january(14, 7)))["own_date"] is SkipReason.PAST
