"""Every page in every state, in both languages, at every width: for everybody to read and use."""

import pytest

from lti_tool.domain.words import LOCALES
from tests.browser import gallery, survey
from tests.browser.survey import Survey

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def looked_at(gallery_url: str) -> Survey:
    """One walk past all pages for all tests of this file."""
    return survey.walk(gallery_url)


def test_the_walk_passed_every_page(looked_at: Survey) -> None:
    assert looked_at.pages == sum(len(gallery.pages(locale)) for locale in LOCALES)


def test_axe_finds_no_barrier(looked_at: Survey) -> None:
    assert not looked_at.findings["barriers"], looked_at.told("barriers")


def test_nobody_has_to_scroll_sideways(looked_at: Survey) -> None:
    assert not looked_at.findings["wide"], looked_at.told("wide")


def test_no_text_is_cut_off_also_not_when_a_reader_spreads_it(looked_at: Survey) -> None:
    assert not looked_at.findings["clipped"], looked_at.told("clipped")


def test_whatever_can_be_pressed_is_large_enough(looked_at: Survey) -> None:
    assert not looked_at.findings["small"], looked_at.told("small")


def test_pages_ask_nothing_of_others_and_cause_no_errors(looked_at: Survey) -> None:
    assert not looked_at.findings["restless"], looked_at.told("restless")
