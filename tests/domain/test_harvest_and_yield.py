"""The end of the window and the month after it, and letters that two steps share."""

from dataclasses import replace
from datetime import date

import pytest

from lti_tool.domain.cadences import StepId
from lti_tool.domain.nudges import SkipReason
from lti_tool.domain.places import Why
from lti_tool.domain.workdays import Period, WorkCalendar
from tests.domain.enrolments import HOLIDAYS, STANDARD, WITH_PLAN, WITHOUT_PLAN, days, january, reasons
from tests.domain.enrolments import plan as plan_steps

PARTS = {"post.plan": True, "post.harvest": False, "post.yield": False}
FACTS = replace(WITH_PLAN, parts=PARTS)
# W+9 and W+10 are 27 and 28 January; thirty days after the training is Saturday 13 February.
MONDAY_AFTER = 31 + 15


def plan(facts, now):
    return plan_steps(facts, now, STANDARD)


def shared(facts, now=None):
    return [(step.step, step.also, step.due_on.day) for step in plan(facts, now or january(14)).planned]


def test_the_window_closes_with_a_harvest_and_then_the_last_call():
    assert days(plan(FACTS, january(14))) == {
        "rehearse": 15,
        "own_date": 20,
        "check_in": 25,
        "harvest": 27,
        "last_call": 28,
    }


def test_the_harvest_comes_after_a_late_check_in_and_shares_the_letter_of_the_last_call():
    facts = replace(FACTS, own_on=date(2027, 1, 26))

    assert shared(facts)[1:] == [
        ("own_date", None, 26),
        ("check_in", None, 27),
        ("last_call", "harvest", 28),
    ]
    assert reasons(plan(facts, january(14)))["harvest"] is SkipReason.MERGED


def test_a_check_in_on_the_last_day_takes_the_harvest_along_and_needs_no_last_call():
    facts = replace(FACTS, own_on=date(2027, 1, 27))

    assert shared(facts)[1:] == [("own_date", None, 27), ("check_in", "harvest", 28)]
    assert reasons(plan(facts, january(14)))["last_call"] is SkipReason.NO_ROOM


def test_an_own_date_on_the_last_day_takes_the_harvest_along():
    facts = replace(FACTS, own_on=date(2027, 1, 28))

    assert shared(facts) == [("rehearse", None, 15), ("own_date", "harvest", 28)]


def test_a_shared_letter_goes_before_what_either_goes_before():
    facts = replace(FACTS, own_on=date(2027, 1, 26))

    last = plan(facts, january(14)).planned[-1]

    assert (last.rank, last.reason) == (2, Why.AFTER_EARLIER_STEP)


def test_who_answered_gets_the_harvest_on_its_own():
    facts = replace(FACTS, own_on=date(2027, 1, 26), answered_since_anchor=True)

    assert shared(facts)[1:-1] == [("own_date", None, 26), ("check_in", None, 27), ("harvest", None, 28)]


def test_used_it_ends_the_cues_and_harvest_and_yield_still_come():
    facts = replace(FACTS, used_on=date(2027, 1, 18), answered_since_anchor=True)

    assert days(plan(facts, january(18))) == {"harvest": 27, "yield": MONDAY_AFTER}


def test_who_harvested_is_not_asked_again():
    facts = replace(FACTS, parts={**PARTS, "post.harvest": True}, answered_since_anchor=True)

    schedule = plan(facts, january(21))

    assert "harvest" not in days(schedule)
    assert reasons(schedule)["harvest"] is SkipReason.SUBMITTED


def test_the_yield_is_asked_on_the_first_working_day_from_thirty_days_after():
    facts = replace(FACTS, answered_since_anchor=True)

    (last,) = [step for step in plan(facts, january(14)).planned if step.step is StepId.YIELD]

    assert (last.due_on, last.last_on) == (date(2027, 2, 15), date(2027, 3, 1))


@pytest.mark.parametrize("facts", [WITHOUT_PLAN, WITH_PLAN])
def test_after_a_last_call_without_an_answer_comes_silence(facts):
    schedule = plan(replace(facts, parts=PARTS), january(14))

    assert "yield" not in days(schedule)
    assert reasons(schedule)["yield"] is SkipReason.SILENCE


def test_a_closed_plan_gets_neither_cues_nor_a_yield():
    facts = replace(FACTS, is_closed=True, answered_since_anchor=True)

    schedule = plan(facts, january(14))

    assert days(schedule) == {"harvest": 27}
    assert reasons(schedule)["yield"] is reasons(schedule)["own_date"] is SkipReason.CLOSED


def test_a_step_that_the_trainer_left_out_does_not_come():
    facts = replace(FACTS, left_out=frozenset({"check_in"}))

    schedule = plan(facts, january(14))

    assert days(schedule) == {"rehearse": 15, "own_date": 20, "harvest": 27, "last_call": 28}
    assert reasons(schedule)["check_in"] is SkipReason.LEFT_OUT


def test_who_wants_few_letters_gets_the_own_day_and_the_looking_back():
    facts = replace(FACTS, wants_few=True, answered_since_anchor=True)

    assert days(plan(facts, january(14))) == {"own_date": 20, "harvest": 27, "yield": MONDAY_AFTER}


def test_a_part_timer_in_the_last_days_of_the_window_gets_one_letter_for_both():
    # Working on Monday only: two days in the window, 18 and 25 January.
    mondays = WorkCalendar(HOLIDAYS, frozenset({1, 2, 3, 4}))
    facts = replace(WITHOUT_PLAN, calendar=mondays, parts=PARTS)

    assert shared(facts) == [("plan", None, 18), ("last_call", "harvest", 25)]


def test_leave_over_the_end_of_the_window_brings_the_end_forward():
    leave = Period(date(2027, 1, 26), date(2027, 2, 5))
    facts = replace(FACTS, calendar=WorkCalendar(HOLIDAYS, leave=(leave,)), own_on=date(2027, 1, 19))

    assert days(plan(facts, january(14))) == {"rehearse": 15, "own_date": 19, "check_in": 21, "last_call": 25}


def test_what_was_sent_with_another_step_is_not_sent_again():
    facts = replace(
        FACTS,
        already_sent={("check_in", 1): date(2027, 1, 27), ("harvest", 1): date(2027, 1, 27)},
    )

    assert "harvest" not in days(plan(facts, january(27)))
