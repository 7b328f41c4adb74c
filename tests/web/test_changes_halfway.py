"""Answers changed after a submit, and left halfway: the first page says where they are."""

import re

import pytest

from tests.web.campus import LOOK_BACK, PREPARE, write

HALFWAY = "Wat u schreef, is bewaard. Het staat nog niet in uw plan."


@pytest.fixture
def sanne(campus):
    """Sanne, whose plan is made: her browser."""
    campus.place()
    browser, page = campus.open("sanne")
    write(browser, page)
    return browser


def leave_halfway(browser, home):
    """Changes the sentence on step 2 and saves that for later; the page after it."""
    page = browser.submit(browser.open(home, "/reflect/"), having="later")
    later = next(button.text for button in page.form("later").buttons if button.name == "later")
    return browser.submit(page, {"post.if_then": "de brief klaar is"}, button=later)


def test_a_change_that_is_saved_for_later_is_not_in_the_plan_and_the_page_says_so(sanne):
    home = leave_halfway(sanne, sanne.launch(LOOK_BACK))

    assert "een inwoner belt" in home.text
    assert "de brief klaar is" not in home.text
    assert HALFWAY in home.text
    assert "stap 2 van 5" in home.text
    assert "Uw plan is bewaard" not in home.text


def test_going_on_leads_to_the_step_that_was_left_and_finishing_puts_it_in_the_plan(sanne):
    leave_halfway(sanne, sanne.launch(LOOK_BACK))

    page = sanne.open(sanne.launch(LOOK_BACK), "/reflect/")
    assert page.url.endswith("/reflect/plan/2")
    while "/reflect/" in page.url:
        page = sanne.submit(page, having="later")

    assert "de brief klaar is" in page.text
    assert HALFWAY not in page.text
    assert "Uw plan is bewaard" in page.text


def test_who_changes_nothing_is_told_of_no_change(sanne):
    assert HALFWAY not in sanne.launch(LOOK_BACK).text


def test_a_preparation_that_is_changed_halfway_can_be_gone_on_with(campus):
    campus.place(PREPARE, instrument="pre")
    browser, page = campus.open("sanne", PREPARE)
    home = write(browser, page)

    page = browser.submit(browser.open(home, "/reflect/"), having="later")

    assert "/reflect/" in page.url
    home = browser.launch(PREPARE).text
    assert re.search(r'id="next">Voorbereiden</h2>\s*<p[^>]*>U bent bij stap \d van \d', home)
    assert "Verdergaan" in home
