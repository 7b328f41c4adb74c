"""A plan on paper."""

import re

import pytest
from playwright.sync_api import Browser, Page

from config.settings import ROOT
from tests.browser import classroom
from tests.browser.classroom import make_plan, press
from tests.web.campus import Campus

pytestmark = pytest.mark.browser

SHEET = re.compile(rb"/Type\s*/Page\b")
SIZE = re.compile(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]")
A4_POINTS = (595, 842)


@pytest.fixture
def with_plan(tab: Page, campus: Campus) -> Page:
    """A learner's page with a plan as long as a plan can be."""
    campus.place()
    classroom.sign_in(tab, campus)
    classroom.open_in_tab(tab, campus)
    make_plan(tab, when=f"{classroom.WHEN} {'en nog iets ' * 20}"[:200], then="vraag ik door " * 14)
    return tab


def test_a_plan_fits_one_sheet_in_either_language(with_plan: Page) -> None:
    dutch = with_plan.pdf(format="A4", prefer_css_page_size=True)
    press(with_plan, "English")
    with_plan.get_by_role("heading", name="Your plan is saved").wait_for()
    english = with_plan.pdf(format="A4", prefer_css_page_size=True)

    assert [len(SHEET.findall(paper)) for paper in (dutch, english)] == [1, 1]
    sizes = [tuple(round(float(side)) for side in size) for size in SIZE.findall(dutch)]
    assert sizes == [pytest.approx(A4_POINTS, abs=2)]


def test_paper_holds_the_plan_and_room_for_notes_and_nothing_to_press(with_plan: Page) -> None:
    to_press = with_plan.get_by_role("button").or_(with_plan.get_by_role("link"))
    on_screen = to_press.count()

    with_plan.emulate_media(media="print")

    assert on_screen > 0
    assert to_press.count() == 0
    assert with_plan.get_by_text(classroom.WHEN).is_visible()
    assert with_plan.get_by_text("Ruimte voor uw eigen notities").is_visible()
    assert with_plan.get_by_text("Mails die nog komen").is_hidden()


def test_paper_holds_the_moments_that_are_folded_away_on_the_screen(browser: Browser) -> None:
    css = (ROOT / "lti_tool" / "static" / "app.css").read_text()
    line = '<ol class="bk-line"><li>Een eerder moment</li></ol>'
    page = browser.new_page()
    page.set_content(
        f'<style>{css}</style><details class="bk-more"><summary>Meer</summary><div>{line}</div></details>'
    )
    moment = page.get_by_text("Een eerder moment")
    on_screen = moment.is_visible()

    page.emulate_media(media="print")

    on_paper = moment.is_visible()
    page.close()
    assert (on_screen, on_paper) == (False, True)
