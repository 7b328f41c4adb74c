"""What is still to come for one person, on calendars worked out by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config import content
from lti_tool.domain import cadences, moments, retention, schedules
from lti_tool.domain.nudges import EnrolmentFacts, SkipReason
from lti_tool.domain.places import Why
from lti_tool.domain.schedules import Schedule
from lti_tool.domain.workdays import Period, WorkCalendar

AMSTERDAM = "Europe/Amsterdam"
CADENCES = {path.stem: cadences.parse(content.read(path).raw) for path in content.cadences()}
STANDARD = CADENCES["standard"]
CHRISTMAS = {date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1)}
SPRING = {date(2027, 3, 28), date(2027, 3, 29), date(2027, 4, 27), date(2027, 5, 6), date(2027, 5, 17)}
HOLIDAYS = frozenset(CHRISTMAS | SPRING)

# No holidays: the window runs from Friday 15 to Thursday 28 January 2027, W+1 to W+10 being
# 15, 18, 19, 20, 21, 22, 25, 26, 27 and 28 January.
T0 = date(2027, 1, 14)
WITHOUT_PLAN = EnrolmentFacts(
    anchor_on=T0,
    calendar=WorkCalendar(HOLIDAYS),
    time_zone=AMSTERDAM,
    joined_at=datetime(2027, 1, 4, 12, tzinfo=UTC),
)
WITH_PLAN = replace(WITHOUT_PLAN, plan_made_on=T0, own_on=date(2027, 1, 20))


def january(day: int, hour: int = 12, minute: int = 0) -> datetime:
    return moments.at(date(2027, 1, day), time(hour, minute), AMSTERDAM)


def days(schedule: Schedule) -> dict[str, int]:
    """The days of January 2027 on which steps come; what comes in February counts on."""
    return {step.step: (step.due_on - date(2026, 12, 31)).days for step in schedule.planned}


def reasons(schedule: Schedule) -> dict[str, SkipReason]:
    return {step.step: step.reason for step in schedule.left_out}


def plan(facts: EnrolmentFacts, now: datetime) -> Schedule:
    return schedules.plan(STANDARD, facts, now=now)


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


def test_an_own_date_after_the_window_keeps_its_cue_and_is_not_asked_about_before():
    facts = replace(WITH_PLAN, own_on=date(2027, 2, 2))

    schedule = plan(facts, january(14))

    assert days(schedule) == {"rehearse": 15, "own_date": 33}


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


# An own date that is no working day


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


def test_leave_over_the_own_date_moves_its_cue_before_the_leave():
    leave = Period(date(2027, 1, 20), date(2027, 1, 22))
    facts = replace(WITH_PLAN, calendar=WorkCalendar(HOLIDAYS, leave=(leave,)), own_on=date(2027, 1, 21))

    schedule = plan(facts, january(14))

    assert days(schedule) == {"rehearse": 15, "own_date": 19, "check_in": 26, "last_call": 28}


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


# Joining late, and late machines


def test_who_joins_late_gets_only_what_is_still_to_come():
    facts = replace(WITHOUT_PLAN, joined_at=january(20))

    schedule = plan(facts, january(20))

    assert days(schedule) == {"last_call": 28}
    assert reasons(schedule)["plan"] is SkipReason.BEFORE_JOINING


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


# For whatever calendar, plan and history

FIRST = date(2026, 12, 1)
LAST = date(2027, 5, 31)


@st.composite
def enrolments(draw: st.DrawFn) -> EnrolmentFacts:
    anchor_on = draw(st.dates(FIRST, LAST))

    def near(first: int, last: int) -> st.SearchStrategy[date]:
        return st.integers(first, last).map(lambda days: anchor_on + timedelta(days))

    leave = st.builds(lambda on, length: Period(on, on + timedelta(length)), near(-3, 20), st.integers(0, 25))
    return EnrolmentFacts(
        anchor_on=anchor_on,
        calendar=WorkCalendar(
            HOLIDAYS,
            draw(st.frozensets(st.integers(0, 4), max_size=4)),
            draw(st.lists(leave, max_size=2).map(tuple)),
        ),
        time_zone=draw(st.sampled_from([AMSTERDAM, "America/Curacao", "Pacific/Auckland"])),
        joined_at=moments.at(draw(near(-20, 16)), time(14), AMSTERDAM),
        mail_hour=draw(st.none() | st.times()),
        plan_made_on=draw(st.none() | near(-2, 20)),
        own_on=draw(st.none() | near(0, 40)),
        own_date_number=draw(st.integers(1, 2)),
        used_on=draw(st.none() | st.none() | near(0, 14)),
        answered_since_anchor=draw(st.booleans()),
        already_sent=draw(
            st.dictionaries(
                st.tuples(st.sampled_from(cadences.StepId), st.just(1)).map(
                    lambda key: (str(key[0]), key[1])
                ),
                near(1, 14),
                max_size=3,
            )
        ),
        paused_until=draw(st.none() | st.none() | near(0, 20)),
    )


cadence_of_any_kind = st.sampled_from(list(CADENCES.values()))


@st.composite
def situations(draw: st.DrawFn) -> tuple[cadences.Cadence, EnrolmentFacts, datetime]:
    facts = draw(enrolments())
    hours = draw(st.integers(-48, 24 * 20))
    now = moments.at(facts.anchor_on, time(9), facts.time_zone) + timedelta(hours=hours)
    return draw(cadence_of_any_kind), facts, now


@settings(max_examples=200, deadline=None)
@given(situations())
def test_nothing_comes_in_the_past_or_outside_working_days_and_office_hours(situation):
    cadence, facts, now = situation

    for step in schedules.plan(cadence, facts, now=now).planned:
        here = moments.local(step.due_at, facts.time_zone)
        assert step.due_at >= max(now, facts.joined_at)
        assert here.date() == step.due_on
        assert facts.calendar.allows(step.due_on)
        assert moments.is_open(here)
        assert not facts.is_paused(step.due_on)


@settings(max_examples=200, deadline=None)
@given(situations())
def test_nothing_comes_outside_the_window_but_the_cue_on_the_own_date_itself(situation):
    cadence, facts, now = situation
    window = retention.open_window(facts.anchor_on, facts.calendar)

    for step in schedules.plan(cadence, facts, now=now).planned:
        is_own_choice = step.step == "own_date" and facts.own_on is not None and facts.own_on > window.last_on
        assert step.due_on >= window.first_on or step.due_on == facts.own_on
        assert step.last_on <= window.last_on or is_own_choice
        assert step.due_on <= max(window.last_on, facts.own_on or window.last_on)


@settings(max_examples=200, deadline=None)
@given(situations())
def test_steps_come_in_order_on_days_of_their_own_that_do_not_overlap(situation):
    cadence, facts, now = situation

    planned = schedules.plan(cadence, facts, now=now).planned

    order = [step.id for step in cadence.steps]
    assert [step.step for step in planned] == sorted((step.step for step in planned), key=order.index)
    assert all(step.due_on <= step.last_on for step in planned)
    assert all(earlier.last_on < later.due_on for earlier, later in pairwise(planned))
    assert not {step.due_on for step in planned} & set(facts.already_sent.values())


@settings(max_examples=200, deadline=None)
@given(situations())
def test_every_step_is_planned_or_left_out_once_and_planning_twice_gives_the_same(situation):
    cadence, facts, now = situation

    schedule = schedules.plan(cadence, facts, now=now)

    outcomes = [(step.step, step.occurrence) for step in (*schedule.planned, *schedule.left_out)]
    assert sorted(outcomes) == sorted((step.id, facts.occurrence_of(step)) for step in cadence.steps)
    assert not {(step.step, step.occurrence) for step in schedule.planned} & set(facts.already_sent)
    assert schedules.plan(cadence, facts, now=now) == schedule


@settings(max_examples=200, deadline=None)
@given(situations())
def test_the_day_of_a_step_does_not_depend_on_when_it_is_planned(situation):
    cadence, facts, now = situation
    early = moments.at(facts.anchor_on - timedelta(30), time(9), AMSTERDAM)

    planned_early = schedules.plan(cadence, facts, now=early).planned
    planned_now = schedules.plan(cadence, facts, now=now).planned

    assert planned_now == tuple(step for step in planned_early if step.due_at >= now)
