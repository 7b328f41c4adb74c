"""What somebody has typed survives whatever takes the page away, and a second page beside it."""

import pytest
from playwright.sync_api import BrowserContext, Frame, Page, Request, expect

from lti_tool.models.reflections import Answer, LateDraft, Reflection
from tests.browser import classroom, looking
from tests.browser.classroom import field, heading, press
from tests.web.campus import Campus

pytestmark = pytest.mark.browser

TASK = "Welke klus"
OURS, THEIRS = "het gesprek aan het loket", "de brief over het terras"


@pytest.fixture
def tool(tab: Page, campus: Campus) -> Frame:
    """The first step, in the frame of the LMS."""
    campus.place()
    classroom.sign_in(tab, campus)
    return open_step(tab, campus)


def open_step(tab: Page, campus: Campus) -> Frame:
    tool = classroom.open_in_frame(tab, campus)
    tool.get_by_role("link", name="Nu beginnen").or_(tool.get_by_role("link", name="Verdergaan")).click()
    field(tool, TASK).wait_for()
    return tool


def posts(tab: Page) -> list[Request]:
    """The saves of a tab from here on."""
    found: list[Request] = []
    tab.on(
        "request", lambda one: found.append(one) if one.method == "POST" and "/reflect/" in one.url else None
    )
    return found


def test_a_reload_shows_what_was_typed_before_it(tool: Frame) -> None:
    field(tool, TASK).fill(OURS)

    tool.evaluate("location.reload()")

    expect(field(tool, TASK)).to_have_value(OURS)
    press(tool, "Bewaren en verder")
    heading(tool, "Maak er een als-dan-plan van").wait_for()


def test_the_browsers_back_button_keeps_what_was_typed(tool: Frame) -> None:
    press(tool, "Bewaren en verder")
    tool.get_by_label("Als", exact=True).fill(classroom.WHEN)

    tool.evaluate("history.back()")
    heading(tool, "Eén klus om mee te beginnen").wait_for()
    tool.evaluate("history.forward()")

    expect(tool.get_by_label("Als", exact=True)).to_have_value(classroom.WHEN)


def test_what_was_typed_is_there_after_the_lms_went_elsewhere_around_the_frame(
    tab: Page, tool: Frame, campus: Campus
) -> None:
    field(tool, TASK).fill(OURS)

    tab.locator("#main").get_by_role("link", name="Trainingen").click()
    tab.wait_for_url("**/courses")

    expect(field(open_step(tab, campus), TASK)).to_have_value(OURS)


def test_what_was_typed_is_there_after_the_lms_took_the_frame_away(
    tab: Page, tool: Frame, campus: Campus
) -> None:
    field(tool, TASK).fill(OURS)

    tab.evaluate("document.querySelector('#tool').remove()")

    expect(field(open_step(tab, campus), TASK)).to_have_value(OURS)


def test_a_page_that_goes_out_of_sight_saves_once(tab: Page, tool: Frame) -> None:
    field(tool, TASK).fill(OURS)
    saves = posts(tab)

    hide(tool)
    tool.get_by_text("Bewaard. U kunt deze pagina sluiten").wait_for()
    hide(tool)
    press(tool, "Bewaren en verder")
    heading(tool, "Maak er een als-dan-plan van").wait_for()

    assert ["autosave=1" in (one.post_data or "") for one in saves] == [True, False]


def hide(tool: Frame) -> None:
    """What a phone tells a page when its reader goes to another app."""
    tool.evaluate(
        """() => {
          Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )


def test_a_page_on_which_nothing_was_typed_saves_nothing(tab: Page, tool: Frame, campus: Campus) -> None:
    saves = posts(tab)

    tool.evaluate("location.reload()")
    field(tool, TASK).wait_for()
    tab.goto(f"{campus.lms.url}/courses")

    assert saves == []
    assert campus.all(Reflection) == []


def test_a_press_on_save_saves_once(tab: Page, tool: Frame, campus: Campus) -> None:
    saves = posts(tab)
    field(tool, TASK).fill(OURS)

    press(tool, "Bewaren en verder")
    heading(tool, "Maak er een als-dan-plan van").wait_for()

    assert len(saves) == 1
    assert len(campus.all(Answer)) == 1


def test_saves_of_one_page_never_stand_in_each_others_way(tool: Frame) -> None:
    for words in (OURS, THEIRS, OURS + "."):
        field(tool, TASK).fill(words)
        hide(tool)
        tool.get_by_text("Bewaard. U kunt deze pagina sluiten").wait_for()
        tool.evaluate("document.querySelector('[data-autosave-status]').textContent = ''")

    press(tool, "Bewaren en verder")

    heading(tool, "Maak er een als-dan-plan van").wait_for()


def test_of_two_pages_the_older_shows_both_texts_and_the_person_chooses(
    context: BrowserContext, tool: Frame, campus: Campus
) -> None:
    other = open_step(context.new_page(), campus)
    field(tool, TASK).fill(OURS)
    field(other, TASK).fill(THEIRS)
    press(other, "Bewaren en verder")
    heading(other, "Maak er een als-dan-plan van").wait_for()

    tool.page.bring_to_front()
    hide(tool)
    tool.get_by_text("Dan kiest u welke tekst blijft").wait_for()
    press(tool, "Bewaren en verder")
    tool.get_by_role("heading", name="U bewaarde deze stap ook op een andere plek").wait_for()
    expect(tool.get_by_role("group", name="U bewaarde deze stap ook op een andere plek")).to_be_focused()
    expect(field(tool, TASK)).to_have_value(OURS)
    tool.get_by_text(THEIRS).wait_for()
    barriers = looking.barriers(tool)
    press(tool, "Bewaren voor later")
    tool.get_by_text("Uw antwoorden zijn bewaard").wait_for()

    expect(field(open_step(tool.page, campus), TASK)).to_have_value(OURS)
    assert barriers == []
    assert campus.all(LateDraft) == []
