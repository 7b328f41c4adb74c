"""Text that a reader makes twice as large, in a window that stays as it is."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import gallery

pytestmark = pytest.mark.browser

# Pages with labels of several lines, days, cards and rows with a button.
PAGES = ("buddies-named", "answer_question-used", "step-post plan 4", "shows-team", "logbook-one month")
TWICE = "document.documentElement.style.fontSize = '200%'"
# The lines of a text lie over each other where they are lower than their letters.
CRAMPED = """() => [...document.querySelectorAll('body *')]
  .filter(one => [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
  .filter(one => parseFloat(getComputedStyle(one).lineHeight) < parseFloat(getComputedStyle(one).fontSize))
  .map(one => one.textContent.trim().slice(0, 60))"""


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 640, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("page", PAGES)
def test_no_line_of_a_text_lies_over_the_next(tab: Page, gallery_url: str, page: str) -> None:
    tab.goto(gallery_url + gallery.address_of(page))

    tab.evaluate(TWICE)

    assert tab.evaluate(CRAMPED) == []


def test_a_link_in_a_row_stays_free_of_the_button_below_it(tab: Page, gallery_url: str) -> None:
    tab.goto(gallery_url + gallery.address_of("buddies-named"))
    row = tab.locator(".bk-rows > li").first

    tab.evaluate(TWICE)
    link, button = row.get_by_role("link").bounding_box(), row.get_by_role("button").bounding_box()

    assert link is not None
    assert button is not None
    assert link["y"] + link["height"] <= button["y"]
