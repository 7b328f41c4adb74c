"""Browsers that give the frame no cookie at all, in an LMS that keeps a value for the tool meanwhile."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import update

from demo_lms.switches import Storage, Switches
from lti_tool.models.platforms import Platform
from lti_tool.models.visits import Proof, Visit
from tests.browser import classroom, looking
from tests.browser.classroom import heading, make_plan, press
from tests.browser.conftest import Strict
from tests.browser.watch import Watch
from tests.web.campus import LOOK_BACK, Campus

pytestmark = pytest.mark.browser

KEEPER = Path(__file__).parents[2] / "demo_lms/static/storage.js"
Change = tuple[str, str]
# The page around the frames answers in the place of the frame that was asked, with all that this one knows.
BY_ANOTHER: tuple[Change, ...] = (
    (
        "window.addEventListener",
        "window.tell = (to, ...said) => to.postMessage(...said);\nwindow.addEventListener",
    ),
    ("source.postMessage(", "parent.tell(source, "),
)
Keeping = Callable[[Storage], Page]


@pytest.fixture
def keeping(strict: Strict, campus: Campus) -> Iterator[Keeping]:
    """A learner whose browser keeps no cookie of the tool inside the LMS, which keeps values somewhere."""

    def start(where: Storage) -> Page:
        campus.lms.platform.switches = Switches(storage=where)
        campus.place()
        return strict(campus.lms.url)

    yield start
    campus.lms.platform.switches = Switches()


def replace_keeper(tab: Page, *changes: Change) -> None:
    """Another script in the LMS; without any change, one that answers nothing."""
    text = KEEPER.read_text() if changes else ""
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)

    def answer(route: Route) -> None:
        route.fulfill(body=text, content_type="text/javascript")

    tab.route("**/static/storage.js*", answer)


@pytest.mark.parametrize("where", [Storage.PARENT, Storage.FRAME, Storage.ON_REQUEST])
def test_a_frame_without_cookies_opens_by_the_storage_of_the_lms(
    keeping: Keeping, campus: Campus, where: Storage
) -> None:
    tab = keeping(where)

    tool = classroom.open_in_frame(tab, campus)
    make_plan(tool)

    assert len(tab.context.pages) == 2  # the browser's first one is empty
    assert tool.evaluate("document.cookie") == ""
    assert campus.only(Visit).proof is Proof.STORAGE


def test_the_lms_keeps_nothing_any_more_once_the_tool_is_open(keeping: Keeping, campus: Campus) -> None:
    tab = keeping(Storage.PARENT)

    classroom.open_in_frame(tab, campus)

    tab.wait_for_function("kept.size === 0")


def test_where_the_lms_does_not_answer_one_button_opens_a_new_tab(keeping: Keeping, campus: Campus) -> None:
    tab = keeping(Storage.PARENT)
    replace_keeper(tab)

    tab.goto(f"{campus.lms.url}/activities/{LOOK_BACK}")
    tab.frame_locator("#tool").get_by_text("Een ogenblik. Beklijf gaat open.").wait_for()
    tool = tab.frames[-1]
    during = looking.barriers(tool)
    heading(tool, "Nog één klik").wait_for()
    with tab.expect_popup() as opened:
        press(tool, "Open in nieuw tabblad")
    heading(opened.value, "Doorvragen aan het loket").wait_for()

    assert during == []
    assert campus.only(Visit).proof is Proof.COOKIE


@pytest.mark.parametrize(
    ("where", "changes"),
    [
        (Storage.FRAME, BY_ANOTHER),
        (Storage.PARENT, (("message_id: data.message_id", "message_id: 'another'"),)),
        (Storage.PARENT, (("Object.assign(answer, answered(data))", "throw 'storage_exhaustion'"),)),
    ],
    ids=["of another frame", "to another question", "that there is no room"],
)
def test_what_is_not_the_answer_of_the_lms_to_this_question_leads_nowhere(
    keeping: Keeping, campus: Campus, where: Storage, changes: tuple[Change, ...]
) -> None:
    tab = keeping(where)
    replace_keeper(tab, *changes)

    tool = classroom.start_in_frame(tab, campus)

    heading(tool, "Nog één klik").wait_for()
    assert campus.all(Visit) == []


def test_a_page_of_another_origin_than_the_login_address_is_told_nothing(
    keeping: Keeping, campus: Campus, watch: Watch
) -> None:
    tab = keeping(Storage.PARENT)
    with campus.work.sessions.begin() as session:
        session.execute(update(Platform).values(login_url=f"{campus.lms.url[:-1]}/auth"))

    tool = classroom.start_in_frame(tab, campus)

    heading(tool, "Nog één klik").wait_for()
    tab.wait_for_function("kept.size === 0")
    assert all("does not match the recipient window's origin" in error for error in watch.take())


@pytest.mark.parametrize(
    ("answer", "reason"),
    [("'0'.repeat(43)", "storage_wrong_value"), ("null", "storage_silent"), ("{}", "storage_silent")],
)
def test_another_value_than_the_one_that_was_kept_opens_nothing(
    keeping: Keeping, campus: Campus, watch: Watch, caplog: pytest.LogCaptureFixture, answer: str, reason: str
) -> None:
    tab = keeping(Storage.PARENT)
    replace_keeper(tab, ("kept.get(key) ?? null", answer))

    tool = classroom.start_in_frame(tab, campus)

    heading(tool, "Open het opnieuw vanuit uw leeromgeving").wait_for()
    assert f"reason={reason}" in caplog.text
    assert campus.all(Visit) == []
    assert len(watch.take()) == 1  # the status of the refusal


def test_the_address_of_such_a_visit_shows_one_button_in_a_tab(
    keeping: Keeping, campus: Campus, watch: Watch
) -> None:
    tab = keeping(Storage.PARENT)
    tool = classroom.open_in_frame(tab, campus)

    other = tab.context.new_page()
    other.goto(tool.evaluate("location.href"))

    heading(other, "Open het vanuit uw leeromgeving").wait_for()
    expect(other.locator(".nl-button")).to_have_count(1)
    assert "Sanne" not in other.content()
    assert len(watch.take()) == 1  # the status of the refusal
    press(other, "Leeromgeving openen")
    other.wait_for_url(f"{campus.lms.url}/courses/311")
