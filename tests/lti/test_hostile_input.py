"""Whatever comes in: a value comes out, never an exception."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jwt.utils import base64url_encode

from lti_tool.lti import login, roles
from lti_tool.lti.launch import Outcome, Posted
from lti_tool.lti.launches import Launch, NotYetAvailable, UnknownDeployment
from lti_tool.lti.login import LoginRequest, Redirect
from lti_tool.lti.outgoing import Outgoing
from lti_tool.lti.ports import Registration
from lti_tool.lti.refusals import Refused
from lti_tool.lti.roles import Kind
from tests.lti import memory, platform_server
from tests.lti.conftest import REGISTRATION_ID
from tests.lti.lms import BROWSER, DEPLOYMENT, LTI, NOW, Lms, a_login, as_jwk, claims_of, sent
from tests.lti.test_other_messages import DEEP_LINKING, SETTINGS

OUTCOMES = (Launch, Refused, UnknownDeployment, NotYetAvailable)
SERVICES = {
    "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint": {
        "scope": ["https://purl.imsglobal.org/spec/lti-ags/scope/score"],
        "lineitem": "https://lms.example/1",
        "lineitems": "https://lms.example/",
    },
    "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice": {
        "context_memberships_url": "https://lms.example/members"
    },
    LTI + "launch_presentation": {
        "locale": "nl",
        "return_url": "https://lms.example/mod/lti/return.php?instanceid=1",
    },
    LTI + "tool_platform": {"product_family_code": "moodle"},
    LTI + "custom": {"time_zone": "Europe/Amsterdam"},
    LTI + "for_user": {"user_id": "7"},
    DEEP_LINKING: SETTINGS,
    "name": "Zoë",
    "email": "zoe@gemeente.example",
    "locale": "nl",
    "azp": "client-1",
    "nbf": int(NOW.timestamp()),
}

TEXTS = st.text() | st.sampled_from(
    [
        "",
        "\x00",
        "\ud800",
        "x" * 300,
        "$X",
        "https://lms.example/",
        "https://[",
        "javascript:x",
        "http://a:b@c/",
        "-1",
    ]
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | TEXTS


def _nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3)


VALUES = st.recursive(SCALARS, _nested, max_leaves=6)
HEADERS = st.dictionaries(st.sampled_from(["alg", "kid", "typ", "crit", "b64", "jku", "zip"]), VALUES)


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


def places(content: object, path: tuple[object, ...] = ()) -> Iterator[tuple[object, ...]]:
    """Every place in a JSON value that can be replaced."""
    if isinstance(content, dict):
        for name, value in content.items():
            yield (*path, name)
            yield from places(value, (*path, name))
    elif isinstance(content, list):
        for number, value in enumerate(content):
            yield (*path, number)
            yield from places(value, (*path, number))


def replaced(content: Any, path: tuple[Any, ...], value: object) -> Any:
    changed = copy.deepcopy(content)
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return changed


FULL = {**claims_of("-"), **SERVICES}
TYPES = ["LtiResourceLinkRequest", "LtiDeepLinkingRequest", "LtiSubmissionReviewRequest"]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    message_type=st.sampled_from(TYPES),
    changes=st.lists(st.tuples(st.sampled_from(list(places(FULL))), VALUES), min_size=1, max_size=3),
)
def test_no_change_of_signed_claims_gets_past_the_judge(
    lms: Lms, message_type: str, changes: list[tuple[tuple[object, ...], object]]
) -> None:
    state, nonce = sent(lms.begin())
    claims: Any = {**FULL, "nonce": nonce, LTI + "message_type": message_type}
    for path, value in changes:
        try:
            claims = replaced(claims, path, value)
        except (KeyError, IndexError, TypeError):
            continue  # a former change took the place away

    outcome = lms.post(Posted(state, lms.sign(claims)))

    assert isinstance(outcome, OUTCOMES)
    if isinstance(outcome, Launch):
        assert _is_storable(outcome)
        assert (claims["iss"], claims["nonce"], claims["sub"]) == ("https://lms.example", nonce, outcome.sub)


def _is_storable(launch: Launch) -> bool:
    texts = [
        launch.sub, launch.deployment_id, launch.name, launch.email, launch.link.id, launch.link.title,
        launch.course.context_id, launch.course.title, launch.target, launch.return_to, launch.roster,
        *launch.custom, *launch.custom.values(),
    ]  # fmt: skip
    return all("\x00" not in text and text.encode() for text in texts if text)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(header=HEADERS, payload=VALUES)
def test_no_header_and_no_payload_makes_it_stumble(
    lms: Lms, header: dict[str, object], payload: object
) -> None:
    state, _ = sent(lms.begin())

    outcome = lms.post(Posted(state, lms.sign(payload, **header)))

    assert isinstance(outcome, Refused)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
