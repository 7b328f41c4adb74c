"""The line of who takes a training at their own pace."""

from datetime import date, timedelta

from lti_tool.domain import timelines
from lti_tool.domain.paces import Pace
from lti_tool.domain.timelines import Kind, Way
from lti_tool.services.tracks import Dates

OPENS, LAST = date(2026, 11, 2), date(2026, 12, 4)
WEEK = timedelta(days=7)


def kinds(moments):
    return [moment.kind for moment in moments]


def test_nobody_meets_in_a_training_at_ones_own_pace():
    dates = Dates(OPENS, LAST, pace=Pace.OWN)

    assert dates.meetings == (OPENS,)


def test_who_did_not_finish_yet_has_no_two_weeks_on_the_line():
    way = Way((OPENS,), LAST, LAST + 2 * WEEK, pace=Pace.OWN)

    line = timelines.draw(way, OPENS + WEEK)

    assert kinds(line.was) == [Kind.OPENS]
    assert kinds(line.comes) == [Kind.LAST_DAY]


def test_who_finished_today_reads_so_and_sees_the_end_of_their_own_two_weeks():
    today = OPENS + WEEK
    way = Way((OPENS,), today, today + 2 * WEEK, pace=Pace.OWN, has_finished=True)

    line = timelines.draw(way, today)

    assert kinds(line.was) == [Kind.OPENS, Kind.FINISHED]
    assert kinds(line.comes) == [Kind.WINDOW]
