"""When a group is counted."""

from datetime import date

from lti_tool.domain import digests, snapshots
from lti_tool.domain.digests import DigestFacts, DigestStep
from lti_tool.domain.snapshots import Group, Moment
from lti_tool.domain.workdays import WorkCalendar
from tests.factories import ENDED_ON, at

CALENDAR = WorkCalendar()
ZONE = "Europe/Amsterdam"


def slots(**more):
    found = snapshots.slots(Group(ENDED_ON, CALENDAR, ZONE, **more))
    return {(slot.moment, slot.number): slot for slot in found}


def days(**more):
    return {name: slot.due_on for name, slot in slots(**more).items()}


def test_plans_are_counted_when_the_cards_about_them_go():
    facts = DigestFacts(ENDED_ON, CALENDAR, ZONE, snapshots.ALWAYS, (DigestStep.LEADER, DigestStep.CLOSED))

    cards = {place.step.value: place.due_at for place in digests.places(facts)}

    assert {name.value: slot.due_at for (name, _), slot in slots().items() if name in cards} == cards


def test_answers_are_counted_once_the_last_letter_may_have_been_answered():
    assert days()[Moment.HARVEST, 0] == date(2027, 1, 18)


def test_a_look_back_is_counted_on_the_working_day_before_the_next_meeting():
    monday, next_monday = date(2026, 11, 16), date(2026, 11, 23)

    found = days(meetings=(monday, next_monday, ENDED_ON), looked_back={1})

    assert found[Moment.MEETING, 1] == date(2026, 11, 20)


def test_between_two_meetings_on_end_it_is_counted_on_the_morning_of_the_second():
    found = days(meetings=(date(2026, 11, 17), date(2026, 11, 18)), looked_back={1})

    assert found[Moment.MEETING, 1] == date(2026, 11, 18)


def test_a_look_back_on_the_last_meeting_is_counted_within_a_week():
    assert days(meetings=(ENDED_ON,), looked_back={1})[Moment.MEETING, 1] == date(2026, 12, 10)


def test_a_look_back_on_a_meeting_that_there_is_not_is_not_counted():
    assert (Moment.MEETING, 3) not in days(meetings=(ENDED_ON,), looked_back={3})


def test_a_moment_that_was_slept_through_is_made_up_for_until_its_last_day():
    harvest = slots()[Moment.HARVEST, 0]

    assert not harvest.is_due(at(date(2027, 1, 18), 9, 0).calendar, ZONE)
    assert harvest.is_due(at(date(2027, 1, 18)).calendar, ZONE)
    assert harvest.is_due(at(date(2027, 1, 31)).calendar, ZONE)
    assert not harvest.is_due(at(date(2027, 2, 1)).calendar, ZONE)
