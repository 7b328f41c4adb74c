"""Where the LMS keeps values for the tool: strictly as the specification says, in a real browser."""

from typing import Any

import pytest
from playwright.sync_api import Frame, Page

from demo_lms.browser import Browser
from demo_lms.platform import Platform
from demo_lms.running import RunningPlatform
from demo_lms.switches import Storage, Switches
from tests.demo_lms.fake_tool import FakeTool

ASK = """([frame, messages, origin]) => new Promise((resolve) => {
  const keeper = frame === "_parent" ? parent : parent.frames[frame];
  const heard = ({ data, source }) => resolve(source === keeper ? data : "somebody else");
  addEventListener("message", heard, { once: true });
  messages.forEach((message) => keeper.postMessage(message, origin));
})"""
"""The first answer to messages to a frame, which come in in their order."""

PUT_IN_VAIN = """new Promise((resolve) => {
  addEventListener("message", () => resolve(kept.size), { once: true });
  postMessage({ subject: "lti.put_data", message_id: "1", key: "k", value: "v" }, "*");
})"""
"""How much is kept once the page's own message was heard by all who listen."""


@pytest.mark.parametrize(
    ("where", "target"),
    [
        (Storage.NONE, None),
        (Storage.PARENT, "_parent"),
        (Storage.FRAME, "leerhuis_storage"),
        (Storage.ON_REQUEST, None),
    ],
)
def test_a_login_says_where_unless_the_tool_must_ask(
    browser: Browser, platform: Platform, tool: FakeTool, where: Storage, target: str | None
) -> None:
    platform.switches = Switches(storage=where)
    browser.sign_in("sanne")

    browser.launch("3111")

    assert tool.logins[-1].get("lti_storage_target") == target


def open_tool(tab: Page, lms: RunningPlatform, where: Storage) -> Frame:
    lms.platform.switches = Switches(storage=where)
    tab.goto(lms.url)
    tab.get_by_role("button", name="Sanne de Wit").click()
    tab.goto(f"{lms.url}/activities/3111")
    tool = tab.locator("#tool").element_handle().content_frame()
    assert tool is not None
    tool.get_by_role("heading", name="Launched: here").wait_for()
    return tool


@pytest.fixture
def ask(tab: Page, lms: RunningPlatform) -> Any:
    tool = open_tool(tab, lms, Storage.PARENT)

    def ask(subject: str, *before: dict[str, Any], **fields: Any) -> Any:
        message = {"subject": subject, "message_id": "1", **fields}
        return tool.evaluate(ASK, ["_parent", [*before, message], lms.url])

    return ask


@pytest.mark.browser
def test_what_was_put_is_got_until_it_is_taken_away(ask: Any) -> None:
    nothing = ask("lti.get_data", key="k")
    put = ask("lti.put_data", key="k", value="v")
    got = ask("lti.get_data", key="k")
    ask("lti.put_data", key="k", value=None)
    gone = ask("lti.get_data", key="k")

    assert put == {"subject": "lti.put_data.response", "message_id": "1", "key": "k", "value": "v"}
    assert [one["value"] for one in (nothing, got, gone)] == [None, "v", None]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"message_id": None, "key": "k", "value": "v"}, "bad_request"),
        ({"message_id": "", "key": "k", "value": "v"}, "bad_request"),
        ({"key": "", "value": "v"}, "bad_request"),
        ({"key": "k", "value": 1}, "bad_request"),
        ({"key": "k", "value": "v" * 4096}, "storage_exhaustion"),
    ],
)
def test_what_does_not_fit_is_refused(ask: Any, message: dict[str, Any], code: str) -> None:
    assert ask("lti.put_data", **message)["error"]["code"] == code


@pytest.mark.browser
def test_there_is_room_for_some_only(ask: Any) -> None:
    answers = [ask("lti.put_data", key=f"k{n}", value="v" * 1000) for n in range(5)]

    assert ["error" in one for one in answers] == [False] * 4 + [True]


@pytest.mark.browser
def test_a_subject_that_is_not_known_is_not_answered(ask: Any) -> None:
    unknown = {"subject": "lti.frameResize", "message_id": "0", "height": 1}

    first = ask("lti.get_data", unknown, key="k")

    assert (first["subject"], first["message_id"]) == ("lti.get_data.response", "1")


@pytest.mark.browser
def test_it_says_in_which_frame_it_keeps_values(tab: Page, lms: RunningPlatform) -> None:
    tool = open_tool(tab, lms, Storage.ON_REQUEST)
    question = {"subject": "lti.capabilities", "message_id": "1"}

    told = tool.evaluate(ASK, ["_parent", [question], "*"])["supported_messages"]
    put = {"subject": "lti.put_data", "message_id": "2", "key": "k", "value": "v"}
    answers = [tool.evaluate(ASK, [frame, [put], lms.url]) for frame in ("_parent", "leerhuis_storage")]

    assert {"subject": "lti.put_data", "frame": "leerhuis_storage"} in told
    assert [one.get("error", {}).get("code") for one in answers] == ["unsupported_subject", None]


@pytest.mark.browser
def test_nobody_but_the_tool_is_heard(tab: Page, lms: RunningPlatform) -> None:
    open_tool(tab, lms, Storage.PARENT)

    assert tab.evaluate(PUT_IN_VAIN) == 0
