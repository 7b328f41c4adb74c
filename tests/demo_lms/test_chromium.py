"""The same launch in a real browser, scripts and all: the plain browser's rules are no invention."""

import smtplib

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from demo_lms.running import RunningPlatform
from tests.demo_lms.fake_tool import FakeTool

pytestmark = pytest.mark.browser


def open_activity(tab: Page, lms: RunningPlatform) -> None:
    tab.goto(lms.url)
    tab.get_by_role("button", name="Sanne de Wit").click()
    tab.goto(f"{lms.url}/activities/3111")


def test_an_activity_launches_by_itself_inside_the_frame(
    tab: Page, lms: RunningPlatform, tool: FakeTool
) -> None:
    open_activity(tab, lms)

    tab.frame_locator("#tool").get_by_role("heading", name="Launched: here").wait_for()

    assert tool.launches[0].keys() == {"id_token", "state"}
    assert lms.platform.complaints.all() == []


def test_a_cookie_that_chromium_holds_back_comes_along_after_all(
    tab: Page, lms: RunningPlatform, tool: FakeTool
) -> None:
    tool.pauses = True
    open_activity(tab, lms)

    tab.frame_locator("#tool").get_by_role("button", name="Go on").click()
    tab.frame_locator("#tool").get_by_role("heading", name="Launched: here").wait_for()

    assert "id_token" in tool.launches[0]


def test_an_activity_launches_in_a_tab_of_its_own(tab: Page, lms: RunningPlatform, tool: FakeTool) -> None:
    open_activity(tab, lms)
    tab.frame_locator("#tool").get_by_role("heading").wait_for()

    with tab.expect_popup() as opened:
        tab.get_by_role("link", name="Open deze activiteit in een nieuw tabblad").click()
    opened.value.get_by_role("heading", name="Launched: here").wait_for()

    assert len(tool.launches) == 2


def test_the_frame_grows_when_the_tool_asks_and_for_nobody_else(
    tab: Page, lms: RunningPlatform, tool: FakeTool
) -> None:
    open_activity(tab, lms)
    frame = tab.frame_locator("#tool")
    frame.get_by_role("heading").wait_for()
    ask = "(height) => parent.postMessage({subject: 'lti.frameResize', height}, '*')"

    tab.evaluate("window.postMessage({subject: 'lti.frameResize', height: 3000}, '*')")
    frame.locator("h1").evaluate(ask.replace("(height)", "(_, height)"), 1900)
    tab.wait_for_function("document.getElementById('tool').clientHeight === 1900")


def test_a_link_in_a_letter_opens_in_the_tab_itself(tab: Page, lms: RunningPlatform, tool: FakeTool) -> None:
    link = f'<a href="{tool.url}/lti/jwks.json">Gedaan</a>'
    body = f'<html><head></head><body style="color: red">{link}</body></html>'
    source = f"Subject: Vandaag\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{body}\r\n"
    with smtplib.SMTP("127.0.0.1", lms.smtp.port) as connection:
        connection.sendmail("beklijf@gemeente.example", ["sanne.dewit@gemeente.example"], source)
    tab.goto(f"{lms.url}/mail/1")
    letter = tab.frame_locator("iframe.letter")
    colour = letter.locator("body").evaluate("body => getComputedStyle(body).color")

    letter.get_by_role("link", name="Gedaan").click()
    tab.wait_for_url(f"{tool.url}/lti/jwks.json")

    assert colour == "rgb(255, 0, 0)"


PAGES = ("/", "/courses", "/courses/311", "/courses/311/results", "/mail", "/clock", "/switches", "/nowhere")


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_is_wider_than_the_screen(tab: Page, lms: RunningPlatform, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    open_activity(tab, lms)

    widths = {}
    for path in PAGES:
        tab.goto(lms.url + path)
        widths[path] = tab.evaluate("document.documentElement.scrollWidth")

    assert {path: found for path, found in widths.items() if found > width} == {}


def test_on_a_phone_each_result_stands_whole_under_the_name_of_its_column(
    tab: Page, lms: RunningPlatform
) -> None:
    tab.set_viewport_size({"width": 360, "height": 740})
    open_activity(tab, lms)
    tab.goto(f"{lms.url}/courses/311/results")

    boxes = [cell.bounding_box() for cell in tab.get_by_role("cell").all()]
    told = tab.get_by_role("cell").nth(1).evaluate("one => getComputedStyle(one, '::before').content")

    assert len(boxes) == 2
    assert all(box is not None and box["x"] >= 0 and box["x"] + box["width"] <= 360 for box in boxes)
    assert told == '"Terugkijken en plan maken: Doorvragen aan het loket"'
    assert tab.get_by_role("rowheader", name="Sanne de Wit").is_visible()


@pytest.mark.parametrize(("width", "most"), [(1280, 70), (360, 180)])
def test_the_head_of_an_administrator_takes_one_line_and_little_of_a_phone(
    tab: Page, lms: RunningPlatform, width: int, most: int
) -> None:
    tab.set_viewport_size({"width": width, "height": 740})
    tab.goto(lms.url)
    tab.get_by_role("button", name="Beheer Leerhuis").click()
    tab.wait_for_url("**/tools")

    head = tab.get_by_role("banner").bounding_box()

    assert head is not None
    assert head["height"] <= most
    assert tab.get_by_role("link", name="Externe tools").get_attribute("aria-current") == "page"


@pytest.mark.parametrize("path", ["/tools", "/tools/new", "/tools?changed=leerhuis-beklijf"])
def test_the_pages_of_an_administrator_fit_a_phone_and_have_no_barrier(
    tab: Page, lms: RunningPlatform, path: str
) -> None:
    tab.set_viewport_size({"width": 360, "height": 740})
    tab.goto(lms.url)
    tab.get_by_role("button", name="Beheer Leerhuis").click()
    tab.wait_for_url("**/tools")
    tab.goto(lms.url + path)

    assert tab.get_by_role("heading", level=1).inner_text() == "Externe tools"
    assert tab.evaluate("document.documentElement.scrollWidth") == 360
    assert Axe().run(tab).response["violations"] == []


def test_axe_finds_no_barrier_on_any_page(tab: Page, lms: RunningPlatform) -> None:
    open_activity(tab, lms)

    barriers = []
    for path in PAGES:
        tab.goto(lms.url + path)
        barriers += [(path, found["id"]) for found in Axe().run(tab).response["violations"]]

    assert barriers == []
