"""A learner at work in the frame of the LMS, which is another site."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from lti_tool.models.reflections import Reflection, ReflectionStatus
from tests.browser import classroom, looking
from tests.browser.classroom import field, go_on, heading, make_plan, press
from tests.web.campus import LOOK_BACK, OTHER_COURSE, PREPARE, Campus

pytestmark = pytest.mark.browser


def test_a_learner_prepares_step_by_step(tab: Page, campus: Campus) -> None:
    campus.place(PREPARE, instrument="pre")
    classroom.sign_in(tab, campus)
    tool = classroom.open_in_frame(tab, campus, PREPARE)

    press(tool, "Nu beginnen")
    field(tool, "Wat wilt u straks anders doen").fill("Rustig doorvragen")
    tool.get_by_label("Ja, mijn trainer mag ze lezen").check()
    go_on(tool)
    field(tool, "Hoe gebruikt u dit straks").fill("Aan het loket")
    go_on(tool)
    tool.get_by_label("Weet ik nog niet").first.check()
    press(tool, "Bewaren en afronden")

    tool.get_by_role("heading", name="Uw voorbereiding is bewaard").wait_for()
    assert campus.only(Reflection).status is ReflectionStatus.SUBMITTED


def test_axe_finds_no_barrier_on_a_learners_way_in_either_language(tab: Page, campus: Campus) -> None:
    campus.place()
    classroom.sign_in(tab, campus)
    tool = classroom.open_in_frame(tab, campus)
    found = {}

    for language in ("English", "Nederlands"):
        press(tool, language)
        expect(tool.get_by_role("button", name=language)).to_have_count(0)
        found[f"home, {language}"] = looking.barriers(tool)
    make_plan(tool)
    found["home with a plan"] = looking.barriers(tool)
    press(tool, "Vertel hoe het gaat")
    tool.get_by_role("button", name="Antwoord bewaren").wait_for()
    found["check-in"] = looking.barriers(tool)

    assert {page: barriers for page, barriers in found.items() if barriers} == {}


def test_who_saves_for_later_goes_on_where_it_stopped(tab: Page, campus: Campus) -> None:
    campus.place()
    classroom.sign_in(tab, campus)
    tool = classroom.open_in_frame(tab, campus)
    go_on(tool, "Nu beginnen")
    go_on(tool)
    tool.get_by_label("Als", exact=True).fill(classroom.WHEN)

    press(tool, "Bewaren voor later")
    tool.get_by_text("Uw antwoorden zijn bewaard").wait_for()
    again = classroom.open_in_frame(tab, campus)
    again.get_by_text("U bent bij stap 2 van 5").wait_for()
    press(again, "Verdergaan")

    expect(again.get_by_label("Als", exact=True)).to_have_value(classroom.WHEN)


def test_the_other_language_keeps_what_was_typed(tab: Page, campus: Campus) -> None:
    campus.place()
    classroom.sign_in(tab, campus)
    tool = classroom.open_in_frame(tab, campus)
    press(tool, "Nu beginnen")
    tool.get_by_role("textbox").fill("de brief over het terras")

    press(tool, "English")

    heading(tool, "One task to begin with").wait_for()
    expect(tool.get_by_role("textbox")).to_have_value("de brief over het terras")
    assert tool.evaluate("document.documentElement.lang") == "en"


def test_back_and_reload_show_what_was_saved(tab: Page, campus: Campus) -> None:
    campus.place()
    classroom.sign_in(tab, campus)
    tool = classroom.open_in_frame(tab, campus)
    press(tool, "Nu beginnen")
    tool.get_by_role("textbox").fill("de brief over het terras")
    press(tool, "Bewaren en verder")
    heading(tool, "Maak er een als-dan-plan van").wait_for()

    tool.evaluate("history.back()")
    heading(tool, "Eén klus om mee te beginnen").wait_for()
    tool.evaluate("location.reload()")
    heading(tool, "Eén klus om mee te beginnen").wait_for()

    expect(tool.get_by_role("textbox")).to_have_value("de brief over het terras")
    press(tool, "Bewaren en verder")
    heading(tool, "Maak er een als-dan-plan van").wait_for()


def test_two_tabs_with_two_courses_do_not_disturb_each_other(
    context: BrowserContext, tab: Page, campus: Campus
) -> None:
    campus.place(LOOK_BACK)
    campus.place(OTHER_COURSE)
    classroom.sign_in(tab, campus)
    one = classroom.open_in_frame(tab, campus, LOOK_BACK)
    other = classroom.open_in_frame(context.new_page(), campus, OTHER_COURSE)
    tasks = ((one, "het loket"), (other, "de brief"))

    for tool, task in tasks:
        tool.page.bring_to_front()
        press(tool, "Nu beginnen")
        tool.get_by_role("textbox").fill(task)
        press(tool, "Bewaren voor later")
        tool.get_by_text("Uw antwoorden zijn bewaard").wait_for()
    for tool, task in tasks:
        tool.page.bring_to_front()
        press(tool, "Verdergaan")
        expect(tool.get_by_role("textbox")).to_have_value(task)

    assert len(campus.all(Reflection)) == 2


def test_a_trainer_sets_up_and_sees_who_takes_part(tab: Page, campus: Campus) -> None:
    classroom.sign_in(tab, campus, "Ineke van Dalen")
    tool = classroom.open_in_frame(tab, campus)
    barriers = looking.barriers(tool)

    press(tool, "Kalender bekijken")
    tool.get_by_role("heading", name="Wie krijgt wat, en wanneer?").wait_for()
    barriers += looking.barriers(tool)
    press(tool, "Mails aanzetten")
    tool.get_by_role("heading", name="Mails die nog komen").wait_for()

    assert barriers + looking.barriers(tool) == []
