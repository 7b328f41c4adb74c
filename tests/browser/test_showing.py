"""Somebody shows a part of a plan to a team and takes it back: with the keys alone, and without script."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page, expect

from lti_tool.models.releases import Release
from tests.browser import classroom
from tests.browser.classroom import heading, press, tab_to
from tests.web.campus import LOOK_BACK, Campus, write

pytestmark = pytest.mark.browser

PART = "Mijn plan in één zin"
SAVED = "Bewaard. Uw team leest wat hier is aangevinkt."


@pytest.fixture
def planned(campus: Campus) -> Campus:
    """A training in which the learner has a plan."""
    campus.place()
    write(*campus.open("sanne"))
    return campus


@pytest.fixture
def scriptless(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="nl-NL", java_script_enabled=False)
    yield context
    context.close()


def enter(tab: Page, tool: Frame, role: str, name: str) -> None:
    """Walks to a link or a button, and presses Enter where its focus can be seen."""
    aim = tool.get_by_role(role, name=name)  # type: ignore[arg-type]
    tab_to(tab, aim)
    assert aim.evaluate("one => getComputedStyle(one).outlineStyle") != "none"
    tab.keyboard.press("Enter")


def turn(tab: Page, tool: Frame) -> None:
    """Changes the tick of the part, and saves; the focus then stands where the page says so."""
    tab_to(tab, tool.get_by_role("checkbox", name=PART))
    tab.keyboard.press("Space")
    enter(tab, tool, "button", "Keuze bewaren")
    expect(tool.get_by_role("status").filter(has_text=SAVED)).to_be_focused()


def test_with_the_keys_alone(tab: Page, planned: Campus) -> None:
    classroom.sign_in(tab, planned)
    tool = classroom.open_in_frame(tab, planned)
    enter(tab, tool, "link", "Bekijk het hele plan")
    heading(tool, "Mijn plan").wait_for()
    enter(tab, tool, "link", "Kies wat uw team leest")
    heading(tool, "Wat uw team leest").wait_for()

    turn(tab, tool)
    expect(tool.get_by_role("checkbox", name=PART)).to_be_checked()
    shown = [one.item for one in planned.all(Release)]
    turn(tab, tool)
    expect(tool.get_by_role("checkbox", name=PART)).not_to_be_checked()

    assert (shown, planned.all(Release)) == (["plan"], [])


def test_without_script(scriptless: BrowserContext, planned: Campus) -> None:
    tab = scriptless.new_page()
    classroom.sign_in(tab, planned)
    tab.goto(f"{planned.lms.url}/activities/{LOOK_BACK}/start?target=window")
    press(tab, "Open de activiteit")
    while not tab.url.startswith(f"{planned.tool}/v/"):
        press(tab, "Ga verder")
        tab.wait_for_load_state()
    press(tab, "Bekijk het hele plan")
    press(tab, "Kies wat uw team leest")

    tab.get_by_label(PART).check()
    press(tab, "Keuze bewaren")
    tab.get_by_text(SAVED).wait_for()
    press(tab, "Kijk wat uw team laat zien")

    expect(tab.get_by_role("region", name="U", exact=True)).to_contain_text("vraag ik eerst door")
