"""Tokens for the services of a platform."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs

import jwt
import pytest
from jwt import PyJWK

from lti_tool.lti import jwks
from lti_tool.lti.grades import NotSent, NotSentReason, Sent
from lti_tool.lti.ports import AccessToken
from lti_tool.lti.service_calls import Failure
from tests.lti import scoring
from tests.lti.lms import DEPLOYMENT, NOW, Lms
from tests.lti.platform_server import Reply
from tests.lti.scoring import SCORE_SCOPE, SCORES, TOKEN, send


@pytest.fixture
def platform(lms: Lms) -> Lms:
    return scoring.takes_scores(lms)


def test_the_tool_proves_who_it_is_to_the_platform(platform: Lms) -> None:
    send(platform)

    (seen,) = platform.server.requests_to("/token")
    form = {name: values[0] for name, values in parse_qs(seen.body.decode()).items()}
    assertion = form.pop("client_assertion")
    assert form == {
        "grant_type": "client_credentials",
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "scope": SCORE_SCOPE,
    }
    (published,) = jwks.document(platform.store.tool_keys.published(NOW))["keys"]
    assert jwt.get_unverified_header(assertion) == {"alg": "RS256", "typ": "JWT", "kid": published["kid"]}
    claims = jwt.decode(
        assertion, PyJWK(published), ["RS256"], options={"verify_exp": False, "verify_aud": False}
    )
    assert len(claims.pop("jti")) == 32
    assert claims == {
        "iss": "client-1",
        "sub": "client-1",
        "aud": platform.registration.token_url,
        "iat": int(NOW.timestamp()),
        "exp": int(NOW.timestamp()) + 300,
        "https://purl.imsglobal.org/spec/lti/claim/deployment_id": DEPLOYMENT,
    }


def test_a_token_serves_until_just_before_it_expires(platform: Lms) -> None:
    send(platform)
    send(platform, later=timedelta(minutes=58))
    asked_within = len(platform.server.requests_to("/token"))
    send(platform, later=timedelta(minutes=59))

    assert asked_within == 1
    assert len(platform.server.requests_to("/token")) == 2


def test_customers_of_one_issuer_never_share_a_token(platform: Lms) -> None:
    send(platform)
    send(platform, deployment_id="deployment-2")

    assert len(platform.server.requests_to("/token")) == 2
    assert len(platform.store.tokens.kept) == 2


def test_a_token_that_is_taken_no_more_is_renewed_once(platform: Lms) -> None:
    owner = (platform.registration.id, DEPLOYMENT, SCORE_SCOPE)
    platform.store.tokens.put(*owner, AccessToken("revoked", NOW + timedelta(hours=1)))
    platform.server.answer(SCORES, Reply(401), Reply(200))

    outcome = send(platform)

    used = [one.headers["authorization"] for one in platform.server.requests_to(SCORES)]
    assert outcome == Sent(NOW)
    assert used == ["Bearer revoked", "Bearer token-1"]
    assert platform.store.tokens.get(*owner).value == "token-1"


def test_a_platform_that_takes_no_token_is_asked_twice_and_left(platform: Lms) -> None:
    platform.server.answer(SCORES, Reply(401))

    assert send(platform) == NotSent(Failure.UNAUTHORISED, 401)
    assert len(platform.server.requests_to(SCORES)) == 2


def test_the_audience_of_a_registration_counts_exactly(platform: Lms) -> None:
    from_brightspace = "https://api.brightspace.com/auth/token"
    registration = replace(platform.registration, audience=from_brightspace)

    send(platform, registration=registration)

    form = parse_qs(platform.server.requests_to("/token")[0].body.decode())
    claims = jwt.decode(form["client_assertion"][0], options={"verify_signature": False})
    assert claims["aud"] == from_brightspace


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply.json({"error": "invalid_client"}, 400), Failure.TOKEN_REFUSED),
        (Reply(401), Failure.TOKEN_REFUSED),
        (Reply.json({**TOKEN, "scope": "https://example.org/other"}), Failure.TOKEN_REFUSED),
        (Reply(503), Failure.TOKEN_UNAVAILABLE),
        (Reply(200, b"<html>"), Failure.TOKEN_UNAVAILABLE),
        (Reply.json([]), Failure.TOKEN_UNAVAILABLE),
        (Reply.json({**TOKEN, "access_token": None}), Failure.TOKEN_UNAVAILABLE),
        (Reply.json({**TOKEN, "access_token": "a\r\nX: y"}), Failure.TOKEN_UNAVAILABLE),
        (Reply.json({**TOKEN, "access_token": "é"}), Failure.TOKEN_UNAVAILABLE),
        (Reply.json({**TOKEN, "token_type": "mac"}), Failure.TOKEN_UNAVAILABLE),
        (Reply(delay=3), Failure.TOKEN_UNAVAILABLE),
    ],
)
def test_without_a_token_the_score_waits(
    platform: Lms, reply: Reply, reason: NotSentReason | Failure
) -> None:
    platform.server.answer("/token", reply)

    outcome = send(platform)

    assert outcome == NotSent(reason)
    assert not outcome.permanent
    assert platform.server.requests_to(SCORES) == []


@pytest.mark.parametrize(
    ("expires_in", "minutes"),
    [(3600, 60), ("1800", 30), (None, 60), (0, 0), (10**9, 24 * 60), (-5, 60), ("soon", 60), ([], 60)],
)
def test_a_token_lives_as_long_as_the_platform_says_within_reason(
    platform: Lms, expires_in: object, minutes: int
) -> None:
    platform.server.answer("/token", Reply.json({**TOKEN, "expires_in": expires_in}))

    send(platform)

    (token,) = platform.store.tokens.kept.values()
    assert token.expires_at == NOW + timedelta(minutes=minutes)
