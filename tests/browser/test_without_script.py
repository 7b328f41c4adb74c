"""Everything without script: the LMS's own forms have a button for that too."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from lti_tool.models.plans import Plan
from lti_tool.models.reflections import Reflection, ReflectionStatus
from tests.browser import chromium, classroom
from tests.browser.classroom import field, go_on, heading, make_plan, press
from tests.browser.watch import Watch
from tests.web.campus import LOOK_BACK, PREPARE, Campus

pytestmark = pytest.mark.browser


@pytest.fixture
def context(browser: Browser, watch: Watch) -> Iterator[BrowserContext]:
    """A browser profile that runs no script."""
    context = browser.new_context(locale="nl-NL", java_script_enabled=False)
    context.set_default_timeout(chromium.PATIENCE)
    watch.over(context)
    yield context
    context.close()


def open_activity(tab: Page, campus: Campus, link_id: str, name: str = classroom.LEARNER) -> None:
    """Presses the buttons that a script would have pressed, until the tool is there."""
    classroom.sign_in(tab, campus, name)
    tab.goto(f"{campus.lms.url}/activities/{link_id}/start?target=window")
    press(tab, "Open de activiteit")
    while not tab.url.startswith(f"{campus.tool}/v/"):
        press(tab, "Ga verder")
        tab.wait_for_load_state()


def test_a_learner_prepares(tab: Page, campus: Campus) -> None:
    campus.place(PREPARE, instrument="pre")
    open_activity(tab, campus, PREPARE)

    press(tab, "Nu beginnen")
    field(tab, "Wat wilt u straks anders doen").fill("Rustig doorvragen")
    press(tab, "Bewaren voor later")
    press(tab, "Verdergaan")
    expect(field(tab, "Wat wilt u straks anders doen")).to_have_value("Rustig doorvragen")
    for _ in range(2):
        go_on(tab)
    press(tab, "Bewaren en afronden")

    tab.get_by_role("heading", name="Uw voorbereiding is bewaard").wait_for()
    assert campus.only(Reflection).status is ReflectionStatus.SUBMITTED


def test_a_learner_makes_a_plan_and_says_how_it_goes(tab: Page, campus: Campus) -> None:
    campus.place()
    open_activity(tab, campus, LOOK_BACK)

    make_plan(tab)
    expect(tab.get_by_role("button", name="Plan afdrukken")).to_be_hidden()
    press(tab, "Vertel hoe het gaat")
    tab.get_by_label("Gedaan", exact=True).check()
    press(tab, "Antwoord bewaren")
    tab.wait_for_url("**/check-in/brought")
    press(tab, "Dit overslaan")
    tab.wait_for_url("**/check-in/thanks")

    assert campus.only(Plan).status == "used"


def test_what_does_not_fit_is_said_and_kept(tab: Page, campus: Campus) -> None:
    campus.place()
    open_activity(tab, campus, LOOK_BACK)
    press(tab, "Nu beginnen")
    too_long = "het gesprek aan het loket " * 10

    field(tab, "Welke klus").fill(too_long)
    press(tab, "Bewaren en verder")

    tab.get_by_role("heading", name="Kijk nog even naar 1 antwoord").wait_for()
    expect(field(tab, "Welke klus")).to_have_value(too_long.strip())
    tab.get_by_text("259 van 200 tekens").wait_for()


def test_the_other_language_is_a_button(tab: Page, campus: Campus) -> None:
    campus.place()
    open_activity(tab, campus, LOOK_BACK)

    press(tab, "English")

    heading(tab, "Doorvragen aan het loket").wait_for()
    expect(tab.get_by_role("link", name="Start now")).to_be_visible()


def test_a_trainer_sets_up(tab: Page, campus: Campus) -> None:
    open_activity(tab, campus, LOOK_BACK, "Ineke van Dalen")

    press(tab, "Kalender bekijken")
    press(tab, "Mails aanzetten")

    tab.get_by_role("heading", name="Mails die nog komen").wait_for()
