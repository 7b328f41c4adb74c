"""Whether a letter that is due still goes."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config import content
from lti_tool.domain import cadences, moments, nudges
from lti_tool.domain.nudges import Due, EnrolmentFacts, Send, Skip, SkipReason, Wait
from lti_tool.domain.workdays import Period, WorkCalendar

AMSTERDAM = "Europe/Amsterdam"
CADENCES = {path.stem: cadences.parse(content.read(path).raw) for path in content.cadences()}
STANDARD = CADENCES["standard"]

# The window runs from Friday 16 April to Thursday 29 April 2027; King's Day is Tuesday 27 April.
KINGS_DAY = date(2027, 4, 27)
FACTS = EnrolmentFacts(
    anchor_on=date(2027, 4, 15),
    calendar=WorkCalendar(holidays=frozenset({KINGS_DAY})),
    time_zone=AMSTERDAM,
    joined_at=datetime(2027, 4, 1, 12, tzinfo=UTC),
    plan_made_on=date(2027, 4, 15),
    own_on=date(2027, 4, 21),
)
MONDAY = date(2027, 4, 26)
CHECK_IN = Due("check_in", 1, last_on=date(2027, 4, 28))


def on(day: date, hour: int = 9, minute: int = 30) -> datetime:
    return moments.at(day, time(hour, minute), AMSTERDAM)


def test_a_letter_that_is_due_on_a_working_day_goes():
    assert nudges.decide(STANDARD, FACTS, CHECK_IN, now=on(MONDAY)) == Send()


@pytest.mark.parametrize(
    ("step", "change", "reason"),
    [
        ("check_in", {"used_on": MONDAY}, SkipReason.USED),
        ("last_call", {"used_on": MONDAY}, SkipReason.USED),
        ("last_call", {"answered_since_anchor": True}, SkipReason.ANSWERED),
        ("check_in", {"is_stopped": True}, SkipReason.STOPPED),
        ("check_in", {"has_left": True}, SkipReason.LEFT),
        ("check_in", {"plan_made_on": None}, SkipReason.NO_PLAN),
        ("plan", {}, SkipReason.PLAN_MADE),
        ("check_in", {"already_sent": {("check_in", 1): MONDAY}}, SkipReason.ALREADY_SENT),
        ("own_date", {"own_date_number": 2}, SkipReason.DATE_MOVED),
    ],
)
def test_a_letter_that_has_become_needless_does_not_go(step, change, reason):
    facts = replace(FACTS, **change)

    decision = nudges.decide(STANDARD, facts, Due(step, 1, MONDAY), now=on(MONDAY))

    assert decision == Skip(reason)


def test_a_plan_is_no_answer_so_the_last_call_goes():
    last_day = date(2027, 4, 29)

    decision = nudges.decide(STANDARD, FACTS, Due("last_call", 1, last_day), now=on(last_day))

    assert decision == Send()


def test_partly_is_an_answer_but_leaves_the_check_in_to_come():
    facts = replace(FACTS, answered_since_anchor=True)

    assert nudges.decide(STANDARD, facts, CHECK_IN, now=on(MONDAY)) == Send()


def test_a_step_that_is_no_part_of_the_cadence_does_not_go():
    decision = nudges.decide(CADENCES["light"], FACTS, CHECK_IN, now=on(MONDAY))

    assert decision == Skip(SkipReason.NOT_IN_CADENCE)


def test_a_letter_that_was_late_goes_once_while_it_makes_sense():
    decision = nudges.decide(STANDARD, FACTS, CHECK_IN, now=on(date(2027, 4, 28), 14))

    assert decision == Send()


def test_a_letter_whose_last_day_has_passed_does_not_go():
    decision = nudges.decide(STANDARD, FACTS, CHECK_IN, now=on(date(2027, 4, 29)))

    assert decision == Skip(SkipReason.WINDOW_CLOSED)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (on(MONDAY, 7, 59), on(MONDAY)),
        (on(date(2027, 4, 24)), on(MONDAY)),
        (on(MONDAY, 18, 1), on(date(2027, 4, 28))),
        (on(KINGS_DAY), on(date(2027, 4, 28))),
        (on(date(2027, 4, 23), 12, 1), on(MONDAY)),
    ],
    ids=["before eight", "on Saturday", "after six, before a holiday", "on a holiday", "on Friday afternoon"],
)
def test_a_letter_waits_for_office_hours_on_a_working_day(now, until):
    assert nudges.decide(STANDARD, FACTS, CHECK_IN, now=now) == Wait(until)


def test_a_letter_does_not_wait_beyond_its_last_day():
    today_only = Due("own_date", 1, last_on=MONDAY)

    decision = nudges.decide(STANDARD, FACTS, today_only, now=on(MONDAY, 18, 1))

    assert decision == Skip(SkipReason.WINDOW_CLOSED)


def test_a_learner_on_leave_gets_the_letter_on_the_first_day_back():
    calendar = replace(FACTS.calendar, leave=(Period(MONDAY, KINGS_DAY),))

    decision = nudges.decide(STANDARD, replace(FACTS, calendar=calendar), CHECK_IN, now=on(MONDAY))

    assert decision == Wait(on(date(2027, 4, 28)))


@pytest.mark.parametrize(
    ("paused_until", "expected"),
    [
        (date(2027, 4, 26), Send()),
        (date(2027, 4, 27), Wait(on(date(2027, 4, 28)))),
        (date(2027, 4, 29), Skip(SkipReason.PAUSED)),
    ],
    ids=["it ends today", "it ends on a holiday", "it ends too late"],
)
def test_a_letter_waits_for_the_end_of_a_pause_if_it_then_still_makes_sense(paused_until, expected):
    facts = replace(FACTS, paused_until=paused_until)

    assert nudges.decide(STANDARD, facts, CHECK_IN, now=on(MONDAY)) == expected


def test_a_letter_waits_for_the_hour_that_the_person_prefers():
    facts = replace(FACTS, mail_hour=time(16))

    decision = nudges.decide(STANDARD, facts, CHECK_IN, now=on(KINGS_DAY))

    assert decision == Wait(on(date(2027, 4, 28), 16, 0))


def test_a_letter_without_room_in_its_mailbox_moves_to_the_next_working_day():
    assert nudges.move_on(FACTS, CHECK_IN, now=on(MONDAY)) == Wait(on(date(2027, 4, 28)))


def test_a_letter_without_room_on_its_last_day_does_not_go():
    decision = nudges.move_on(FACTS, CHECK_IN, now=on(date(2027, 4, 28)))

    assert decision == Skip(SkipReason.BUDGET)


@given(
    now=st.integers(0, 25 * 24 * 60).map(lambda minutes: on(date(2027, 4, 10)) + timedelta(minutes=minutes)),
    last_on=st.dates(date(2027, 4, 16), date(2027, 4, 29)),
    mail_hour=st.none() | st.times(),
    paused_until=st.none() | st.dates(date(2027, 4, 10), date(2027, 5, 5)),
)
def test_nothing_goes_or_waits_outside_working_days_office_hours_and_its_own_days(
    now, last_on, mail_hour, paused_until
):
    facts = replace(FACTS, mail_hour=mail_hour, paused_until=paused_until)

    decision = nudges.decide(STANDARD, facts, Due("check_in", 1, last_on), now=now)

    if isinstance(decision, Skip):
        return
    moment = decision.until if isinstance(decision, Wait) else now
    here = moments.local(moment, AMSTERDAM)
    assert moment >= now
    assert facts.calendar.allows(here.date())
    assert moments.is_open(here)
    assert here.date() <= last_on
    assert not facts.is_paused(here.date())
    assert nudges.decide(STANDARD, facts, Due("check_in", 1, last_on), now=moment) == Send()


DAYS = [MONDAY - timedelta(days=5), MONDAY - timedelta(days=2), MONDAY]


@pytest.mark.parametrize(
    ("sent_on", "heard_on", "is_silent"),
    [
        ([], None, False),
        (DAYS[:1], None, False),
        (DAYS[:2], None, True),
        (DAYS, DAYS[0], True),
        (DAYS, DAYS[1], False),  # answered on the day of the second: one letter since
        (DAYS[:2], DAYS[0], False),
        (DAYS, DAYS[2], False),
    ],
)
def test_two_letters_in_a_row_without_a_sign_are_silence(sent_on, heard_on, is_silent):
    assert nudges.is_silent(sent_on, heard_on) is is_silent
