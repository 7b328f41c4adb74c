"""Browsers that keep no partitioned cookies, such as some Safaris: the frame asks for the cookie of a tab.

Chromium plays them: what the tool sets loses the word by which Chromium would keep it apart in a frame.
"""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Frame, Page, expect

from lti_tool.models.visits import Proof, Visit
from tests.browser import classroom, looking
from tests.browser.classroom import heading, make_plan, press
from tests.browser.watch import Watch
from tests.web.campus import Campus, Stage

pytestmark = pytest.mark.browser

AT_THE_DOOR = "Nog één klik"


@pytest.fixture
def tab(context: BrowserContext, campus: Campus, stage: tuple[Stage, str]) -> Page:
    """A learner's, in a browser that does not know of partitioned cookies."""
    show, app = stage[0], campus.app

    def without_partitions(environ: Any, start_response: Any) -> Any:
        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            kept = [(name, value.replace("; Partitioned", "")) for name, value in headers]
            return start_response(status, kept, *more)

        return app(environ, start)

    show.app = without_partitions  # type: ignore[assignment]
    campus.place()
    tab = context.new_page()
    classroom.sign_in(tab, campus)
    return tab


def visit_in_a_tab(tab: Page, tool: Frame) -> None:
    """What gives the browser a cookie of the tool, and shows it that its reader wants the tool."""
    with tab.expect_popup() as opened:
        press(tool, "Open in nieuw tabblad")
    heading(opened.value, "Doorvragen aan het loket").click()
    opened.value.close()


def test_after_a_visit_in_a_tab_the_frame_may_go_on_with_its_cookie(
    tab: Page, context: BrowserContext, campus: Campus, watch: Watch
) -> None:
    tool = classroom.open_in_frame(tab, campus, title=AT_THE_DOOR)
    visit_in_a_tab(tab, tool)
    barriers = looking.barriers(tool)
    context.grant_permissions(["storage-access"])

    tool = classroom.open_in_frame(tab, campus, title=AT_THE_DOOR)
    press(tool, "Doorgaan in dit venster")
    heading(tool, "Open het opnieuw vanuit uw leeromgeving").wait_for()
    press(tool, "Doorgaan in dit venster")
    make_plan(tool)
    context.clear_permissions()

    assert barriers == []
    assert {visit.proof for visit in campus.all(Visit)} == {Proof.COOKIE}
    assert all("400" in error for error in watch.take())  # the launch that came without it


def test_where_it_is_not_allowed_the_new_tab_is_still_there(tab: Page, campus: Campus, watch: Watch) -> None:
    tool = classroom.open_in_frame(tab, campus, title=AT_THE_DOOR)
    expect(tool.get_by_role("button")).to_have_count(1)
    visit_in_a_tab(tab, tool)

    press(tool, "Doorgaan in dit venster")
    tool.get_by_text("Uw browser staat het hier niet toe").wait_for()

    assert looking.barriers(tool) == []
    expect(tool.get_by_role("button", name="Open in nieuw tabblad")).to_be_visible()
    assert all("requestStorageAccess" in error for error in watch.take())
