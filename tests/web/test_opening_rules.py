"""From when an item can be opened: at once, unless its trainer chose its own day."""

from datetime import timedelta

import pytest

from lti_tool.domain.openings import Opening
from lti_tool.domain.paces import Pace
from lti_tool.models.activities import Activity
from lti_tool.models.people import Person
from lti_tool.models.reflections import Reflection
from tests.factories import ENDED_ON
from tests.web.campus import ASSISTANT, LOOK_BACK, PREPARE, TRAINER, write

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


def ask_to_begin(campus, browser, page):
    """Goes to the first step by its address, as who kept it does."""
    return campus.http.get(f"{page.url}reflect/plan/1", headers=campus.cookie_of(browser))


def test_unless_a_trainer_says_otherwise_nobody_has_to_wait(campus, today):
    campus.place(ends_on=today + WEEK)
    browser, page = campus.open("sanne")

    write(browser, page)

    assert campus.only(Reflection).submitted_at is not None


def test_who_comes_too_early_reads_when_it_opens_and_can_write_on_that_day(campus, today):
    campus.place(ends_on=today + WEEK)
    saved = wait_for_its_day(campus)
    browser, page = campus.open("sanne")

    early = ask_to_begin(campus, browser, page)
    campus.go_to(today + WEEK, 10)
    browser, page = campus.open("sanne")
    open_now = browser.open(page, "/reflect/")

    assert "notice=opening" in saved.url
    assert campus.only(Activity).opens is Opening.ON_ITS_DAY
    assert "Dit gaat open op vrijdag 11 december" in early.text
    assert open_now.has_form("later")


@pytest.mark.parametrize("pace", [Pace.TOGETHER, Pace.AT_WORK])
def test_a_first_page_says_when_an_item_opens_and_offers_no_way_in(campus, today, pace):
    campus.place(ends_on=today + WEEK, pace=pace)
    wait_for_its_day(campus)

    _, page = campus.open("sanne")

    assert "vrijdag 11 december" in page.text
    assert "Maak het dan nu" not in page.text
    assert "/reflect/" not in page.text


def test_a_first_page_of_looking_back_on_a_session_offers_no_way_in_before_it(campus, today):
    campus.place(instrument="mid", starts_on=today + WEEK, ends_on=today + 2 * WEEK)
    wait_for_its_day(campus)

    _, page = campus.open("sanne")

    assert "Uw bijeenkomst is op vrijdag 11 december. Daarna kijkt u hier terug." in page.text
    assert "/reflect/" not in page.text


def test_a_plan_that_opens_later_is_offered_on_no_other_page(campus, today):
    campus.place(PREPARE, instrument="pre", ends_on=today + WEEK)
    campus.place(LOOK_BACK)
    wait_for_its_day(campus)
    browser, page = campus.open("sanne", PREPARE)

    plan = browser.open(page, "/plan")
    journey = browser.open(page, "/journey")

    assert "Vanaf vrijdag 11 december maakt u die hier." in plan.text
    assert "/reflect/plan/" not in plan.text + journey.text


def test_on_its_day_a_first_page_offers_to_begin(campus, today):
    campus.place(ends_on=today + WEEK)
    wait_for_its_day(campus)
    campus.go_to(today + WEEK, 10)

    _, page = campus.open("sanne")

    assert "Nu beginnen" in page.text


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
    early = ask_to_begin(campus, browser, page)

    assert [each.is_test for each in campus.all(Person)].count(True) == 1
    assert "Dit gaat open op vrijdag 11 december" in early.text


def test_a_trainer_who_looks_as_a_learner_does_not_wait(campus, today):
    campus.place(ends_on=today + WEEK)
    wait_for_its_day(campus)
    browser, home = campus.open(TRAINER)

    looking = browser.submit(home, button="Bekijken als deelnemer")

    assert browser.open(looking, "/reflect/").has_form("later")
