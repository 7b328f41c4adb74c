"""How people come from the LMS to the tool in a real browser, and what they press there."""

from playwright.sync_api import Frame, FrameLocator, Locator, Page, expect

from tests.web.campus import LOOK_BACK, Campus

LEARNER = "Sanne de Wit"
WHEN, THEN = "een inwoner aan het loket komt", "vraag ik eerst door"
AT_MOST_TABS = 60
# The heading of a page of the tool, which is not the page that asks the LMS for the proof.
OPENED = "main.bk-page:not(:has([data-storage])) h1"
# Milliseconds after which a press that led nowhere is repeated.
# Chromium passes over a press on a page that it has not painted yet.
AGAIN_AFTER = 15_000
Place = Page | Frame | FrameLocator


def sign_in(tab: Page, campus: Campus, name: str = LEARNER) -> None:
    """Chooses a person at the entrance of the LMS."""
    tab.goto(campus.lms.url)
    tab.get_by_role("button", name=name).click()
    tab.wait_for_url("**/courses")


def open_in_frame(tab: Page, campus: Campus, link_id: str = LOOK_BACK, title: str | None = None) -> Frame:
    """Opens an activity as the LMS shows it: the tool's page in its frame. title: as of `in_frame`."""
    start_in_frame(tab, campus, link_id)
    return in_frame(tab, title)


def start_in_frame(tab: Page, campus: Campus, link_id: str = LOOK_BACK) -> FrameLocator:
    """Opens an activity as the LMS shows it, wherever that leads."""
    tab.goto(f"{campus.lms.url}/activities/{link_id}")
    return tab.frame_locator("#tool")


def in_frame(tab: Page, title: str | None = None) -> Frame:
    """The frame of the LMS, once the tool is there: waits for what it shows, however that came.

    title: of the page that comes, where the tool does not open.
    """
    tool = tab.frame_locator("#tool")
    (tool.locator(OPENED) if title is None else heading(tool, title)).wait_for()
    frame = tab.locator("#tool").element_handle().content_frame()
    assert frame is not None
    return frame


def open_in_tab(tab: Page, campus: Campus, link_id: str = LOOK_BACK) -> None:
    """Opens an activity in the tab itself."""
    tab.goto(f"{campus.lms.url}/activities/{link_id}/start?target=window")
    tab.wait_for_url(f"{campus.tool}/v/**")


def heading(place: Place, text: str) -> Locator:
    """The heading that tells which page this is."""
    return place.get_by_role("heading", level=1, name=text)


def field(place: Place, question: str) -> Locator:
    """The field under a question."""
    return place.get_by_role("textbox", name=question)


def press(place: Place, name: str) -> None:
    """Presses a button, or a link that looks like one."""
    place.get_by_role("button", name=name, exact=True).or_(
        place.get_by_role("link", name=name, exact=True)
    ).click()


def go_on(place: Page | Frame, name: str = "Bewaren en verder") -> None:
    """Presses a button and waits for the page behind it, which the next press is meant for."""
    title = place.locator("h1")
    before = title.inner_text()
    press(place, name)
    try:
        expect(title).not_to_have_text(before, timeout=AGAIN_AFTER)
    except AssertionError:
        press(place, name)
        expect(title).not_to_have_text(before)


def make_plan(place: Page | Frame, when: str = WHEN, then: str = THEN) -> None:
    """Writes a whole plan, from a learner's first page to the page with the plan."""
    go_on(place, "Nu beginnen")
    go_on(place)
    place.get_by_label("Als", exact=True).fill(when)
    place.get_by_label("dan", exact=True).fill(then)
    for _ in range(3):
        go_on(place)
    field(place, "Welke woorden").fill("doorvragen")
    press(place, "Bewaren en afronden")
    place.get_by_role("heading", name="Uw plan is bewaard").wait_for()


def tab_to(tab: Page, aim: Locator) -> None:
    """Walks on by Tab until something has the focus; raises AssertionError when it never gets it."""
    aim.wait_for()
    for _ in range(AT_MOST_TABS):
        tab.keyboard.press("Tab")
        if aim.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"Tab does not reach {aim}")
