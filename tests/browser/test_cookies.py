"""Browsers that keep cookies out: some of them, or all."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.browser import chromium, classroom, looking
from tests.browser.classroom import heading, make_plan, press
from tests.browser.conftest import Strict
from tests.browser.watch import Watch
from tests.web.campus import Campus

pytestmark = pytest.mark.browser

AT_THE_DOOR = "Nog één klik"


def test_a_browser_that_keeps_only_partitioned_cookies_opens_the_frame(tab: Page, campus: Campus) -> None:
    campus.place()
    classroom.sign_in(tab, campus)
    tool = classroom.open_in_frame(tab, campus)
    press(tool, "Nu beginnen")
    heading(tool, "Eén klus om mee te beginnen").wait_for()

    tool.evaluate("document.cookie = 'plain=1; Secure; SameSite=None'")
    tool.evaluate("document.cookie = 'divided=1; Secure; SameSite=None; Partitioned'")

    assert tool.evaluate("document.cookie") == "divided=1"


def test_a_browser_that_keeps_all_cookies_opens_the_frame(
    playwright: Playwright, campus: Campus, watch: Watch, tmp_path: Path
) -> None:
    campus.place()
    profile = chromium.launch_keeping_all_cookies(playwright, tmp_path / "profile")
    profile.set_default_timeout(chromium.PATIENCE)
    watch.over(profile)
    tab = profile.new_page()
    classroom.sign_in(tab, campus)

    tool = classroom.open_in_frame(tab, campus)
    press(tool, "Nu beginnen")
    heading(tool, "Eén klus om mee te beginnen").wait_for()
    tool.evaluate("document.cookie = 'plain=1; Secure; SameSite=None'")

    assert tool.evaluate("document.cookie") == "plain=1"
    profile.close()


def test_a_frame_without_cookies_offers_a_new_tab_in_which_the_same_login_holds(
    strict: Strict, campus: Campus
) -> None:
    campus.place()
    tab = strict(campus.lms.url)
    tool = classroom.open_in_frame(tab, campus, title=AT_THE_DOOR)
    tool.evaluate("document.cookie = 'divided=1; Secure; SameSite=None; Partitioned'")
    kept, barriers = tool.evaluate("document.cookie"), looking.barriers(tool)

    with tab.expect_popup() as opened:
        press(tool, "Open in nieuw tabblad")
    make_plan(opened.value)

    assert (kept, barriers) == ("", [])
    expect(tool.get_by_role("button", name="Open in nieuw tabblad")).to_be_visible()
    assert opened.value.url.startswith(f"{campus.tool}/v/")


def test_a_browser_that_keeps_no_cookie_at_all_is_told_what_to_do(strict: Strict, campus: Campus) -> None:
    campus.place()
    tab = strict("*")
    tool = classroom.open_in_frame(tab, campus, title=AT_THE_DOOR)

    with tab.expect_popup() as opened:
        press(tool, "Open in nieuw tabblad")

    heading(opened.value, "Uw browser houdt Beklijf tegen").wait_for()
    assert looking.barriers(opened.value) == []
