"""Reload, back, two courses, and a visit that ended while somebody wrote: with a cookie, and without one."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from playwright.sync_api import Frame, Page, expect

from demo_lms.switches import Storage, Switches
from lti_tool.models.reflections import LateDraft
from lti_tool.models.visits import Proof, Visit
from tests.browser import classroom
from tests.browser.classroom import field, heading, press
from tests.browser.conftest import Strict
from tests.browser.watch import Watch
from tests.processes import await_that
from tests.web.campus import LOOK_BACK, OTHER_COURSE, Campus

pytestmark = pytest.mark.browser

TASK = "Welke klus"
OURS, THEIRS = "het gesprek aan het loket", "de brief over het terras"
LATER = timedelta(hours=1)


@pytest.fixture(params=list(Proof))
def tab(request: pytest.FixtureRequest, campus: Campus) -> Iterator[Page]:
    """The tab of a learner whose browser proves itself in this way."""
    campus.place()
    if request.param is Proof.COOKIE:
        tab: Page = request.getfixturevalue("context").new_page()
        classroom.sign_in(tab, campus)
    else:
        campus.lms.platform.switches = Switches(storage=Storage.PARENT)
        strict: Strict = request.getfixturevalue("strict")
        tab = strict(campus.lms.url)
    yield tab
    campus.lms.platform.switches = Switches()
    assert {visit.proof for visit in campus.all(Visit)} == {request.param}


def open_step(tab: Page, campus: Campus, link_id: str = LOOK_BACK) -> Frame:
    """The first step of an activity, in its frame."""
    tool = classroom.open_in_frame(tab, campus, link_id)
    tool.get_by_role("link", name="Nu beginnen").or_(tool.get_by_role("link", name="Verdergaan")).click()
    field(tool, TASK).wait_for()
    return tool


@contextmanager
def after(time: timedelta) -> Iterator[None]:
    """That long from now, by the clock of the tool."""
    with time_machine.travel(datetime.now(UTC) + time):
        yield


def test_reloading_the_frame_shows_the_same_page(tab: Page, campus: Campus) -> None:
    tool = open_step(tab, campus)
    field(tool, TASK).fill(OURS)

    tool.evaluate("location.reload()")

    expect(field(tool, TASK)).to_have_value(OURS)
    press(tool, "Bewaren en verder")
    heading(tool, "Maak er een als-dan-plan van").wait_for()


def test_reloading_the_course_launches_again_and_nothing_is_lost(tab: Page, campus: Campus) -> None:
    field(open_step(tab, campus), TASK).fill(OURS)

    tab.reload()
    tool = classroom.in_frame(tab)
    press(tool, "Verdergaan")

    expect(field(tool, TASK)).to_have_value(OURS)


def test_the_back_button_goes_one_page_back_and_forward_again(tab: Page, campus: Campus) -> None:
    tool = open_step(tab, campus)
    press(tool, "Bewaren en verder")
    heading(tool, "Maak er een als-dan-plan van").wait_for()

    tab.evaluate("history.back()")
    heading(tool, "Eén klus om mee te beginnen").wait_for()
    tab.evaluate("history.forward()")

    heading(tool, "Maak er een als-dan-plan van").wait_for()


def test_two_tabs_with_two_courses_save_each_its_own(tab: Page, campus: Campus) -> None:
    campus.place(OTHER_COURSE)
    tool = open_step(tab, campus)
    other = open_step(tab.context.new_page(), campus, OTHER_COURSE)

    field(tool, TASK).fill(OURS)
    field(other, TASK).fill(THEIRS)
    for place in (other, tool):
        press(place, "Bewaren voor later")
        place.get_by_text("Uw antwoorden zijn bewaard").wait_for()

    tab.bring_to_front()
    for link_id, words in ((LOOK_BACK, OURS), (OTHER_COURSE, THEIRS)):
        expect(field(open_step(tab, campus, link_id), TASK)).to_have_value(words)


def test_what_was_typed_under_a_visit_that_ended_meanwhile_waits_at_the_next_launch(
    tab: Page, campus: Campus, watch: Watch
) -> None:
    tool = open_step(tab, campus)
    field(tool, TASK).fill(OURS)
    with after(LATER):
        press(tool, "Bewaren en verder")
        heading(tool, "U was even weg. Uw tekst is bewaard.").wait_for()
    assert campus.only(LateDraft).step == 1

    press(tool, "Leeromgeving openen")
    tab.wait_for_url(f"{campus.lms.url}/courses/311")
    tool = classroom.open_in_frame(tab, campus)
    press(tool, "Deze tekst gebruiken")

    expect(field(tool, TASK)).to_have_value(OURS)
    assert campus.all(LateDraft) == []
    assert all("403" in error for error in watch.take())


def test_what_saves_itself_under_a_visit_that_ended_meanwhile_waits_too(
    tab: Page, campus: Campus, watch: Watch
) -> None:
    tool = open_step(tab, campus)
    field(tool, TASK).fill(OURS)
    with after(LATER):
        tool.evaluate("dispatchEvent(new Event('pagehide'))")
        await_that(lambda: campus.all(LateDraft), 15, "what was typed is kept")
        tab.wait_for_timeout(500)  # until the page has heard, too

    assert campus.only(LateDraft).step == 1
    assert all("403" in error for error in watch.take())
