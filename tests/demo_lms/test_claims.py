"""What the LMS says in an id_token."""

import json
from collections.abc import Callable
from typing import Any

import httpx
import jwt
import pytest

from demo_lms.browser import Browser
from demo_lms.courses import ResourceLink
from demo_lms.keys import SigningKey
from demo_lms.platform import Platform
from demo_lms.vocabulary import (
    AGS_ENDPOINT,
    CUSTOM,
    DEPLOYMENT_ID,
    LAUNCH_PRESENTATION,
    NRPS_SERVICE,
    RESOURCE_LINK,
    ROLES,
)
from tests.demo_lms.fake_tool import FakeTool

PREPARE = "3111"


@pytest.fixture
def launched(browser: Browser, tool: FakeTool) -> Callable[..., dict[str, Any]]:
    """Launch as somebody and read the claims, with the signature verified as a tool does."""

    def launch(name: str, link_id: str = PREPARE, **choices: Any) -> dict[str, Any]:
        browser.sign_in(name)
        browser.launch(link_id, **choices)
        return verified(tool.launches[-1]["id_token"], tool.lms)

    return launch


def verified(token: str, lms: str) -> dict[str, Any]:
    key_set = jwt.PyJWKSet.from_dict(httpx.get(f"{lms}/jwks.json", trust_env=False).json())
    key = key_set[jwt.get_unverified_header(token)["kid"]]
    claims: dict[str, Any] = jwt.decode(token, key, ["RS256"], audience="leerhuis-beklijf", issuer=lms)
    return claims


def test_a_token_lives_a_minute_and_verifies_with_the_published_key(
    launched: Callable[..., dict[str, Any]],
) -> None:
    claims = launched("sanne")

    assert claims["exp"] - claims["iat"] == 60
    assert claims["sub"] == "1041"


def test_a_learner_has_a_context_role_only(launched: Callable[..., dict[str, Any]]) -> None:
    claims = launched("sanne")

    assert claims[ROLES] == ["http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"]


def test_the_trainer_is_an_instructor(launched: Callable[..., dict[str, Any]]) -> None:
    claims = launched("ineke")

    assert claims[ROLES] == ["http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"]


def test_somebody_without_an_address_has_no_email_claim(launched: Callable[..., dict[str, Any]]) -> None:
    claims = launched("marloes")

    assert claims["name"] == "Marloes Hendriks"
    assert "email" not in claims


def test_the_locale_is_the_persons_own(launched: Callable[..., dict[str, Any]]) -> None:
    claims = launched("emma")

    assert claims[LAUNCH_PRESENTATION]["locale"] == "en"


def test_the_return_address_carries_the_secret_of_this_sign_in(
    launched: Callable[..., dict[str, Any]], platform: Platform
) -> None:
    claims = launched("sanne")

    secret = claims[LAUNCH_PRESENTATION]["return_url"].partition("sesskey=")[2]
    assert len(secret) >= 16
    assert secret in platform.sign_ins.session_keys


def test_a_graded_activity_names_its_line_item_with_a_query_string(
    launched: Callable[..., dict[str, Any]], platform: Platform
) -> None:
    column = platform.gradebook.column_of(platform.link(PREPARE))

    claims = launched("sanne")

    assert column is not None
    assert claims[AGS_ENDPOINT]["lineitem"].endswith(f"/lineitems/{column.id}/lineitem?type_id=1")


def test_an_activity_without_a_grade_names_no_line_item(
    launched: Callable[..., dict[str, Any]], platform: Platform
) -> None:
    platform.add_link(ResourceLink("3119", "311", "Zonder resultaat", "", graded=False))

    claims = launched("sanne", "3119")

    assert claims[RESOURCE_LINK]["id"] == "3119"
    assert "lineitem" not in claims[AGS_ENDPOINT]


def test_the_second_deployment_is_told_everywhere(launched: Callable[..., dict[str, Any]]) -> None:
    claims = launched("sanne", deployment="2")

    assert claims[DEPLOYMENT_ID] == "2"
    assert claims[AGS_ENDPOINT]["lineitems"].endswith("?type_id=2")
    assert "/bindings/2/" in claims[NRPS_SERVICE]["context_memberships_url"]


def test_the_dates_of_the_course_come_as_custom_parameters(
    launched: Callable[..., dict[str, Any]], platform: Platform
) -> None:
    course = platform.courses.find("311")

    claims = launched("sanne")

    assert course is not None
    assert claims[CUSTOM]["course_end"].startswith(f"{course.meetings[-1].isoformat()}T17:00:00+")
    assert claims[CUSTOM]["context_history"] == ""


def test_the_claims_have_the_shape_of_a_moodle_launch(platform: Platform) -> None:
    claims = platform.claims_for(platform.person("sanne"), platform.link(PREPARE), nonce="n")

    assert claims["nonce"] == "n"
    assert claims["aud"] == "leerhuis-beklijf"
    assert "azp" not in claims
    assert claims["https://purl.imsglobal.org/spec/lti/claim/context"]["type"] == ["CourseSection"]
    assert "{link_id}" in claims[CUSTOM]["link_setting_url"]


def test_a_test_may_spoil_the_next_token_and_only_that_one(
    launched: Callable[..., dict[str, Any]], platform: Platform
) -> None:
    def without_roles(claims: dict[str, Any], header: dict[str, Any]) -> None:
        del claims[ROLES]

    platform.next_token = without_roles

    spoiled, sound = launched("sanne"), launched("sanne")

    assert ROLES not in spoiled
    assert ROLES in sound


def test_a_test_may_send_a_token_of_its_own_making(
    browser: Browser, tool: FakeTool, platform: Platform
) -> None:
    platform.next_token = lambda _claims, _header: "a.b.c"
    browser.sign_in("sanne")

    browser.launch(PREPARE)

    assert tool.launches[0]["id_token"] == "a.b.c"


def test_a_token_can_be_signed_under_any_header_and_with_any_content(platform: Platform) -> None:
    token = platform.sign(["no", "object"], {"alg": "RS256"})

    assert jwt.get_unverified_header(token) == {"alg": "RS256"}
    assert json.loads(jwt.PyJWS().decode(token, options={"verify_signature": False})) == ["no", "object"]


def test_a_token_can_be_signed_by_somebody_elses_key(platform: Platform) -> None:
    forged = SigningKey(kid=platform.keys.current.kid).sign({"sub": "1041"}, platform.header())

    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(forged, platform.keys.current.private.public_key(), ["RS256"])


def test_rotating_keeps_the_old_key_published_for_tokens_on_their_way(
    platform: Platform, http: httpx.Client
) -> None:
    old = platform.keys.current.kid

    new = platform.rotate_keys()

    answer = http.get("/jwks.json")
    assert [key["kid"] for key in answer.json()["keys"]] == [old, new]
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert platform.header()["kid"] == new


def test_rotating_can_take_the_old_key_away(platform: Platform, http: httpx.Client) -> None:
    new = platform.rotate_keys(keep_old=False)

    keys = http.get("/jwks.json").json()["keys"]

    assert [(key["kid"], key["alg"], key["use"]) for key in keys] == [(new, "RS256", "sig")]


def test_the_key_set_counts_how_often_it_was_fetched(platform: Platform, http: httpx.Client) -> None:
    http.get("/jwks.json")
    http.get("/jwks.json")

    assert platform.keys.fetches == 2
