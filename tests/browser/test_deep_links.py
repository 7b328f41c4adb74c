"""A trainer adds a whole training to a course in a real browser, and a learner does its first item."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Frame, Page, expect

from lti_tool.models.activities import Activity
from lti_tool.models.reflections import Reflection, ReflectionStatus
from tests.browser import classroom, looking
from tests.browser.classroom import field, go_on, press
from tests.web.campus import Campus

pytestmark = pytest.mark.browser

TRAINER = "Ineke van Dalen"
COURSE = "312"


@pytest.fixture(autouse=True)
def _as_it_was(campus: Campus) -> Iterator[None]:
    """The courses of the LMS, which outlive a test, lose what it adds."""
    courses = campus.lms.platform.courses
    before = courses.all()
    yield
    for course in before:
        courses.add(course)


def add_activity(tab: Page, campus: Campus) -> Frame:
    """The trainer presses "add an activity" in the course: the tool's page in its frame."""
    tab.goto(f"{campus.lms.url}/courses/{COURSE}")
    tab.get_by_role("link", name="Activiteit toevoegen met Beklijf").click()
    return classroom.in_frame(tab)


def step_back(tab: Page) -> None:
    """One step, which a page of the frame may have been: how many of those there are is the browser's."""
    tab.evaluate("() => { window.isBefore = true; history.back(); }")
    tab.wait_for_function("!window.isBefore")


def test_a_training_is_chosen_in_the_lms_and_its_first_item_is_done(tab: Page, campus: Campus) -> None:
    classroom.sign_in(tab, campus, TRAINER)
    tool = add_activity(tab, campus)
    assert looking.barriers(tool) == []

    field(tool, "Naam van de training").fill("Brieven die iedereen begrijpt")
    for day in ("Eerste dag", "Laatste dag"):
        tool.get_by_role("textbox", name=day, exact=True).fill("18-12-2026")
    press(tool, "In leeromgeving zetten")
    tab.wait_for_url(f"**/courses/{COURSE}?added=*")
    expect(tab.get_by_role("status")).to_have_text("3 activiteiten staan nu in de training.")
    added = tab.get_by_role("link", name="Brieven die iedereen begrijpt")
    expect(added).to_have_text(
        [
            "Voorbereiden: Brieven die iedereen begrijpt",
            "Terugkijken en plan maken: Brieven die iedereen begrijpt",
            "Mijn leerreis: Brieven die iedereen begrijpt",
        ]
    )

    tab.get_by_role("button", name="Uitloggen").click()
    classroom.sign_in(tab, campus)
    tool = classroom.open_in_frame(tab, campus, _link(campus, "Voorbereiden"))
    press(tool, "Nu beginnen")
    field(tool, "Wat wilt u straks anders doen").fill("Korter schrijven")
    for _ in range(2):
        go_on(tool)
    press(tool, "Bewaren en afronden")
    tool.get_by_role("heading", name="Uw voorbereiding is bewaard").wait_for()
    assert campus.only(Reflection).status is ReflectionStatus.SUBMITTED
    tool = classroom.open_in_frame(tab, campus, _link(campus, "Mijn leerreis"))
    tool.get_by_role("heading", name="Wat nog komt").wait_for()


def test_who_adds_nothing_is_in_the_course_again_and_so_is_who_goes_back(tab: Page, campus: Campus) -> None:
    classroom.sign_in(tab, campus, TRAINER)
    tool = add_activity(tab, campus)

    press(tool, "Niets toevoegen")
    tab.wait_for_url(f"**/courses/{COURSE}?added=*")
    expect(tab.get_by_role("status")).to_have_text("U hebt niets toegevoegd.")
    expect(tab.get_by_role("status")).to_be_focused()

    course = f"{campus.lms.url}/courses/{COURSE}"
    while tab.url != course:
        step_back(tab)
        expect(tab.get_by_role("heading", level=2, name="Activiteiten")).to_be_visible()
        assert tab.url.partition("?")[0] == course


def test_a_day_is_called_after_the_kind_of_training(tab: Page, campus: Campus) -> None:
    classroom.sign_in(tab, campus, TRAINER)
    tool = add_activity(tab, campus)
    between = tool.get_by_role("checkbox", name="Terugkijken op een bijeenkomst")

    tool.get_by_role("radio", name="Eén dag").check()
    expect(tool.get_by_role("textbox", name="Dag van de training", exact=True)).to_be_visible()
    expect(between).to_be_hidden()

    tool.get_by_role("radio", name="Een paar bijeenkomsten").check()
    expect(tool.get_by_role("textbox", name="Eerste dag", exact=True)).to_be_visible()
    expect(between).to_be_visible()


def test_the_days_can_wait_and_only_what_goes_with_that_shows(tab: Page, campus: Campus) -> None:
    classroom.sign_in(tab, campus, TRAINER)
    tool = add_activity(tab, campus)
    expect(tool.get_by_label("Eerste dag")).to_be_visible()
    expect(tool.get_by_label("Hoeveel bijeenkomsten komen er?")).to_be_hidden()

    tool.get_by_label("Nee, dat doe ik later").check()
    expect(tool.get_by_label("Eerste dag")).to_be_hidden()
    tool.get_by_label("Hoeveel bijeenkomsten komen er?").select_option("3")
    press(tool, "In leeromgeving zetten")
    tab.wait_for_url(f"**/courses/{COURSE}?added=*")

    assert sorted(row.meeting_number or 0 for row in campus.all(Activity)) == [0, 0, 0, 1, 2]


def test_without_script_two_buttons_do_what_the_script_does(
    tab: Page, campus: Campus, context: BrowserContext
) -> None:
    classroom.sign_in(tab, campus, TRAINER)
    quiet = context.browser.new_context(locale="nl-NL", java_script_enabled=False)
    quiet.add_cookies(context.cookies())
    page = quiet.new_page()
    page.goto(f"{campus.lms.url}/courses/{COURSE}/add/1/start?target=window")
    press(page, "Open de activiteit")
    press(page, "Ga verder")

    page.get_by_label("Nee, dat doe ik later").check()
    press(page, "In leeromgeving zetten")
    press(page, "Verder naar uw leeromgeving")
    page.get_by_role("button", name="Ga verder").click()

    page.get_by_text("activiteiten staan nu in de training").wait_for()
    quiet.close()


def _link(campus: Campus, start: str) -> str:
    course = campus.lms.platform.courses.find(COURSE)
    assert course is not None
    return next(link.id for link in course.links[3:] if link.title.startswith(start))
