"""The days of a plan as a file: which days, and nothing of what was written."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from lti_tool.models.plans import Plan
from tests.web.campus import LOOK_BACK, PREPARE, TRAINER, write
from tests.web.planning import asking, place


@pytest.fixture
def training(campus):
    return place(campus)


def plan(training, **days):
    """A learner with a plan who chose these days too; what they ask of the tool."""
    browser, page = training.open("sanne", PREPARE)
    said = {name.replace("__", "."): day.isoformat() for name, day in days.items()}
    write(browser, page, {"pre.goal": "zebradoel", "pre.task": "zebraklus", **said})
    write(browser, browser.launch(LOOK_BACK))
    return asking(training, browser)


def entries(answer):
    return {str(each["summary"]): each for each in Calendar.from_ical(answer.content).walk("VEVENT")}


def test_it_holds_the_days_that_were_chosen_as_whole_days(training):
    talk_on = training.today + timedelta(days=3)
    ask = plan(training, pre__leader_talk_on=talk_on)

    answer = ask("plan.ics")

    found = entries(answer)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert found["Gesprek met uw leidinggevende"].start == talk_on
    assert found["Eigen dag"].start == training.only(Plan).own_on
    assert len(found) == 2


def test_it_holds_nothing_that_was_written(training):
    text = plan(training)("plan.ics").text

    assert "zebra" not in text
    assert "inwoner" not in text


def test_a_day_that_moved_moves_in_a_calendar_that_took_it_before(training):
    talk_on = training.today + timedelta(days=3)
    ask = plan(training, pre__leader_talk_on=talk_on)
    before = entries(ask("plan.ics"))["Gesprek met uw leidinggevende"]

    ask("reflect/short/3", **{"pre.leader_talk_on": (talk_on + timedelta(days=1)).isoformat()})

    after = entries(ask("plan.ics"))["Gesprek met uw leidinggevende"]
    assert (after["uid"], after.start) == (before["uid"], talk_on + timedelta(days=1))


def test_without_a_day_there_is_no_file_and_no_link_to_it(training):
    ask = asking(training, training.sign_in("youssef"))

    assert ask("plan.ics").status_code == 404
    assert "plan.ics" not in ask("plan").text


def test_a_trainer_has_no_days(training):
    assert asking(training, training.sign_in(TRAINER))("plan.ics").status_code == 403
