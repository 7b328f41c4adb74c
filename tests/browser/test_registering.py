"""An administrator connects the tool in a real browser, in the window of an LMS."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page

from demo_lms.running import RunningPlatform
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import invites
from lti_tool.services.invites import NewInvite
from tests.browser.watch import Watch
from tests.web.campus import Stage

pytestmark = pytest.mark.browser


@pytest.fixture
def empty_lms(campus: object, stage: tuple[Stage, str]) -> Iterator[RunningPlatform]:
    """An LMS that does not have the tool yet."""
    with RunningPlatform(stage[1], is_installed=False) as running:
        yield running


@pytest.fixture
def tab(browser: Browser, stage: tuple[Stage, str], empty_lms: RunningPlatform) -> Iterator[Page]:
    """A tab of the administrator; it asks nothing of anybody but the tool and this LMS."""
    watch = Watch((stage[1], empty_lms.url))
    with browser.new_context(locale="nl-NL") as context:
        watch.over(context)
        yield context.new_page()
    watch.require_peace()


def test_the_window_closes_on_a_press_and_the_list_shows_what_came(
    tab: Page, work: Workplace, stage: tuple[Stage, str], empty_lms: RunningPlatform
) -> None:
    with work.sessions.begin() as session:
        _, token = invites.make(session, NewInvite(None, False), datetime.now(UTC))
    tab.goto(empty_lms.url)
    tab.get_by_role("button", name="Beheer").click()
    tab.get_by_role("link", name="Externe tools").click()
    tab.get_by_label("Tool-URL").fill(f"{stage[1]}/lti/register?invite={token}")
    tab.get_by_role("button", name="Tool toevoegen").click()
    page = tab.frame_locator("#tool")

    page.get_by_role("button", name="Beklijf koppelen").click()
    page.get_by_role("heading", name="Beklijf is gekoppeld").wait_for()
    page.get_by_role("button", name="Venster sluiten").click()

    tab.wait_for_url("**/tools")
    assert tab.get_by_text("Wacht tot u de tool activeert.").is_visible()
