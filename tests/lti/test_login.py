"""Logins that a platform begins."""

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import pytest

from lti_tool.lti import login
from lti_tool.lti.login import LoginRequest
from lti_tool.lti.ports import PendingLogin, Registration
from lti_tool.lti.refusals import RefusalReason
from tests.lti.lms import BROWSER, ISSUER, NOW, Lms, a_login, reason_of, sent

R = RefusalReason


def test_a_login_goes_on_at_the_platform_with_a_request_that_moodle_takes(lms: Lms) -> None:
    hint = '{"cmid":24,"launchid":"ltilaunch23_1197988930"}'

    redirect = lms.begin(lti_message_hint=hint, lti_deployment_id="deployment-1")

    address, _, query = redirect.url.partition("?")
    asked = parse_qs(query, strict_parsing=True)
    assert address == ISSUER + "/auth"
    assert {name: values for name, values in asked.items() if name not in ("state", "nonce")} == {
        "scope": ["openid"],
        "response_type": ["id_token"],
        "response_mode": ["form_post"],
        "prompt": ["none"],
        "client_id": ["client-1"],
        "redirect_uri": ["https://tool.example/lti/launch"],
        "login_hint": ["7"],
        "lti_message_hint": [hint],
    }


def test_an_absent_message_hint_stays_absent(lms: Lms) -> None:
    assert "lti_message_hint" not in lms.begin().url


def test_a_login_url_with_a_query_keeps_it(lms: Lms) -> None:
    with_query = replace(lms.registration, login_url=ISSUER + "/auth?tenant=3")
    lms.store.registrations.known[:] = [with_query]

    asked = parse_qs(urlsplit(lms.begin().url).query)

    assert asked["tenant"] == ["3"]
    assert asked["login_hint"] == ["7"]


def test_state_and_nonce_are_256_random_bits_and_remembered_with_the_browser(lms: Lms) -> None:
    pairs = [sent(lms.begin(lti_deployment_id="deployment-1")) for _ in range(20)]

    assert len({value for pair in pairs for value in pair}) == 40
    assert min(len(value.removeprefix("state-")) for pair in pairs for value in pair) >= 43
    state, nonce = pairs[-1]
    assert lms.store.states.take(state, NOW) == PendingLogin(
        state=state,
        nonce=nonce,
        registration_id=lms.registration.id,
        browser=BROWSER,
        target_link_uri="https://tool.example/lti/launch",
        deployment_id="deployment-1",
        created_at=NOW,
    )


def test_a_removed_registration_begins_nothing(lms: Lms) -> None:
    lms.store.registrations.known[:] = []

    assert reason_of(lms_login(lms)) is R.UNKNOWN_REGISTRATION


def test_a_registration_that_waits_takes_nothing_from_one_that_launches(lms: Lms) -> None:
    waiting = replace(lms.registration, id=uuid4(), client_id="client-9", active=False)
    lms.store.registrations.known.append(waiting)

    outcome = lms_login(lms, a_login(client_id=""))

    assert isinstance(outcome, login.Redirect)
    assert outcome.client_id == "client-1"


def test_the_address_of_one_registration_serves_no_other(lms: Lms, second_client: Registration) -> None:
    at_the_second = a_login(client_id="client-1", registration_id=second_client.id)
    at_none = a_login(registration_id=UUID(int=404))

    assert reason_of(lms_login(lms, at_the_second)) is R.UNKNOWN_REGISTRATION
    assert reason_of(lms_login(lms, at_none)) is R.UNKNOWN_REGISTRATION


def test_the_address_of_one_registration_serves_its_own_issuer(lms: Lms) -> None:
    by_another = a_login(iss="https://b.example", client_id="", registration_id=lms.registration.id)

    assert reason_of(lms_login(lms, by_another)) is R.UNKNOWN_REGISTRATION


@pytest.mark.parametrize(
    "parameters",
    [
        {"client_id": "c" * 256},
        {"login_hint": "h" * 8193},
        {"lti_message_hint": "h" * 16385},
        {"lti_deployment_id": "d" * 256},
        {"iss": "https://" + "i" * 2048},
        {"login_hint": "\ud800"},
        {"client_id": "client-1\r\nSet-Cookie: a=b"},
    ],
)
def test_parameters_have_their_limits(lms: Lms, parameters: dict[str, str]) -> None:
    assert reason_of(lms_login(lms, a_login(**parameters))) is R.PARAMETER_UNFIT


def test_a_refusal_says_what_the_log_needs_on_one_line(lms: Lms) -> None:
    outcome = lms_login(lms, a_login(iss="https://b.example\nresult=opened", client_id="x" * 300))

    assert outcome.issuer == "https://b.exampleresult=opened"
    assert outcome.client_id == "x" * 255


def test_form_and_query_may_both_carry_parameters() -> None:
    request = LoginRequest.parse(query={"iss": ISSUER, "login_hint": "1"}, form={"login_hint": "2", "x": "y"})

    assert (request.iss, request.login_hint) == (ISSUER, "2")


@pytest.mark.parametrize(
    "target",
    ["https://tool.example/", "https://tool.example", "https://TOOL.example:443/lti/launch?activity=3#top"],
)
def test_any_page_of_the_tool_is_a_target(lms: Lms, target: str) -> None:
    assert lms.begin(target_link_uri=target)


def lms_login(lms: Lms, request: LoginRequest | None = None) -> Any:
    return login.begin(request or a_login(), BROWSER, lms.site, lms.store, NOW)
