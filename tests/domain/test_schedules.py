"""What is still to come for one person, as things happen."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from lti_tool.domain import moments, schedules
from lti_tool.domain.cadences import StepId
from lti_tool.domain.nudges import SkipReason
from lti_tool.domain.places import Why
from lti_tool.domain.schedules import LeftOut, Standing
from lti_tool.domain.workdays import Period, WorkCalendar
from tests.domain.enrolments import (
    AMSTERDAM,
    HOLIDAYS,
    T0,
    WITH_PLAN,
    WITHOUT_PLAN,
    days,
    january,
    plan,
    reasons,
)

# Without a plan


def test_who_makes_no_plan_gets_the_reminder_and_the_last_call_and_then_silence():
    schedule = plan(WITHOUT_PLAN, january(14))

    assert days(schedule) == {"plan": 15, "last_call": 28}
    assert [step.occurrence for step in schedule.planned] == [1, 1]


def test_on_the_day_of_the_training_itself_no_letter_goes():
    schedule = plan(WITHOUT_PLAN, january(14, 7))

    assert T0 not in [step.due_on for step in schedule.planned]


def test_the_reminder_makes_sense_until_the_day_before_the_last_call():
    reminder, last_call = plan(WITHOUT_PLAN, january(14)).planned

    assert reminder.last_on == date(2027, 1, 27)
    assert last_call.last_on == last_call.due_on


def test_in_a_window_of_one_day_the_reminder_goes_and_the_last_call_does_not():
    fridays_off_and_more = replace(
        WITHOUT_PLAN, calendar=WorkCalendar(HOLIDAYS | {date(2027, 1, 15)}, frozenset({0, 1, 2, 3}))
    )

    schedule = plan(fridays_off_and_more, january(14))

    assert days(schedule) == {"plan": 22}
    assert reasons(schedule)["last_call"] is SkipReason.NO_ROOM


# What happens on the way


def test_used_it_ends_the_cues():
    facts = replace(WITH_PLAN, used_on=date(2027, 1, 18), answered_since_anchor=True)

    schedule = plan(facts, january(18))

    assert schedule.planned == ()
    assert reasons(schedule) == {
        "plan": SkipReason.PLAN_MADE,
        **dict.fromkeys(["rehearse", "own_date", "check_in", "last_call"], SkipReason.USED),
    }


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"is_stopped": True}, SkipReason.STOPPED), ({"has_left": True}, SkipReason.LEFT)],
)
def test_who_stopped_or_left_gets_nothing(change, reason):
    schedule = plan(replace(WITH_PLAN, **change), january(14))

    assert schedule.planned == ()
    assert set(reasons(schedule).values()) == {reason}


def test_what_was_sent_is_not_planned_again():
    facts = replace(
        WITH_PLAN,
        already_sent={("rehearse", 1): date(2027, 1, 15), ("own_date", 1): date(2027, 1, 20)},
    )

    schedule = plan(facts, january(20))

    assert days(schedule) == {"check_in": 25, "last_call": 28}
    assert reasons(schedule)["own_date"] is SkipReason.ALREADY_SENT


def test_an_answer_leaves_out_the_last_call_and_nothing_else():
    facts = replace(WITH_PLAN, answered_since_anchor=True)

    schedule = plan(facts, january(14))

    assert reasons(schedule)["last_call"] is SkipReason.ANSWERED
    assert list(days(schedule)) == ["rehearse", "own_date", "check_in"]


def test_a_new_date_after_not_yet_gets_a_cue_of_its_own():
    facts = replace(
        WITH_PLAN,
        own_on=date(2027, 1, 27),
        own_date_number=2,
        answered_since_anchor=True,
        already_sent={
            ("rehearse", 1): date(2027, 1, 15),
            ("own_date", 1): date(2027, 1, 20),
            ("check_in", 1): date(2027, 1, 25),
        },
    )

    schedule = plan(facts, january(25))

    assert [(step.step, step.occurrence, step.due_on.day) for step in schedule.planned] == [
        ("own_date", 2, 27)
    ]


def test_a_check_in_that_has_not_gone_out_moves_after_the_new_date():
    facts = replace(
        WITH_PLAN,
        own_on=date(2027, 1, 26),
        own_date_number=2,
        already_sent={("rehearse", 1): date(2027, 1, 15), ("own_date", 1): date(2027, 1, 20)},
    )

    schedule = plan(facts, january(20))

    assert days(schedule) == {"own_date": 26, "check_in": 27, "last_call": 28}


def test_a_check_in_that_went_out_on_the_last_day_leaves_no_last_call():
    facts = replace(
        WITH_PLAN, mail_hour=time(16), already_sent={("check_in", 1): date(2027, 1, 28)}, own_on=None
    )

    assert reasons(plan(facts, january(28)))["last_call"] is SkipReason.NO_ROOM


def test_a_step_comes_on_the_day_after_one_that_went_out_late():
    facts = replace(WITH_PLAN, mail_hour=time(16), already_sent={("own_date", 1): date(2027, 1, 25)})

    schedule = plan(facts, january(25))

    assert days(schedule) == {"check_in": 26, "last_call": 28}


def test_nothing_comes_on_a_day_on_which_a_later_step_was_sent_by_hand():
    facts = replace(WITH_PLAN, mail_hour=time(16), already_sent={("check_in", 1): date(2027, 1, 20)})

    schedule = plan(facts, january(20))

    assert days(schedule) == {"last_call": 28}
    assert reasons(schedule)["own_date"] is SkipReason.NO_ROOM


def test_leave_that_moves_the_window_brings_no_rehearsal_back_behind_a_check_in():
    # A plan for the next day has no rehearsal; the new window would have room for one.
    facts = replace(
        WITH_PLAN,
        own_on=date(2027, 1, 15),
        calendar=WorkCalendar(HOLIDAYS, leave=(Period(date(2027, 1, 18), date(2027, 1, 29)),)),
        already_sent={("own_date", 1): date(2027, 1, 15), ("check_in", 1): date(2027, 1, 18)},
    )

    schedule = plan(facts, january(18))

    assert days(schedule) == {"last_call": 43}
    assert reasons(schedule)["rehearse"] is SkipReason.OVERTAKEN


def test_another_own_date_has_its_cue_after_a_check_in():
    facts = replace(WITH_PLAN, own_on=date(2027, 1, 27), already_sent={("check_in", 1): date(2027, 1, 25)})

    assert days(plan(facts, january(25))) == {"own_date": 27, "last_call": 28}


# Joining late, and late machines


def test_who_joins_late_gets_only_what_is_still_to_come():
    facts = replace(WITHOUT_PLAN, joined_at=january(20))

    schedule = plan(facts, january(20))

    assert days(schedule) == {"last_call": 28}
    assert reasons(schedule)["plan"] is SkipReason.BEFORE_JOINING


def test_who_joins_at_the_very_moment_of_a_letter_gets_it():
    moment = moments.at(date(2027, 1, 15), moments.DEFAULT_HOUR, AMSTERDAM)
    facts = replace(WITHOUT_PLAN, joined_at=moment)

    assert days(plan(facts, moment))["plan"] == 15
    assert "plan" not in days(plan(facts, moment + timedelta(seconds=1)))


def test_who_joins_after_the_window_gets_nothing():
    facts = replace(WITHOUT_PLAN, joined_at=january(29))

    assert plan(facts, january(29)).planned == ()


@pytest.mark.parametrize(
    ("now", "expected"),
    [(january(15, 9, 30), {"plan": 15, "last_call": 28}), (january(15, 9, 31), {"last_call": 28})],
)
def test_a_moment_that_has_passed_is_not_planned(now, expected):
    schedule = plan(WITHOUT_PLAN, now)

    assert days(schedule) == expected


def test_a_step_that_was_passed_over_says_so():
    assert reasons(plan(WITHOUT_PLAN, january(18)))["plan"] is SkipReason.PAST


@pytest.mark.parametrize(
    ("letter", "expected"),
    [
        (Standing(january(15, 9, 30), date(2027, 1, 15)), None),
        (Standing(january(19, 9, 30), date(2027, 1, 19), was_moved=True), None),
        (Standing(january(18, 16), date(2027, 1, 18)), None),
        (Standing(january(22, 9, 30), date(2027, 1, 22)), SkipReason.PAST),
        (Standing(january(20, 9, 30), date(2027, 1, 20), was_moved=True), None),
        (Standing(january(21, 9, 30), date(2027, 1, 21), was_moved=True), SkipReason.NO_ROOM),
    ],
    ids=[
        "late",
        "it waits for room",
        "another hour that day",
        "its new day has passed",
        "it waits until its last day",
        "it waited too long",
    ],
)
def test_a_letter_that_stands_planned_stays_while_only_its_moment_is_over(letter, expected):
    over = LeftOut(StepId.PLAN, 1, SkipReason.PAST, on=date(2027, 1, 18), last_on=date(2027, 1, 20))

    assert schedules.given_up(over, letter, now=january(18)) is expected


def test_a_letter_that_became_needless_is_given_up_though_it_is_late():
    needless = LeftOut(StepId.PLAN, 1, SkipReason.PLAN_MADE)
    late = Standing(january(15, 9, 30), date(2027, 1, 15))

    assert schedules.given_up(needless, late, now=january(18)) is SkipReason.PLAN_MADE


# Pauses


def test_what_falls_in_a_pause_comes_after_it_and_the_own_date_does_not():
    facts = replace(WITH_PLAN, paused_until=date(2027, 1, 26))

    schedule = plan(facts, january(14))

    assert days(schedule) == {"check_in": 26, "last_call": 28}
    assert schedule.planned[0].reason is Why.AFTER_PAUSE
    assert reasons(schedule)["own_date"] is SkipReason.PAUSED
    assert reasons(schedule)["rehearse"] is SkipReason.NO_ROOM


def test_a_pause_until_after_the_window_leaves_nothing():
    facts = replace(WITH_PLAN, paused_until=date(2027, 1, 29))

    schedule = plan(facts, january(14))

    assert schedule.planned == ()
    assert reasons(schedule)["check_in"] is reasons(schedule)["last_call"] is SkipReason.PAUSED
