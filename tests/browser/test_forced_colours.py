"""Colours that a reader forces upon every page: what is chosen stays visible."""

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.browser import gallery

pytestmark = pytest.mark.browser

# A page for each way to choose: cards, day tiles, rows of options, figures.
CHOICES = {
    "answer_question-used": ".bk-choice",
    "answer_new_date": ".bk-pick",
    "answer_obstacle": ".bk-opt",
    "step-post plan 4": ".bk-picks--10 .bk-pick",
    "step-pre short 1": ".bk-opt:has([type=radio])",
}


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(forced_colors="active")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("page", "kind"), CHOICES.items())
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_chosen_looks_chosen(
    tab: Page, gallery_url: str, page: str, kind: str, scheme: Literal["light", "dark"]
) -> None:
    tab.emulate_media(color_scheme=scheme)
    tab.goto(gallery_url + gallery.address_of(page))
    option = tab.locator(f"{kind}:has(input:enabled)").first

    before = drawn(option, is_chosen=False)
    after = drawn(option, is_chosen=True)

    assert before != after


def drawn(option: Locator, *, is_chosen: bool) -> bytes:
    """How an option looks, without focus."""
    assert option.locator("input").count() == 1
    option.locator("input").evaluate("(input, is) => { input.checked = is }", is_chosen)
    return option.screenshot()


def test_the_step_where_somebody_is_differs_from_those_to_come(tab: Page, gallery_url: str) -> None:
    tab.goto(gallery_url + gallery.address_of("step-post plan 4"))
    edge = "one => getComputedStyle(one).borderBlockStartStyle"

    done, now, to_come = (
        tab.locator(f".bk-steps li{which}").first.evaluate(edge)
        for which in (".is-done", "[aria-current]", ":not(.is-done, [aria-current])")
    )

    assert done == now != to_come


def test_focus_stays_visible(tab: Page, gallery_url: str) -> None:
    tab.goto(gallery_url + gallery.address_of("answer_question-used"))
    seen = "() => getComputedStyle(document.activeElement.closest('.bk-choice') ?? document.activeElement)"

    outlines = set()
    for _ in range(5):
        tab.keyboard.press("Tab")
        outlines.add(tab.evaluate(f"({seen})().outlineStyle"))

    assert "none" not in outlines
