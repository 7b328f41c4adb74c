"""On which days the steps come, on calendars worked out by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from lti_tool.domain import moments, schedules
from lti_tool.domain.nudges import SkipReason
from lti_tool.domain.places import Why
from lti_tool.domain.workdays import WorkCalendar
from tests.domain.enrolments import AMSTERDAM, CADENCES, WITH_PLAN, days, january, plan, reasons

# With a plan


def test_a_plan_made_at_the_training_brings_the_whole_cadence():
    schedule = plan(WITH_PLAN, january(14))

    assert days(schedule) == {"rehearse": 15, "own_date": 20, "check_in": 25, "last_call": 28}
    assert reasons(schedule) == {"plan": SkipReason.PLAN_MADE}


def test_every_step_comes_at_half_past_nine_and_says_why_that_day():
    schedule = plan(WITH_PLAN, january(14))

    assert {moments.local(step.due_at, AMSTERDAM).time() for step in schedule.planned} == {time(9, 30)}
    assert [step.reason for step in schedule.planned] == [
        Why.WINDOW_DAY,
        Why.OWN_DATE,
        Why.WINDOW_DAY,
        Why.LAST_DAY,
    ]


def test_a_step_makes_sense_until_the_day_before_the_next_and_the_own_date_only_on_its_day():
    schedule = plan(WITH_PLAN, january(14))

    assert [step.last_on.day for step in schedule.planned] == [19, 20, 27, 28]


def test_the_own_date_has_the_highest_rank():
    schedule = plan(WITH_PLAN, january(14))

    assert {step.step: step.rank for step in schedule.planned} == {
        "own_date": 1,
        "check_in": 3,
        "rehearse": 5,
        "last_call": 9,
    }


def test_the_light_cadence_rehearses_and_reminds_and_asks_nothing():
    schedule = schedules.plan(CADENCES["light"], WITH_PLAN, now=january(14))

    assert days(schedule) == {"rehearse": 15, "own_date": 20}


def test_a_later_plan_is_rehearsed_on_the_working_day_after_it():
    facts = replace(WITH_PLAN, plan_made_on=date(2027, 1, 16), own_on=date(2027, 1, 20))

    schedule = plan(facts, january(16))

    assert days(schedule)["rehearse"] == 18
    assert schedule.planned[0].reason is Why.AFTER_PLAN


def test_a_plan_for_tomorrow_is_not_rehearsed():
    facts = replace(WITH_PLAN, plan_made_on=date(2027, 1, 18), own_on=date(2027, 1, 19))

    schedule = plan(facts, january(18))

    assert days(schedule) == {"own_date": 19, "check_in": 25, "last_call": 28}
    assert reasons(schedule)["rehearse"] is SkipReason.NO_ROOM


def test_the_check_in_comes_on_the_working_day_after_a_late_own_date():
    facts = replace(WITH_PLAN, own_on=date(2027, 1, 26))

    schedule = plan(facts, january(14))

    assert days(schedule) == {"rehearse": 15, "own_date": 26, "check_in": 27, "last_call": 28}


def test_when_the_check_in_comes_on_the_last_day_there_is_no_last_call():
    facts = replace(WITH_PLAN, own_on=date(2027, 1, 27))

    schedule = plan(facts, january(14))

    assert days(schedule) == {"rehearse": 15, "own_date": 27, "check_in": 28}
    assert reasons(schedule)["last_call"] is SkipReason.NO_ROOM


def test_an_own_date_on_the_last_day_leaves_no_day_to_ask():
    facts = replace(WITH_PLAN, own_on=date(2027, 1, 28))

    schedule = plan(facts, january(14))

    assert days(schedule) == {"rehearse": 15, "own_date": 28}
    assert reasons(schedule) == {
        "plan": SkipReason.PLAN_MADE,
        "check_in": SkipReason.WINDOW_CLOSED,
        "last_call": SkipReason.NO_ROOM,
    }


@pytest.mark.parametrize(
    "own_on", [date(2027, 1, 13), date(2027, 1, 14), date(2027, 1, 29), date(2027, 4, 1)]
)
def test_an_own_date_outside_the_window_has_no_cue_and_no_step_waits_for_it(own_on):
    facts = replace(WITH_PLAN, plan_made_on=date(2027, 1, 11), own_on=own_on)

    schedule = plan(facts, january(11))

    assert days(schedule) == {"rehearse": 15, "check_in": 25, "last_call": 28}
    assert reasons(schedule)["own_date"] is SkipReason.OUTSIDE_WINDOW


def test_a_plan_without_a_date_is_rehearsed_and_asked_about():
    facts = replace(WITH_PLAN, own_on=None)

    schedule = plan(facts, january(14))

    assert days(schedule) == {"rehearse": 15, "check_in": 25, "last_call": 28}
    assert reasons(schedule)["own_date"] is SkipReason.NO_OWN_DATE


def test_where_rehearsing_and_asking_would_share_a_day_the_question_comes_a_day_later():
    facts = replace(WITH_PLAN, plan_made_on=date(2027, 1, 22), own_on=None)

    schedule = plan(facts, january(22))

    assert days(schedule) == {"rehearse": 25, "check_in": 26, "last_call": 28}
    assert schedule.planned[1].reason is Why.AFTER_EARLIER_STEP


# Real calendars


def test_over_easter_the_cadence_keeps_its_hour_while_the_clock_moves():
    # Easter Monday is 29 March 2027, summer time begins on 28 March. Working days: 19, 22 to 26, 30,
    # 31 March and 1 April.
    facts = replace(
        WITH_PLAN,
        anchor_on=date(2027, 3, 18),
        plan_made_on=date(2027, 3, 18),
        own_on=date(2027, 3, 24),
    )

    schedule = plan(facts, datetime(2027, 3, 18, 15, tzinfo=UTC))

    assert [step.due_at for step in schedule.planned] == [
        datetime(2027, 3, 19, 8, 30, tzinfo=UTC),
        datetime(2027, 3, 24, 8, 30, tzinfo=UTC),
        datetime(2027, 3, 30, 7, 30, tzinfo=UTC),
        datetime(2027, 4, 1, 7, 30, tzinfo=UTC),
    ]


def test_over_kings_day_and_ascension_the_cadence_keeps_to_working_days():
    # Working days: 26, 28, 29, 30 April and 3, 4, 5, 7 May 2027.
    facts = replace(
        WITH_PLAN,
        anchor_on=date(2027, 4, 23),
        plan_made_on=date(2027, 4, 26),
        own_on=date(2027, 5, 5),
        mail_hour=time(16),
    )

    schedule = plan(facts, datetime(2027, 4, 26, 15, tzinfo=UTC))

    assert [(step.step, step.due_at) for step in schedule.planned] == [
        ("rehearse", datetime(2027, 4, 28, 14, tzinfo=UTC)),
        ("own_date", datetime(2027, 5, 5, 14, tzinfo=UTC)),
        ("check_in", datetime(2027, 5, 7, 7, 30, tzinfo=UTC)),
    ]


def test_somebody_without_working_days_gets_nothing():
    facts = replace(WITH_PLAN, calendar=WorkCalendar(free_weekdays=frozenset(range(5))))

    schedule = plan(facts, january(14))

    assert schedule.planned == ()
    assert set(reasons(schedule).values()) == {SkipReason.PLAN_MADE, SkipReason.NO_WORKING_DAY}
