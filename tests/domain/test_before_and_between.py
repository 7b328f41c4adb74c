"""Before a training and between its meetings, on calendars worked out by hand."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from lti_tool.domain import moments
from lti_tool.domain.nudges import SkipReason
from lti_tool.domain.paces import Pace
from lti_tool.domain.places import Why
from lti_tool.domain.workdays import Period, WorkCalendar
from lti_tool.services import catalogue
from tests.domain.enrolments import AMSTERDAM, HOLIDAYS, STANDARD, WITHOUT_PLAN, january, reasons
from tests.domain.enrolments import plan as plan_steps

# Meetings on Thursday 28 January, 4 and 11 February 2027. Ten working days before the first is
# Thursday 14 January, five is Thursday 21 January.
MEETINGS = (date(2027, 1, 28), date(2027, 2, 4), date(2027, 2, 11))
FACTS = replace(
    WITHOUT_PLAN,
    anchor_on=MEETINGS[-1],
    joined_at=january(11),
    days_known_on=date(2027, 1, 11),
    meetings=MEETINGS,
    parts={"pre.short": False, "mid.1": False, "mid.2": False, "post.plan": False},
)


def plan(facts, now):
    return plan_steps(facts, now, STANDARD)


def coming(facts, now, *steps):
    return [
        (step.step, step.occurrence, step.due_on) for step in plan(facts, now).planned if step.step in steps
    ]


def before(facts, now=None):
    return coming(facts, now or january(11), "prepare", "prepare_again")


def test_two_and_one_week_before_the_first_meeting_the_preparation_is_open():
    assert before(FACTS) == [
        ("prepare", 1, date(2027, 1, 14)),
        ("prepare_again", 1, date(2027, 1, 21)),
    ]


def test_the_first_makes_sense_until_the_second_and_the_second_until_the_training():
    first, second = plan(FACTS, january(11)).planned[:2]

    assert (first.last_on, second.last_on) == (date(2027, 1, 20), date(2027, 1, 27))


def test_who_has_prepared_hears_nothing_more_about_it():
    facts = replace(FACTS, parts={**FACTS.parts, "pre.short": True})

    assert before(facts) == []
    assert reasons(plan(facts, january(11)))["prepare"] is SkipReason.SUBMITTED


def test_without_a_preparation_in_the_course_nobody_is_sent_there():
    facts = replace(FACTS, parts={"post.plan": False})

    assert before(facts) == []
    assert reasons(plan(facts, january(11)))["prepare"] is SkipReason.NO_ACTIVITY


def test_a_training_set_up_late_opens_its_preparation_on_the_next_working_day():
    facts = replace(FACTS, days_known_on=date(2027, 1, 18), joined_at=january(18))

    schedule = plan(facts, january(18))

    assert before(facts, january(18)) == [
        ("prepare", 1, date(2027, 1, 19)),
        ("prepare_again", 1, date(2027, 1, 21)),
    ]
    assert schedule.planned[0].reason is Why.SET_UP_LATE


@pytest.mark.parametrize(("known_on", "opens"), [(22, [25]), (23, [25]), (24, [25]), (25, [])])
def test_it_still_opens_when_the_training_is_three_days_off_and_no_later(known_on, opens):
    day = date(2027, 1, known_on)
    facts = replace(FACTS, days_known_on=day, joined_at=january(known_on))

    assert [on.day for _, _, on in before(facts, january(known_on))] == opens


def test_a_late_joiner_gets_the_second_letter_only():
    facts = replace(FACTS, joined_at=january(18))

    assert before(facts, january(18)) == [("prepare_again", 1, date(2027, 1, 21))]


# At one's own pace it is open from Monday 11 January until Friday 26 February 2027.
OWN_PACE = replace(
    FACTS,
    anchor_on=date(2027, 2, 26),
    meetings=(date(2027, 1, 11),),
    days_known_on=date(2026, 12, 14),
    pace=Pace.OWN,
)


def test_at_ones_own_pace_who_joins_after_the_opening_can_still_prepare():
    facts = replace(OWN_PACE, joined_at=january(18))

    schedule = plan(facts, january(18))

    assert before(facts, january(18)) == [("prepare", 1, date(2027, 1, 19))]
    assert schedule.planned[0].reason is Why.JOINED_LATE


def test_at_ones_own_pace_who_joins_between_its_day_and_the_opening_prepares_the_next_day():
    facts = replace(OWN_PACE, joined_at=moments.at(date(2027, 1, 5), time(12), AMSTERDAM))

    assert before(facts, facts.joined_at) == [("prepare", 1, date(2027, 1, 6))]


def test_a_training_at_ones_own_pace_that_is_open_from_the_day_of_its_set_up_can_be_prepared():
    facts = replace(OWN_PACE, days_known_on=date(2027, 1, 11), joined_at=january(11, 9))

    schedule = plan(facts, january(11))

    assert before(facts) == [("prepare", 1, date(2027, 1, 12))]
    assert schedule.planned[0].reason is Why.SET_UP_LATE


@pytest.mark.parametrize(("joins", "opens"), [(22, [23]), (23, []), (25, [])])
def test_nobody_is_asked_to_prepare_within_three_days_of_the_last_one(joins, opens):
    joined_at = moments.at(date(2027, 2, joins), time(12), AMSTERDAM)

    assert [on.day for _, _, on in before(replace(OWN_PACE, joined_at=joined_at), joined_at)] == opens


def test_who_has_finished_is_not_asked_to_prepare():
    facts = replace(OWN_PACE, joined_at=january(18), anchor_on=date(2027, 1, 18))

    assert before(facts, january(18)) == []


def test_holidays_and_free_days_count_back_as_well():
    facts = replace(FACTS, calendar=WorkCalendar(HOLIDAYS | {date(2027, 1, 26)}, frozenset({4})))

    facts = replace(facts, days_known_on=date(2027, 1, 4), joined_at=january(4))

    assert before(facts, january(4)) == [
        ("prepare", 1, date(2027, 1, 11)),
        ("prepare_again", 1, date(2027, 1, 19)),
    ]


def test_without_meetings_nothing_comes_before_them():
    facts = replace(FACTS, meetings=())

    assert before(facts) == []
    assert reasons(plan(facts, january(11)))["prepare"] is SkipReason.NO_MEETING


def test_two_working_days_after_each_meeting_but_the_last_the_question_is_what_to_try():
    assert coming(FACTS, january(11), "between") == [
        ("between", 1, date(2027, 2, 1)),
        ("between", 2, date(2027, 2, 8)),
    ]


def test_between_meetings_that_are_too_near_nothing_comes():
    near = (date(2027, 1, 28), date(2027, 2, 2), date(2027, 2, 11))

    facts = replace(FACTS, meetings=near)

    assert coming(facts, january(11), "between") == [("between", 2, date(2027, 2, 4))]
    assert reasons(plan(facts, january(11)))["between"] is SkipReason.TOO_NEAR


@pytest.mark.parametrize(("second", "comes"), [(date(2027, 2, 3), True), (date(2027, 2, 2), False)])
def test_four_working_days_to_the_next_meeting_are_room_enough_and_three_are_not(second, comes):
    facts = replace(FACTS, meetings=(MEETINGS[0], second, MEETINGS[-1]))

    first = [on for step, number, on in coming(facts, january(11), "between") if number == 1]
    assert first == ([date(2027, 2, 1)] if comes else [])


@pytest.mark.parametrize(
    ("closes_on", "last_on"), [(date(2027, 1, 21), date(2027, 1, 21)), (date(2027, 1, 20), None)]
)
def test_on_its_closing_day_a_training_still_sends_and_nothing_makes_sense_after_it(closes_on, last_on):
    planned = plan(replace(FACTS, closes_on=closes_on), january(11)).planned

    assert {one.step: one.last_on for one in planned}.get("prepare_again") == last_on


def test_leave_between_two_meetings_makes_them_near():
    leave = Period(date(2027, 1, 29), date(2027, 2, 2))
    facts = replace(FACTS, calendar=WorkCalendar(HOLIDAYS, leave=(leave,)))

    assert coming(facts, january(11), "between") == [("between", 2, date(2027, 2, 8))]


def test_who_looked_back_on_a_meeting_is_not_asked_about_that_one():
    facts = replace(FACTS, parts={**FACTS.parts, "mid.1": True})

    assert coming(facts, january(11), "between") == [("between", 2, date(2027, 2, 8))]


def test_a_training_of_one_day_has_nothing_between():
    facts = replace(FACTS, meetings=MEETINGS[-1:])

    assert coming(facts, january(11), "between") == []


def test_a_meeting_that_is_added_later_is_looked_back_on_though_the_window_had_begun():
    facts = replace(
        FACTS,
        meetings=(*MEETINGS, date(2027, 3, 4)),
        anchor_on=date(2027, 3, 4),
        parts={**FACTS.parts, "mid.3": False},
        already_sent={("between", 1): date(2027, 2, 1), ("plan", 1): date(2027, 2, 12)},
    )

    now = moments.at(date(2027, 2, 12), time(12), AMSTERDAM)

    assert coming(facts, now, "between") == [("between", 3, date(2027, 2, 15))]


def test_dates_that_move_bring_no_first_letter_about_the_preparation_after_the_second():
    later = tuple(day + timedelta(28) for day in MEETINGS)
    facts = replace(
        FACTS, meetings=later, already_sent={("prepare_again", 1): date(2027, 1, 21)}, anchor_on=later[-1]
    )

    assert before(facts, january(22)) == []
    assert reasons(plan(facts, january(22)))["prepare"] is SkipReason.OVERTAKEN


# A reminder whose day the trainer chose


def chosen(facts, day, **more):
    return replace(facts, remind_on=day, **more)


def test_a_reminder_comes_on_the_day_that_the_trainer_chose():
    assert before(chosen(FACTS, date(2027, 1, 25))) == [
        ("prepare", 1, date(2027, 1, 14)),
        ("prepare_again", 1, date(2027, 1, 25)),
    ]


def test_who_has_that_day_off_is_reminded_on_the_next_one():
    free = replace(FACTS.calendar, free_weekdays=frozenset({0}))

    assert before(chosen(FACTS, date(2027, 1, 25), calendar=free))[-1] == (
        "prepare_again",
        1,
        date(2027, 1, 26),
    )


def test_a_reminder_that_other_days_left_behind_the_first_meeting_does_not_come():
    late = chosen(FACTS, date(2027, 1, 29))

    assert [step for step, *_ in before(late)] == ["prepare"]
    assert reasons(plan(late, january(11)))["prepare_again"] is SkipReason.TOO_NEAR


def test_who_was_reminded_is_not_reminded_again_on_another_day():
    reminded = chosen(FACTS, date(2027, 1, 26), already_sent={("prepare_again", 1): date(2027, 1, 21)})

    assert "prepare_again" not in [step for step, *_ in before(reminded, january(22))]


def test_a_cadence_without_a_reminder_gets_the_one_that_a_trainer_asks_for():
    light = catalogue.load().cadence("light")

    planned = plan_steps(chosen(FACTS, date(2027, 1, 25)), january(11), light.reminding()).planned

    assert (planned[0].step, planned[0].due_on, planned[0].reason) == (
        "prepare_again",
        date(2027, 1, 25),
        Why.TRAINER_CHOSE,
    )
