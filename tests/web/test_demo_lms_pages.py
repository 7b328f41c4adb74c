"""From the pages of the demo LMS: its gradebook, its page about data, and its switch for guests."""

import re
from dataclasses import replace

import pytest

from lti_tool.models.people import Person
from lti_tool.models.platforms import Platform
from tests.web.campus import LOOK_BACK, TRAINER, write

SANNE = "1041"


def heading(page):
    return re.search(r"<h1[^>]*>([^<]*)", page.text)[1]


@pytest.fixture
def sanne(campus):
    """A learner who did what the activity asks."""
    campus.place()
    browser, page = campus.open("sanne")
    return browser, write(browser, page)


@pytest.fixture
def guests(campus):
    """The LMS does not say who its learners are, while this test runs."""
    platform = campus.lms.platform
    before, platform.switches = platform.switches, replace(platform.switches, guests=True)
    yield
    platform.switches = before


def test_a_trainer_opens_a_result_from_the_gradebook(campus, sanne):
    browser = campus.sign_in(TRAINER)
    results = browser.visit("/courses/311/results")

    page = browser.open_tool(browser.open(results, f"{LOOK_BACK}?for={SANNE}"))

    assert (page.status, heading(page)) == (200, "Sanne de Wit")


def test_a_learner_opens_the_own_result_and_is_offered_no_other(sanne):
    browser, _ = sanne
    results = browser.visit("/courses/311/results")

    page = browser.open_tool(browser.open(results, f"{LOOK_BACK}?for={SANNE}"))

    assert {link.url.rpartition("=")[2] for link in results.document.links if "?for=" in link.url} == {SANNE}
    assert "vraag ik eerst door" in page.text
    assert browser.visit(f"/activities/{LOOK_BACK}?for=1042").status == 403


def test_everybody_asks_the_lms_what_is_kept_of_them(sanne):
    browser, _ = sanne

    page = browser.open_tool(browser.open(browser.visit("/privacy"), "/privacy/open"))

    assert heading(page) == "Wat Beklijf van u bewaart"
    assert browser.visit("/privacy/open?for=1042").status == 403


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Van Sanne de Wit", "Wat Beklijf van iemand bewaart"),
        ("Van mensen in het algemeen", "Wat Beklijf van mensen bewaart"),
    ],
)
def test_an_administrator_asks_about_somebody_or_in_general(campus, sanne, text, title):
    browser = campus.sign_in("beheer")

    page = browser.open_tool(browser.follow(browser.visit("/privacy"), text))

    assert (page.status, heading(page)) == (200, title)
    assert "beheer" not in {one.sub for one in campus.all(Person)}


def test_a_guest_is_refused_until_the_registration_lets_guests_in(campus, guests):
    campus.place()

    refused = campus.open("sanne")[1]
    with campus.work.sessions.begin() as session:
        session.get_one(Platform, campus.platform.id).allow_anonymous = True
    opened, trainer = campus.open("sanne")[1], campus.open(TRAINER)[1]

    assert (refused.status, opened.status) == (400, 200)
    assert "Vragen om over na te denken" in opened.text
    assert "Ineke van Dalen" in trainer.text
