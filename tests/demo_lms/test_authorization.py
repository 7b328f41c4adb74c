"""What the LMS asks of the tool's authentication request, through a browser."""

import re

import jwt
import pytest

from demo_lms.browser import Browser
from demo_lms.openings import Target
from demo_lms.platform import Platform
from demo_lms.vocabulary import LAUNCH_PRESENTATION
from tests.demo_lms.fake_tool import FakeTool

PREPARE = "3111"


def test_an_activity_opens_in_its_frame_with_a_token_and_the_state(
    browser: Browser, tool: FakeTool, platform: Platform
) -> None:
    browser.sign_in("sanne")

    page = browser.launch(PREPARE)

    assert page.document.heading == "Launched: here"
    assert page.top == browser.lms
    assert tool.launches[0].keys() == {"id_token", "state"}
    assert platform.complaints.all() == []


def test_the_login_request_carries_what_moodle_sends(browser: Browser, tool: FakeTool) -> None:
    browser.sign_in("sanne")

    browser.launch(PREPARE, deployment="2")

    login = tool.logins[0]
    assert login["iss"] == browser.lms
    assert login["target_link_uri"] == f"{tool.url}/lti/launch"
    assert login["login_hint"] == "1041"
    assert login["client_id"] == "leerhuis-beklijf"
    assert login["lti_deployment_id"] == "2"
    assert re.fullmatch(r'\{"cmid":3111,"launchid":"ltilaunch3111_\d+"\}', login["lti_message_hint"])


def test_an_activity_opens_in_a_tab_of_its_own(browser: Browser, tool: FakeTool) -> None:
    browser.sign_in("youssef")

    page = browser.launch(PREPARE, in_tab=True)

    assert page.top is None
    claims = jwt.decode(tool.launches[0]["id_token"], options={"verify_signature": False})
    assert claims[LAUNCH_PRESENTATION]["document_target"] == "window"


@pytest.mark.parametrize(
    ("parameter", "value", "error"),
    [
        ("scope", "openid profile", "invalid_scope"),
        ("scope", None, "invalid_scope"),
        ("response_type", "code", "unsupported_response_type"),
        ("response_mode", "query", "invalid_request"),
        ("response_mode", None, "invalid_request"),
        ("prompt", "login", "invalid_request"),
        ("prompt", None, "invalid_request"),
        ("nonce", None, "invalid_request"),
        ("state", None, "invalid_request"),
        ("login_hint", None, "invalid_request"),
        ("login_hint", "1042", "invalid_request"),
        ("lti_message_hint", None, "invalid_request"),
        ("lti_message_hint", "null", "invalid_request"),
        ("lti_message_hint", '{"cmid":3111,"launchid":"ltilaunch3111_1"}', "invalid_request"),
    ],
)
def test_a_request_with_a_wrong_parameter_gets_an_error_at_the_tool_and_no_token(
    browser: Browser, tool: FakeTool, platform: Platform, parameter: str, value: str | None, error: str
) -> None:
    browser.sign_in("sanne")
    tool.wishes = {parameter: value}

    browser.launch(PREPARE)

    posted = tool.launches[0]
    assert posted["error"] == error
    assert parameter in posted["error_description"]
    assert "id_token" not in posted
    assert ("state" in posted) == (parameter != "state")
    assert [complaint.endpoint for complaint in platform.complaints.all()] == ["auth"]


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("client_id", "somebody-else"),
        ("client_id", None),
        ("redirect_uri", None),
        ("redirect_uri", "http://localhost:1/lti/launch"),
    ],
)
def test_a_stranger_gets_a_page_and_nothing_is_posted_anywhere(
    browser: Browser, tool: FakeTool, platform: Platform, parameter: str, value: str | None
) -> None:
    browser.sign_in("sanne")
    tool.wishes = {parameter: value}

    page = browser.launch(PREPARE)

    assert (page.status, page.origin) == (400, browser.lms)
    assert page.document.forms == ()
    assert tool.launches == []
    assert parameter in platform.complaints.all()[0].reason


def test_a_redirect_uri_that_only_begins_like_the_registered_one_is_refused(
    browser: Browser, tool: FakeTool
) -> None:
    browser.sign_in("sanne")
    tool.wishes = {"redirect_uri": f"{tool.url}/lti/launch/"}

    page = browser.launch(PREPARE)

    assert page.status == 400


def test_a_hint_works_once(browser: Browser, tool: FakeTool, platform: Platform) -> None:
    browser.sign_in("sanne")
    answer = browser.answer(PREPARE)
    browser.submit(answer)
    tool.wishes = {"lti_message_hint": tool.logins[0]["lti_message_hint"]}

    browser.launch(PREPARE)

    assert tool.launches[1]["error"] == "invalid_request"
    assert "lti_message_hint" in tool.launches[1]["error_description"]


def test_a_request_that_is_refused_for_another_reason_leaves_the_hint_unused(
    browser: Browser, tool: FakeTool
) -> None:
    browser.sign_in("sanne")
    tool.wishes = {"scope": "profile"}
    browser.launch(PREPARE)
    tool.wishes = {"lti_message_hint": tool.logins[0]["lti_message_hint"]}

    browser.launch(PREPARE)

    assert "id_token" in tool.launches[1]


def test_a_nonce_works_once(browser: Browser, tool: FakeTool) -> None:
    browser.sign_in("sanne")
    tool.wishes = {"nonce": "the-same-one"}
    browser.launch(PREPARE)

    browser.launch(PREPARE)

    assert "id_token" in tool.launches[0]
    assert tool.launches[1]["error_description"] == "nonce was used before"


def test_a_parameter_that_is_given_twice_is_refused(browser: Browser, platform: Platform) -> None:
    browser.sign_in("sanne")
    opening = platform.openings.add(platform.person("sanne"), platform.link(PREPARE), "1", Target.IFRAME)
    registration = platform.registration

    page = browser.visit(
        f"/auth?scope=openid&scope=openid&client_id={registration.client_id}"
        f"&redirect_uri={registration.launch_url}&lti_message_hint={opening.message_hint}"
    )

    assert "scope is given more than once" in page.text


def test_somebody_who_signed_out_meanwhile_is_no_fault_of_the_tool(
    browser: Browser, tool: FakeTool, platform: Platform
) -> None:
    browser.sign_in("sanne")
    start = browser.open_frame(browser.activity(PREPARE))
    browser.submit(browser.visit("/courses"), button="Uitloggen")

    repost = browser.submit(start)
    browser.submit(browser.submit(repost))

    assert tool.launches[0]["error"] == "login_required"
    assert platform.complaints.all() == []


def test_somebody_else_at_the_same_browser_does_not_get_the_first_ones_launch(
    browser: Browser, tool: FakeTool
) -> None:
    browser.sign_in("sanne")
    start = browser.open_frame(browser.activity(PREPARE))
    browser.sign_in("youssef")

    browser.submit(browser.submit(start))

    assert tool.launches[0]["error"] == "access_denied"


def test_a_cookie_that_the_browser_held_back_comes_along_when_the_lms_posts_to_itself(
    browser: Browser, tool: FakeTool
) -> None:
    browser.sign_in("sanne")
    tool.pauses = True
    pause = browser.answer(PREPARE)

    held_back = browser.submit(pause)
    browser.submit(browser.submit(held_back))

    assert held_back.has_form("repost")
    assert "id_token" in tool.launches[0]
