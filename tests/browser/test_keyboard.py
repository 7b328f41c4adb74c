"""Everything with the keys alone, in the frame."""

import pytest
from playwright.sync_api import Frame, Locator, Page, expect

from lti_tool.models.plans import Plan
from tests.browser import classroom
from tests.browser.classroom import THEN, WHEN, field, heading, tab_to
from tests.web.campus import Campus

pytestmark = pytest.mark.browser

TOO_LONG = "eerst doorvragen en dan pas uitleggen wat kan"


def go_on(tab: Page, tool: Frame, name: str = "Bewaren en verder") -> None:
    tab_to(tab, tool.get_by_role("button", name=name, exact=True))
    tab.keyboard.press("Enter")


def type_into(tab: Page, into: Locator, words: str) -> None:
    tab_to(tab, into)
    tab.keyboard.type(words)


def test_a_plan_is_made_with_the_keys_alone(tab: Page, campus: Campus) -> None:
    campus.place()
    classroom.sign_in(tab, campus)
    tool = classroom.open_in_frame(tab, campus)

    tab_to(tab, tool.get_by_role("link", name="Nu beginnen"))
    tab.keyboard.press("Enter")
    heading(tool, "Eén klus om mee te beginnen").wait_for()
    type_into(tab, tool.get_by_role("textbox"), "het gesprek aan het loket")
    go_on(tab, tool)
    type_into(tab, tool.get_by_label("Als", exact=True), WHEN)
    type_into(tab, tool.get_by_label("dan", exact=True), THEN)
    chosen = tool.locator("input[name='post.task_on']:checked")
    offered = chosen.get_attribute("value")
    tab_to(tab, chosen)
    tab.keyboard.press("ArrowRight")
    own_day = chosen.get_attribute("value")
    go_on(tab, tool)
    tab_to(tab, tool.get_by_label("Te weinig tijd"))
    tab.keyboard.press("Space")
    expect(tool.get_by_label("Te weinig tijd")).to_be_checked()
    go_on(tab, tool)
    heading(tool, "Wat kan helpen?").wait_for()
    tab_to(tab, tool.get_by_role("link", name="Verdergaan"))
    tab.keyboard.press("Enter")
    heading(tool, "Wat uw plan houvast geeft").wait_for()
    tab_to(tab, tool.locator("input[name='post.confidence']").first)
    tab.keyboard.press("ArrowRight")
    go_on(tab, tool)
    type_into(tab, field(tool, "Welke woorden"), "doorvragen")
    go_on(tab, tool, "Bewaren en afronden")

    tool.get_by_role("heading", name="Uw plan is bewaard").wait_for()
    assert str(own_day) > str(offered)
    assert str(campus.only(Plan).own_on) == own_day


def test_after_a_save_that_does_not_fit_the_focus_leads_to_the_field(tab: Page, campus: Campus) -> None:
    campus.place()
    classroom.sign_in(tab, campus)
    tool = classroom.open_in_frame(tab, campus)
    for button in ("Nu beginnen", *["Bewaren en verder"] * 4):
        classroom.go_on(tool, button)
    cue = field(tool, "Welke woorden")
    type_into(tab, cue, TOO_LONG)

    go_on(tab, tool, "Bewaren en afronden")
    expect(tool.locator(".bk-sum")).to_be_focused()
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")

    expect(cue).to_be_focused()
    expect(cue).to_have_value(TOO_LONG)
    tab.keyboard.press("Control+A")
    tab.keyboard.type("eerst doorvragen")
    go_on(tab, tool, "Bewaren en afronden")
    tool.get_by_role("heading", name="Uw plan is nog open").wait_for()


def test_the_first_tab_leads_past_the_top_of_the_page(tab: Page, campus: Campus) -> None:
    campus.place()
    classroom.sign_in(tab, campus)
    classroom.open_in_tab(tab, campus)

    tab.keyboard.press("Tab")
    skip = tab.get_by_role("link", name="Naar de inhoud")
    expect(skip).to_be_focused()
    box = skip.bounding_box()
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")

    assert box is not None
    assert box["height"] >= 44
    expect(tab.get_by_role("link", name="Nu beginnen")).to_be_focused()
