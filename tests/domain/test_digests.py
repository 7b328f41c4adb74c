"""When contacts, leaders and buddies hear something, and when it no longer makes sense."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.domain import digests
from lti_tool.domain.digests import OF_A_BUDDY, OF_A_GROUP, OF_ONE_PERSON, DigestFacts, DigestStep
from lti_tool.domain.nudges import Send, Skip, SkipReason, Wait
from lti_tool.domain.workdays import Period, WorkCalendar

AMSTERDAM = "Europe/Amsterdam"
ENDED_ON = date(2026, 12, 4)  # a Friday
LONG_AGO = datetime(2026, 9, 1, tzinfo=UTC)


def at(day, hour=9, minute=30):
    return datetime.combine(day, time(hour, minute), ZoneInfo(AMSTERDAM)).astimezone(UTC)


def facts(**changes):
    given = {
        "ends_on": ENDED_ON,
        "calendar": WorkCalendar(),
        "time_zone": AMSTERDAM,
        "confirmed_at": LONG_AGO,
    }
    return DigestFacts(**{**given, **changes})


def days(known):
    return {(place.step.value, place.occurrence): place.due_on for place in digests.places(known)}


def test_a_contact_hears_when_the_window_opens_halfway_when_it_closes_and_four_times_after_that():
    assert days(facts()) == {
        ("opened", 1): date(2026, 12, 7),
        ("leader", 1): date(2026, 12, 14),
        ("closed", 1): date(2026, 12, 21),
        ("value_check", 1): date(2027, 2, 2),
        ("value_check", 2): date(2027, 5, 4),
        ("value_check", 3): date(2027, 8, 3),
        ("value_check", 4): date(2027, 11, 2),
    }


def test_after_the_closing_day_only_value_checks_come():
    closing = facts(closes_on=date(2026, 12, 15))

    assert [name for name, _ in days(closing)] == ["opened", "leader", *["value_check"] * 4]
    leader = next(place for place in digests.places(closing) if place.step is DigestStep.LEADER)
    assert leader.last_on == date(2026, 12, 15)


def test_a_card_that_stood_planned_when_the_training_closed_does_not_go():
    closing = facts(closes_on=date(2026, 12, 15))

    decision = digests.decide(closing, "closed", 1, now=at(date(2026, 12, 21)))

    assert decision == Skip(SkipReason.TRACK_CLOSED)


def test_it_comes_at_half_past_nine_by_the_clock_of_the_group():
    assert digests.places(facts())[0].due_at == at(date(2026, 12, 7))
    assert digests.places(facts(time_zone="America/Aruba"))[0].due_at.hour == 13


def test_a_holiday_moves_a_day_to_the_next():
    holidays = frozenset({date(2026, 12, 7), date(2026, 12, 21)})

    found = days(facts(calendar=WorkCalendar(holidays=holidays)))

    assert (found["opened", 1], found["closed", 1]) == (date(2026, 12, 8), date(2026, 12, 22))


def test_whatever_day_a_training_ends_the_window_is_closed_in_the_week_after_it():
    found = [days(facts(ends_on=ENDED_ON + timedelta(days=n)))["closed", 1] for n in range(7)]

    assert found[:3] == [date(2026, 12, 21)] * 3
    assert found[3:] == [date(2026, 12, 28)] * 4


def test_who_says_yes_late_gets_only_what_is_still_to_come():
    assert next(iter(days(facts(confirmed_at=at(date(2026, 12, 15)))))) == ("closed", 1)


def test_the_leader_of_one_person_hears_before_the_training_and_in_the_two_weeks_after_it():
    known = facts(steps=OF_ONE_PERSON, first_meeting_on=date(2026, 11, 25))

    assert days(known) == {("talk", 1): date(2026, 11, 18), ("leader", 1): date(2026, 12, 14)}


@pytest.mark.parametrize(
    ("confirmed_on", "talk_on"),
    [(date(2026, 11, 20), date(2026, 11, 23)), (date(2026, 11, 23), date(2026, 11, 24))],
)
def test_a_leader_who_says_yes_late_gets_the_talk_card_on_the_next_working_day(confirmed_on, talk_on):
    known = facts(steps=OF_ONE_PERSON, first_meeting_on=date(2026, 11, 25), confirmed_at=at(confirmed_on, 15))

    assert days(known)["talk", 1] == talk_on


def test_a_leader_who_says_yes_the_day_before_the_training_gets_no_talk_card():
    known = facts(
        steps=OF_ONE_PERSON,
        first_meeting_on=date(2026, 11, 25),
        confirmed_at=at(date(2026, 11, 24), 15),
    )

    assert ("talk", 1) not in days(known)


def test_a_buddy_hears_once_halfway_the_two_weeks_of_whom_they_ask():
    part_time = WorkCalendar(free_weekdays=frozenset({4}))
    away = WorkCalendar(leave=(Period(date(2026, 12, 7), date(2026, 12, 18)),))

    found = [days(facts(steps=OF_A_BUDDY, calendar=each)) for each in (WorkCalendar(), part_time, away)]

    assert [each["buddy", 1] for each in found] == [
        date(2026, 12, 11),
        date(2026, 12, 10),
        date(2026, 12, 25),
    ]


@pytest.mark.parametrize(
    ("confirmed_on", "asks_on"),
    [(date(2026, 12, 11), date(2026, 12, 14)), (date(2026, 12, 17), date(2026, 12, 18))],
)
def test_a_buddy_who_says_yes_late_hears_on_the_next_working_day(confirmed_on, asks_on):
    known = facts(steps=OF_A_BUDDY, confirmed_at=at(confirmed_on, 15))

    assert days(known) == {("buddy", 1): asks_on}


def test_a_buddy_who_says_yes_when_the_window_is_over_hears_nothing():
    assert days(facts(steps=OF_A_BUDDY, confirmed_at=at(date(2026, 12, 18), 15))) == {}


def test_a_question_that_was_planned_before_somebody_went_away_waits_for_its_new_day():
    away = WorkCalendar(leave=(Period(date(2026, 12, 7), date(2026, 12, 8)),))
    known = facts(steps=OF_A_BUDDY, calendar=away)

    decision = digests.decide(known, "buddy", 1, now=at(date(2026, 12, 9)))

    assert decision == Wait(at(days(known)["buddy", 1]))


@given(
    st.dates(date(2025, 1, 1), date(2030, 1, 1)),
    st.sets(st.integers(1, 40), max_size=30),
    st.sampled_from([OF_A_GROUP, OF_ONE_PERSON, OF_A_BUDDY]),
)
def test_letters_of_one_receiver_never_come_in_a_bunch(ends_on, free, steps):
    calendar = WorkCalendar(holidays=frozenset(ends_on + timedelta(days=n) for n in free))
    known = facts(
        ends_on=ends_on,
        calendar=calendar,
        steps=steps,
        first_meeting_on=ends_on - timedelta(days=10),
        confirmed_at=datetime(2024, 1, 1, tzinfo=UTC),
    )

    found = digests.places(known)

    assert all(calendar.allows(place.due_on) and place.due_on <= place.last_on for place in found)
    assert all(one.last_on < other.due_on for one, other in pairwise(found))


@given(
    st.dates(date(2025, 1, 1), date(2030, 1, 1)),
    st.integers(1, 400),
    st.sampled_from([OF_A_GROUP, OF_ONE_PERSON]),
)
def test_a_training_is_over_once_no_letter_comes_or_opens_a_card(ends_on, free, steps):
    holidays = frozenset(ends_on + timedelta(days=free + n) for n in range(3))
    known = facts(ends_on=ends_on, calendar=WorkCalendar(holidays=holidays), steps=steps)

    last_on = max(place.last_on for place in digests.places(replace(known, confirmed_at=at(ends_on))))

    assert last_on + digests.OPENS <= ends_on + digests.over_after(steps)


def test_a_letter_goes_at_its_hour_and_waits_for_a_working_one():
    assert digests.decide(facts(), "leader", 1, now=at(date(2026, 12, 14))) == Send()
    evening = digests.decide(facts(), "leader", 1, now=at(date(2026, 12, 14), 19))
    assert evening == Wait(at(date(2026, 12, 15)))


def test_a_letter_whose_last_day_has_passed_or_that_nobody_plans_any_more_does_not_go():
    late = digests.decide(facts(), "opened", 1, now=at(date(2026, 12, 14)))
    assert late == Skip(SkipReason.WINDOW_CLOSED)
    unknown = digests.decide(facts(), "talk", 1, now=at(date(2026, 12, 14)))
    assert unknown == Skip(SkipReason.NOT_IN_CADENCE)


def test_a_letter_without_room_moves_to_the_next_working_day_inside_its_time():
    moved = digests.move_on(facts(), "leader", 1, now=at(date(2026, 12, 14)))
    assert moved == Wait(at(date(2026, 12, 15)))
    assert digests.move_on(facts(), "leader", 1, now=at(date(2026, 12, 18))) == Skip(SkipReason.BUDGET)
