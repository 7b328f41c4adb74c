"""How the LMS judges a request for an access token."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from demo_lms.keys import SigningKey
from demo_lms.platform import Platform
from demo_lms.vocabulary import DEPLOYMENT_ID, Scope
from tests.demo_lms.fake_tool import FakeTool

Ask = Callable[..., httpx.Response]


def counted(changes: dict[str, Any]) -> dict[str, Any]:
    """The changes, with the seconds of a moment in the place of how far it is from now."""
    now = datetime.now(UTC)
    return {
        name: int((now + value).timestamp()) if isinstance(value, timedelta) else value
        for name, value in changes.items()
    }


def test_a_good_assertion_gets_a_token_for_an_hour(ask_token: Ask, platform: Platform) -> None:
    answer = ask_token(f"{Scope.SCORE} {Scope.LINE_ITEM_READ}")

    assert answer.status_code == 200
    body = answer.json()
    assert (body["token_type"], body["expires_in"]) == ("Bearer", 3600)
    assert set(body["scope"].split()) == {Scope.SCORE, Scope.LINE_ITEM_READ}
    assert answer.headers["Cache-Control"] == "no-store"
    assert platform.complaints.all() == []


def test_a_token_opens_nothing_after_its_hour(ask_token: Ask, platform: Platform) -> None:
    value = ask_token().json()["access_token"]

    assert platform.tokens.find(value, datetime.now(UTC)) is not None
    assert platform.tokens.find(value, datetime.now(UTC) + timedelta(hours=1)) is None


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"iss": "somebody"}, "iss"),
        ({"iss": None}, "iss"),
        ({"sub": "somebody"}, "sub"),
        ({"sub": None}, "sub"),
        ({"aud": "http://127.0.0.1:1/token"}, "aud"),
        ({"aud": None}, "aud"),
        ({"exp": None}, "iat and exp"),
        ({"iat": None}, "iat and exp"),
        ({"iat": "now"}, "iat and exp"),
        ({"iat": True}, "iat and exp"),
        ({"iat": timedelta(minutes=-2), "exp": timedelta(minutes=-1)}, "exp has passed"),
        ({"iat": timedelta(minutes=5), "exp": timedelta(minutes=6)}, "future"),
        ({"nbf": timedelta(minutes=5)}, "future"),
        ({"exp": timedelta(minutes=6)}, "5 minutes"),
        ({"jti": None}, "jti"),
        ({"jti": ""}, "jti"),
        ({DEPLOYMENT_ID: "99"}, "deployment_id"),
        ({"header": {"kid": "nobody's"}}, "0 keys with kid"),
        ({"header": {"kid": ""}}, "kid"),
        ({"header": {"alg": "none"}}, "alg RS256"),
        ({"header": {"alg": "RS512"}}, "alg RS256"),
    ],
)
def test_an_assertion_that_breaks_one_rule_is_refused(
    ask_token: Ask, platform: Platform, changes: dict[str, Any], reason: str
) -> None:
    answer = ask_token(**counted(changes))

    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert reason in answer.json()["error_description"]
    assert [complaint.reason for complaint in platform.complaints.all()] == [
        answer.json()["error_description"]
    ]
    assert platform.tokens.issued == 0


def test_the_token_address_may_stand_alone_in_a_list_of_audiences(ask_token: Ask, tool: FakeTool) -> None:
    alone = ask_token(aud=[f"{tool.lms}/token"])
    in_company = ask_token(aud=[f"{tool.lms}/token", tool.lms])

    assert (alone.status_code, in_company.status_code) == (200, 401)


def test_an_assertion_signed_with_a_key_that_is_not_published_is_refused(
    ask_token: Ask, tool: FakeTool
) -> None:
    impostor = SigningKey(kid=tool.key.kid)

    answer = ask_token(signed_by=impostor)

    assert answer.status_code == 401
    assert "does not verify" in answer.json()["error_description"]


def test_an_assertion_works_once(ask_token: Ask) -> None:
    first, second = ask_token(jti="the-same"), ask_token(jti="the-same")

    assert first.status_code == 200
    assert second.json()["error_description"] == "client assertion: jti was used before"


def test_an_assertion_without_deployment_gets_a_token_and_a_complaint(
    ask_token: Ask, platform: Platform
) -> None:
    answer = ask_token(**{DEPLOYMENT_ID: None})

    assert answer.status_code == 200
    assert "deployment_id is left out" in platform.complaints.all()[0].reason


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"client_assertion_type": "jwt"}, "invalid_request"),
        ({"client_assertion": ""}, "invalid_request"),
        ({"scope": ""}, "invalid_scope"),
        ({"scope": "https://purl.imsglobal.org/spec/lti-ags/scope/everything"}, "invalid_scope"),
        ({"scope": [Scope.SCORE, Scope.SCORE]}, "invalid_request"),
    ],
)
def test_a_form_that_breaks_one_rule_is_refused(ask_token: Ask, form: dict[str, Any], error: str) -> None:
    answer = ask_token(form=form)

    assert (answer.status_code, answer.json()["error"]) == (400, error)


def test_a_request_that_is_no_form_is_refused(http: httpx.Client, tool: FakeTool) -> None:
    answer = http.post("/token", json={"client_assertion": tool.assertion()})

    assert answer.status_code == 400


@pytest.mark.parametrize("assertion", ["", "a", "a.b", "a.b.c", "....", "e30.e30."])
def test_an_assertion_that_is_no_jwt_is_refused(ask_token: Ask, assertion: str) -> None:
    answer = ask_token(form={"client_assertion": assertion})

    assert answer.status_code in (400, 401)


@pytest.mark.parametrize("member", ["kid", "alg"])
def test_a_key_published_without_kid_or_alg_is_refused(ask_token: Ask, tool: FakeTool, member: str) -> None:
    jwk = tool.key.public_jwk()
    tool.published = {"keys": [{name: value for name, value in jwk.items() if name != member}]}

    answer = ask_token()

    assert member in answer.json()["error_description"]


def test_a_published_private_key_is_refused(ask_token: Ask, tool: FakeTool) -> None:
    tool.published = {"keys": [tool.key.public_jwk() | {"d": "AQAB"}]}

    answer = ask_token()

    assert answer.json()["error_description"] == "the tool publishes a private key"


@pytest.mark.parametrize("published", [{}, [], {"keys": "none"}, {"keys": ["none"]}])
def test_a_key_set_that_is_none_is_refused(ask_token: Ask, tool: FakeTool, published: Any) -> None:
    tool.published = published

    answer = ask_token()

    assert answer.status_code == 401


def test_a_rotated_key_of_the_tool_is_known_at_once(ask_token: Ask, tool: FakeTool) -> None:
    ask_token()
    tool.key = SigningKey()

    answer = ask_token()

    assert answer.status_code == 200
