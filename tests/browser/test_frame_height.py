"""The frame follows the page, in height and to its top, where the LMS wants to know."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Frame, Page

from tests.browser import classroom
from tests.browser.classroom import press
from tests.web.campus import PREPARE, Campus

pytestmark = pytest.mark.browser

KEEP = """addEventListener("message", ({ data, origin }) => (window.heard ??= []).push([data, origin]))"""
# What frame.js would tell of, it has told by then.
SETTLED = "new Promise((done) => requestAnimationFrame(() => setTimeout(done, 200)))"
HEARD = """() => {
  const frame = document.getElementById("tool");
  const fits = window.heard?.length > 1 && frame.clientHeight === window.heard.at(-2)[0].height;
  return fits && window.heard.splice(0);
}"""


@pytest.fixture
def tool(tab: Page, campus: Campus) -> Frame:
    campus.place()
    classroom.sign_in(tab, campus)
    tab.add_init_script(KEEP)
    return classroom.open_in_frame(tab, campus)


def heard(tab: Page) -> list[Any]:
    """The messages that came since the last time this was asked, once the frame has its height."""
    found: list[Any] = tab.wait_for_function(HEARD).json_value()
    return found


def test_the_frame_is_as_high_as_the_page(tab: Page, tool: Frame, campus: Campus) -> None:
    (as_object, origin), (as_text, _) = heard(tab)[-2:]

    assert as_object.keys() == {"subject", "height"}
    assert as_text == f'{{"subject":"lti.frameResize","height":{as_object["height"]}}}'
    assert origin == campus.tool
    assert tool.evaluate("document.documentElement.scrollHeight <= innerHeight")
    assert as_object["height"] > 300


def test_a_higher_page_gets_a_higher_frame_and_a_lower_page_a_lower_one(tab: Page, tool: Frame) -> None:
    press(tool, "Nu beginnen")
    tool.get_by_role("textbox").first.wait_for()
    heard(tab)

    tool.evaluate("document.querySelector('main').style.paddingBottom = '900px'")
    higher = heard(tab)[-2][0]["height"]
    tool.evaluate("document.querySelector('main').style.paddingBottom = ''")
    lower = heard(tab)[-2][0]["height"]

    assert higher - lower > 700


def test_many_changes_at_once_are_told_once(tab: Page, tool: Frame) -> None:
    heard(tab)

    pauses = tool.evaluate(
        """async () => {
          const page = document.querySelector("main");
          let [pauses, before] = [0, performance.now()];
          for (let n = 1; n <= 20; n++) {
            page.style.paddingBottom = `${n * 20}px`;
            const now = await new Promise(requestAnimationFrame);
            if (now - before > 50) pauses += 1;
            before = now;
          }
          return pauses;
        }"""
    )
    told = heard(tab)

    # Each as an object and as text. A busy machine pauses between changes, and then the page may tell of it.
    assert len(told) <= 4 + 2 * pauses


def test_in_a_tab_of_its_own_nobody_is_told(context: BrowserContext, campus: Campus) -> None:
    campus.place(PREPARE, instrument="pre")
    tab = context.new_page()
    classroom.sign_in(tab, campus)
    tab.add_init_script(KEEP)

    classroom.open_in_tab(tab, campus, PREPARE)
    tab.evaluate(SETTLED)

    assert tab.evaluate("window.heard ?? []") == []


def test_the_next_page_begins_at_its_top(tab: Page, tool: Frame) -> None:
    tab.set_viewport_size({"width": 900, "height": 300})
    heard(tab)
    press(tool, "Nu beginnen")
    tool.get_by_role("textbox").first.wait_for()
    tab.evaluate("scrollTo(0, 10000)")
    tab.wait_for_function("() => document.getElementById('tool').getBoundingClientRect().top < 0")

    press(tool, "Bewaren en verder")

    tab.wait_for_function("() => document.getElementById('tool').getBoundingClientRect().top > -1")
