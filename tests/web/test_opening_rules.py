"""From when an item can be opened: at once, unless its trainer chose its own day."""

from datetime import timedelta

import pytest

from lti_tool.domain.openings import Opening
from lti_tool.domain.paces import Pace
from lti_tool.models.activities import Activity
from lti_tool.models.people import Person
from lti_tool.models.reflections import Reflection
from tests.factories import ENDED_ON
from tests.web.campus import ASSISTANT, TRAINER, write

STUDENT = "http://purl.imsglobal.org/vocab/lti/system/person#TestUser"
WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def today(campus):
    campus.go_to(ENDED_ON, 10)
    return ENDED_ON


def wait_for_its_day(campus):
    """The trainer chooses that the item opens on its own day, from the settings."""
    browser, page = campus.open(TRAINER)
    asked = browser.open(browser.open(page, "/settings"), "/opening")
    return browser.submit(asked, {"opens": "on_its_day"}, having="opens")


def test_unless_a_trainer_says_otherwise_nobody_has_to_wait(campus, today):
    campus.place(ends_on=today + WEEK)
    browser, page = campus.open("sanne")

    write(browser, page)

    assert campus.only(Reflection).submitted_at is not None


def test_who_comes_too_early_reads_when_it_opens_and_can_write_on_that_day(campus, today):
    campus.place(ends_on=today + WEEK)
    saved = wait_for_its_day(campus)
    browser, page = campus.open("sanne")

    early = browser.open(page, "/reflect/")
    campus.go_to(today + WEEK, 10)
    browser, page = campus.open("sanne")
    open_now = browser.open(page, "/reflect/")

    assert "notice=opening" in saved.url
    assert campus.only(Activity).opens is Opening.ON_ITS_DAY
    assert "Dit gaat open op vrijdag 11 december" in early.text
    assert open_now.has_form("later")


def test_who_had_begun_goes_on(campus, today):
    campus.place(ends_on=today + WEEK)
    browser, page = campus.open("sanne")
    step = browser.open(page, "/reflect/")
    home = browser.submit(step, {"post.task": "de brief"}, having="later", button="Bewaren voor later")
    wait_for_its_day(campus)

    again = browser.open(home, "/reflect/")

    assert "de brief" in again.text


def test_at_ones_own_pace_an_item_has_no_day_of_its_own(campus, today):
    where = campus.place(starts_on=today, ends_on=today + WEEK, pace=Pace.OWN)
    browser, page = campus.open(TRAINER)
    url = f"{page.url}items/{where.activity.id}/opening"

    answer = campus.http.get(url, headers=campus.cookie_of(browser))

    assert answer.status_code == 404


def test_who_may_only_look_does_not_choose_it(campus, today):
    where = campus.place()
    browser, page = campus.open(TRAINER, roles=[ASSISTANT])
    url = f"{page.url}items/{where.activity.id}/opening"

    answer = campus.http.post(url, data={"opens": "on_its_day"}, headers=campus.cookie_of(browser))

    assert answer.status_code in (403, 404)
    assert campus.only(Activity).opens is Opening.AT_ONCE


def test_a_pretended_learner_of_the_lms_waits_like_any_other(campus, today):
    campus.place(ends_on=today + WEEK)
    wait_for_its_day(campus)

    browser, page = campus.open("sanne", roles=["Learner", STUDENT])
    early = browser.open(page, "/reflect/")

    assert [each.is_test for each in campus.all(Person)].count(True) == 1
    assert "Dit gaat open op vrijdag 11 december" in early.text


def test_a_trainer_who_looks_as_a_learner_does_not_wait(campus, today):
    campus.place(ends_on=today + WEEK)
    wait_for_its_day(campus)
    browser, home = campus.open(TRAINER)

    looking = browser.submit(home, button="Bekijken als deelnemer")

    assert browser.open(looking, "/reflect/").has_form("later")
