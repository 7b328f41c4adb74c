"""Tools that register themselves: the administrator's list, and a strict registration endpoint."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from demo_lms.browser import Browser
from demo_lms.platform import Platform
from demo_lms.registering import TOOL
from demo_lms.running import RunningPlatform
from demo_lms.switches import Profile, Switches
from demo_lms.tools import State
from demo_lms.vocabulary import Scope
from tests.demo_lms.fake_tool import FakeTool

WHERE = "/.well-known/openid-configuration"
Register = Callable[..., httpx.Response]


def said(tool: str) -> dict[str, Any]:
    """What a tool says of itself when all of it holds."""
    return {
        "application_type": "web",
        "response_types": ["id_token"],
        "grant_types": ["implicit", "client_credentials"],
        "initiate_login_uri": f"{tool}/lti/login",
        "redirect_uris": [f"{tool}/lti/launch"],
        "client_name": "Beklijf",
        "jwks_uri": f"{tool}/lti/jwks.json",
        "token_endpoint_auth_method": "private_key_jwt",
        "scope": str(Scope.SCORE),
        TOOL: {
            "domain": tool.split("//")[1],
            "target_link_uri": f"{tool}/lti/launch",
            "custom_parameters": {"time_zone": "$Person.address.timezone"},
            "claims": ["sub", "email"],
            "messages": [{"type": "LtiResourceLinkRequest"}],
        },
    }


@pytest.fixture
def register(http: httpx.Client, platform: Platform, tool: FakeTool) -> Register:
    """Registers a tool; what the test changes may be members, or members of the LTI part in `own`."""

    def post(token: str | None = None, own: dict[str, Any] | None = None, **changes: Any) -> httpx.Response:
        body = said(tool.url) | changes
        body[TOOL] = body[TOOL] | (own or {}) if isinstance(body[TOOL], dict) else body[TOOL]
        key = platform.registration_tokens.issue(datetime.now(UTC)) if token is None else token
        return http.post("/register", json=body, headers={"Authorization": f"Bearer {key}"})

    return post


def test_what_the_lms_says_of_itself_is_of_its_own_address(http: httpx.Client, lms: RunningPlatform) -> None:
    found = http.get(WHERE).json()

    assert found["issuer"] == lms.url
    assert found["registration_endpoint"] == f"{lms.url}/register"
    assert found["id_token_signing_alg_values_supported"] == ["RS256"]


def test_like_canvas_it_says_so_to_a_tool_that_registers_only(http: httpx.Client, platform: Platform) -> None:
    platform.switches = Switches(profile=Profile.CANVAS)
    token = platform.registration_tokens.issue(datetime.now(UTC))

    assert http.get(WHERE).status_code == 401
    assert http.get(WHERE, headers={"Authorization": f"Bearer {token}"}).status_code == 200


def test_a_tool_gets_ids_of_its_own_and_waits_out_of_sight(register: Register, platform: Platform) -> None:
    answer = register()

    made = platform.tools.all()[-1]
    assert answer.status_code == 200
    assert answer.json()["client_id"] == made.registration.client_id != "leerhuis-beklijf"
    assert answer.json()[TOOL]["deployment_id"] == "3"
    assert (made.state, made.in_chooser) == (State.PENDING, False)
    assert platform.registration.client_id == "leerhuis-beklijf"


def test_a_token_registers_once(register: Register, platform: Platform) -> None:
    token = platform.registration_tokens.issue(datetime.now(UTC))

    assert [register(token).status_code for _ in range(2)] == [200, 401]


def test_a_token_of_an_hour_ago_registers_nothing(register: Register, platform: Platform) -> None:
    token = platform.registration_tokens.issue(datetime.now(UTC) - timedelta(hours=1))

    assert register(token).status_code == 401
    assert len(platform.tools.all()) == 1


def test_what_is_refused_does_not_use_the_token_up(register: Register, platform: Platform) -> None:
    token = platform.registration_tokens.issue(datetime.now(UTC))

    assert register(token, client_name="").status_code == 400
    assert register(token).status_code == 200


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"application_type": "native"}, "application_type"),
        ({"response_types": "id_token"}, "response_types"),
        ({"grant_types": ["implicit"]}, "grant_types"),
        ({"grant_types": [["implicit"]]}, "grant_types"),
        ({"client_name": None}, "client_name"),
        ({"jwks_uri": "keys"}, "jwks_uri"),
        ({"redirect_uris": "http://localhost/lti/launch"}, "redirect_uris"),
        ({"redirect_uris": []}, "redirect_uris"),
        ({"token_endpoint_auth_method": "client_secret_post"}, "token_endpoint_auth_method"),
        ({"scope": ["openid"]}, "scope"),
        ({"scope": "https://elsewhere.example/scope"}, "scope"),
        ({"initiate_login_uri": "https://elsewhere.example/login"}, "initiate_login_uri"),
        ({TOOL: None}, "lti-tool-configuration"),
        ({"own": {"domain": "localhost"}}, "domain"),
        ({"own": {"target_link_uri": "http://localhost:1/x"}}, "target_link_uri"),
        ({"own": {"claims": "email"}}, "claims"),
        ({"own": {"claims": ["shoe_size"]}}, "claims"),
        ({"own": {"custom_parameters": {"TimeZone": "$Person.address.timezone"}}}, "lower case"),
        ({"own": {"custom_parameters": {"time_zone": None}}}, "custom_parameters"),
        ({"own": {"messages": []}}, "messages"),
        ({"own": {"messages": [{"type": "LtiEulaRequest"}]}}, "message"),
        ({"own": {"messages": [{"type": "LtiDeepLinkingRequest", "placements": ["x"]}]}}, "placement"),
    ],
)
def test_what_moodle_or_canvas_would_refuse_is_refused_and_held_against_the_tool(
    register: Register, platform: Platform, changes: dict[str, Any], reason: str
) -> None:
    answer = register(**changes)

    assert answer.status_code == 400
    assert reason in answer.json()["error_description"]
    assert [complaint.endpoint for complaint in platform.complaints.all()] == ["register"]
    assert len(platform.tools.all()) == 1


def test_a_tool_gets_only_what_it_asked_for(register: Register, platform: Platform) -> None:
    client = register().json()["client_id"]
    platform.tools.change(client, State.ACTIVE, in_chooser=True)

    claims = platform.claims_for(platform.person("sanne"), platform.link("3111"), deployment_id="3")

    assert claims["aud"] == client
    assert "email" in claims
    assert "name" not in claims
    services = " ".join(name for name in claims if "claim/endpoint" in name or "namesrole" in name)
    assert "lti-ags" in services
    assert "lti-nrps" not in services


def test_only_the_administrator_sees_the_tools(browser: Browser) -> None:
    browser.sign_in("ineke")
    trainer = browser.visit("/tools")
    browser.sign_in("beheer")
    administrator = browser.visit("/tools")

    assert trainer.status == 403
    assert administrator.document.heading == "Externe tools"
    assert "Client-id leerhuis-beklijf" in administrator.text


def test_the_administrator_activates_a_tool_and_shows_it(
    browser: Browser, register: Register, platform: Platform
) -> None:
    client = register().json()["client_id"]
    browser.sign_in("beheer")

    page = browser.submit(browser.visit("/tools"), {"in_chooser": True}, "Activeren", having="Activeren")

    assert "Beklijf staat aan. Trainers kunnen het toevoegen aan hun training." in page.text
    made = platform.tools.all()[-1]
    assert (made.registration.client_id, made.state, made.in_chooser) == (client, State.ACTIVE, True)


@pytest.mark.parametrize(
    ("answers", "button", "said"),
    [
        (
            {"in_chooser": None},
            "Bewaren",
            "staat aan. Trainers zien het nog niet als zij een activiteit kiezen.",
        ),
        ({"in_chooser": True}, "Uitzetten", "staat uit. Activiteiten van Beklijf gaan nu niet open."),
    ],
)
def test_the_list_says_what_the_administrator_changed(
    browser: Browser, answers: dict[str, Any], button: str, said: str
) -> None:
    browser.sign_in("beheer")

    page = browser.submit(browser.visit("/tools"), answers, button, having=button)

    assert f'role="status" tabindex="-1" autofocus><p>Beklijf {said}' in re.sub(r">\s+<", "><", page.text)
    assert said not in browser.visit("/tools").text


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        (
            "https://elsewhere.example/lti/register",
            "opent alleen adressen die beginnen met http://localhost:",
        ),
        ("lti/register", "Plak het hele adres dat u van de tool kreeg."),
        ("", "Hier staat nog niets. Plak het adres dat u van de tool kreeg."),
    ],
)
def test_what_is_no_address_of_the_tool_is_not_opened_and_the_page_says_what_fits(
    browser: Browser, pasted: str, said: str
) -> None:
    browser.sign_in("beheer")

    page = browser.submit(browser.visit("/tools"), {"url": pasted}, having="url")

    assert page.status == 400
    assert page.document.frames == ()
    assert said in page.text
    assert f'value="{pasted}" aria-invalid="true" aria-describedby="url-problem"' in page.text


def test_an_activity_of_a_tool_that_was_put_aside_says_who_may_help(
    browser: Browser, platform: Platform
) -> None:
    platform.tools.change("leerhuis-beklijf", State.PENDING, in_chooser=True)
    browser.sign_in("sanne")

    page = browser.visit("/activities/3111")

    assert page.status == 404
    assert "De beheerder zet die aan bij Externe tools." in page.text
