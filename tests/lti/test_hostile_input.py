"""Whatever comes in: a value comes out, never an exception."""

import json
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jwt.utils import base64url_encode

from lti_tool.lti import launch, login, roles
from lti_tool.lti.launch import Outcome, Posted
from lti_tool.lti.launches import Launch
from lti_tool.lti.login import LoginRequest, Redirect
from lti_tool.lti.outgoing import Outgoing
from lti_tool.lti.ports import Registration
from lti_tool.lti.refusals import Refused
from lti_tool.lti.roles import Kind
from tests.lti import memory, platform_server
from tests.lti.conftest import REGISTRATION_ID
from tests.lti.hostile import CHANGES, FULL, HEADERS, TEXTS, TYPES, VALUES, changed, trying
from tests.lti.lms import BROWSER, DEPLOYMENT, LTI, NOW, Lms, a_login, as_jwk, claims_of, sent

OUTCOMES = get_args(launch.Outcome)


@pytest.fixture(scope="module")
def lms(key: Any, tool_key: Any) -> Iterator[Lms]:
    """One platform for all examples: nothing that they leave behind matters."""
    with platform_server.running() as server:
        registration = Registration(
            REGISTRATION_ID, "https://lms.example", "client-1", "https://lms.example/auth",
            server.url + "/token", server.url + "/jwks", None, active=True,
        )  # fmt: skip
        way = Outgoing(local=True, seconds=2)
        store = memory.store([registration], [(REGISTRATION_ID, DEPLOYMENT)], tool_key)
        made = Lms(server, store, registration, key, way)
        made.publish(as_jwk(key))
        yield made
        way.close()


@trying(150)
@given(message_type=st.sampled_from(TYPES), changes=CHANGES)
def test_no_change_of_signed_claims_gets_past_the_judge(
    lms: Lms, message_type: str, changes: list[tuple[tuple[object, ...], object]]
) -> None:
    state, nonce = sent(lms.begin())
    claims = changed({**FULL, "nonce": nonce, LTI + "message_type": message_type}, changes)

    outcome = lms.post(Posted(state, lms.sign(claims)))

    assert isinstance(outcome, OUTCOMES)
    if isinstance(outcome, Launch):
        assert _is_storable(outcome)
        assert (claims["iss"], claims["nonce"], claims["sub"]) == ("https://lms.example", nonce, outcome.sub)


def _is_storable(launch: Launch) -> bool:
    texts = [
        launch.sub, launch.deployment_id, launch.name, launch.email, launch.link.id, launch.link.title,
        launch.course.context_id, launch.course.title, launch.return_to, launch.roster,
        *launch.custom, *launch.custom.values(),
    ]  # fmt: skip
    return all("\x00" not in text and text.encode() for text in texts if text)


@trying(80)
@given(header=HEADERS, payload=VALUES)
def test_no_header_and_no_payload_makes_it_stumble(
    lms: Lms, header: dict[str, object], payload: object
) -> None:
    state, _ = sent(lms.begin())

    outcome = lms.post(Posted(state, lms.sign(payload, **header)))

    assert isinstance(outcome, Refused)


@trying(80)
@given(form=st.dictionaries(st.sampled_from(["state", "id_token", "error", "error_description"]), TEXTS))
@pytest.mark.parametrize("with_state", [True, False])
def test_no_form_makes_it_stumble(lms: Lms, with_state: bool, form: dict[str, str]) -> None:
    own = {"state": sent(lms.begin())[0]} if with_state else {}

    assert isinstance(lms.post(Posted.parse({**form, **own})), Refused)


@pytest.mark.parametrize(
    "part", ['{"a":' * 9_000, "[" * 40_000, "9" * 5_000, "NaN", '{"kid":1e999}', "\ufeff{}", ""]
)
@pytest.mark.parametrize("place", [0, 1])
def test_no_json_makes_it_stumble(lms: Lms, part: str, place: int) -> None:
    state, nonce = sent(lms.begin())
    parts = lms.sign(claims_of(nonce)).split(".")
    parts[place] = base64url_encode(part.encode()).decode()

    outcome: Outcome = lms.post(Posted(state, ".".join(parts)))

    assert isinstance(outcome, Refused)


@trying(150)
@given(parameters=st.dictionaries(st.sampled_from(list(a_login().parameters)), TEXTS))
def test_no_login_makes_it_stumble(lms: Lms, parameters: dict[str, str]) -> None:
    outcome = login.begin(a_login(**parameters), BROWSER, lms.site, lms.store, NOW)

    assert isinstance(outcome, Redirect | Refused)
    if isinstance(outcome, Redirect):
        assert outcome.url.startswith("https://lms.example/auth?")
        assert outcome.url.isascii()


@given(query=st.dictionaries(TEXTS, TEXTS), form=st.dictionaries(TEXTS, TEXTS))
def test_no_request_makes_parsing_stumble(query: dict[str, str], form: dict[str, str]) -> None:
    assert LoginRequest.parse(query, form)


@given(text=st.text())
def test_free_text_is_never_a_role_that_teaches(text: str) -> None:
    role = roles.parse(text)

    assert role.kind is Kind.UNKNOWN or text.strip().lower() == role.principal


def test_the_full_message_holds_before_it_is_changed(lms: Lms) -> None:
    state, nonce = sent(lms.begin())

    outcome = lms.post(Posted(state, lms.sign({**json.loads(json.dumps(FULL)), "nonce": nonce})))

    assert isinstance(outcome, Launch)
