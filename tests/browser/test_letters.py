"""Letters as a mail program shows them: on a small phone, by day and in the dark."""

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from lti_tool.domain.words import LOCALES
from lti_tool.mail import letters
from tests.browser import looking
from tests.mail.letters import LETTERS, letter_about

pytestmark = pytest.mark.browser

ALL = [(name, locale) for name in LETTERS for locale in LOCALES]
LONG = {"when_words": "de aanvraagondersteuningsmedewerkersbijeenkomst begint " * 3, "then_words": "v" * 200}


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A small phone, which goes nowhere."""
    context = browser.new_context(viewport={"width": 320, "height": 700}, offline=True)
    yield context
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier_in_a_letter(tab: Page, scheme: Literal["light", "dark"]) -> None:
    tab.emulate_media(color_scheme=scheme)

    found = {}
    for name, locale in ALL:
        tab.set_content(letters.render(letter_about(name, locale)).html)
        found[f"{name} {locale}"] = looking.barriers(tab, looking.WCAG)

    assert {letter: barriers for letter, barriers in found.items() if barriers} == {}


def test_a_letter_fits_a_small_phone_also_with_long_words(tab: Page) -> None:
    found = {}
    for name, locale in ALL:
        for words in ({}, LONG):
            tab.set_content(letters.render(letter_about(name, locale, **words)).html)
            looking.prepare(tab)
            found[f"{name} {locale}"] = tab.evaluate("look.wide()") + tab.evaluate("look.clipped()")

    assert {letter: problems for letter, problems in found.items() if problems} == {}


def test_a_letter_is_dark_in_the_dark(tab: Page) -> None:
    tab.set_content(letters.render(letter_about("check_in")).html)
    colour = "one => getComputedStyle(document.querySelector(one)).backgroundColor"

    by_day = tab.evaluate(colour, ".sheet")
    tab.emulate_media(color_scheme="dark")
    at_night = tab.evaluate(colour, ".sheet")

    assert (by_day, at_night) == ("rgb(255, 255, 255)", "rgb(28, 34, 38)")


def test_the_answers_of_a_letter_are_equal_and_large_enough(tab: Page) -> None:
    tab.set_content(letters.render(letter_about("check_in")).html)
    looking.prepare(tab)

    sizes = {
        (round(box["width"]), round(box["height"]))
        for answer in tab.locator("a.choose").all()
        if (box := answer.bounding_box())
    }

    assert len(sizes) == 1
    assert tab.evaluate("least => look.small(least)", looking.SMALLEST_TARGET) == []
