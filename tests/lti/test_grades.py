"""Scores to the gradebook."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

import jwt
import pytest
from jwt import PyJWK

from lti_tool.lti import grades, jwks
from lti_tool.lti.grades import NotSent, NotSentReason, Score, Sent
from lti_tool.lti.ports import AccessToken
from lti_tool.lti.service_calls import Failure
from tests.lti.lms import DEPLOYMENT, NOW, Lms
from tests.lti.platform_server import Reply

SCORE_SCOPE = "https://purl.imsglobal.org/spec/lti-ags/scope/score"
TOKEN = {"access_token": "token-1", "token_type": "Bearer", "expires_in": 3600, "scope": SCORE_SCOPE}
SCORES = "/services.php/2/lineitems/21/lineitem/scores"
R = NotSentReason


@pytest.fixture
def platform(lms: Lms) -> Lms:
    """A platform that takes scores."""
    lms.server.answer("/token", Reply.json(TOKEN))
    lms.server.answer(SCORES, Reply(200))
    return lms


def a_score(platform: Lms, **changes: Any) -> Score:
    line_item = platform.server.url + "/services.php/2/lineitems/21/lineitem?type_id=5"
    return Score(
        **{
            "registration": platform.registration,
            "deployment_id": DEPLOYMENT,
            "line_item": line_item,
            "sub": "7",
            **changes,
        }
    )


def send(platform: Lms, after: timedelta = timedelta(), **changes: Any) -> Sent | NotSent:
    return grades.send_score(a_score(platform, **changes), platform.store, platform.outgoing, NOW + after)


def test_a_score_is_what_moodle_takes(platform: Lms) -> None:
    outcome = send(platform)

    (seen,) = platform.server.requests_to(SCORES)
    assert outcome == Sent(NOW)
    assert seen.target == SCORES + "?type_id=5"
    assert seen.headers["content-type"] == "application/vnd.ims.lis.v1.score+json"
    assert seen.headers["authorization"] == "Bearer token-1"
    assert b"\n" not in seen.body
    assert json.loads(seen.body) == {
        "userId": "7",
        "scoreGiven": 1,
        "scoreMaximum": 1,
        "activityProgress": "Completed",
        "gradingProgress": "FullyGraded",
        "timestamp": "2026-11-24T10:00:00.000Z",
    }


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
    (published,) = jwks.document(platform.store.tool_keys.published())["keys"]
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


@pytest.mark.parametrize(
    "reply", [Reply(200), Reply(204), Reply.json({"resultUrl": "https://canvas.example/1"}, 201)]
)
def test_an_empty_answer_or_an_object_means_success(platform: Lms, reply: Reply) -> None:
    platform.server.answer(SCORES, reply)

    assert send(platform) == Sent(NOW)


@pytest.mark.parametrize("body", [b"[]", b"<html></html>", b"null", b'"ok"', b"[" * 99_999])
def test_a_refusal_behind_a_status_of_200_is_seen(platform: Lms, body: bytes) -> None:
    platform.server.answer(SCORES, Reply(200, body))

    outcome = send(platform)

    assert outcome == NotSent(R.QUIETLY_REFUSED, 200)
    assert outcome.permanent


@pytest.mark.parametrize(
    ("status", "reason", "permanent"),
    [
        (400, Failure.NOT_ACCEPTED, True),
        (403, Failure.NOT_ALLOWED, True),
        (404, Failure.NOT_FOUND, True),
        (422, Failure.NOT_ACCEPTED, True),
        (302, Failure.NOT_ACCEPTED, True),
        (401, Failure.UNAUTHORISED, False),
        (408, Failure.PLATFORM_FAILED, False),
        (409, R.LATER_SCORE_STANDS, False),
        (429, Failure.PLATFORM_FAILED, False),
        (500, Failure.PLATFORM_FAILED, False),
        (503, Failure.PLATFORM_FAILED, False),
    ],
)
def test_a_refusal_says_why_and_whether_to_try_again(
    platform: Lms, status: int, reason: NotSentReason | Failure, permanent: bool
) -> None:
    platform.server.answer(SCORES, Reply(status, b"[]"))

    outcome = send(platform)

    assert outcome == NotSent(reason, status)
    assert outcome.permanent is permanent


def timestamps(platform: Lms) -> list[datetime]:
    bodies = (json.loads(one.body) for one in platform.server.requests_to(SCORES))
    return [datetime.fromisoformat(body["timestamp"]) for body in bodies]


def test_the_next_score_is_a_whole_second_later(platform: Lms) -> None:
    just_now = NOW - timedelta(milliseconds=300)

    outcome = grades.send_score(a_score(platform, after=just_now), platform.store, platform.outgoing, NOW)

    assert outcome == Sent(just_now + timedelta(seconds=1))
    assert timestamps(platform)[0].replace(microsecond=0) > just_now.replace(microsecond=0)


def test_a_conflict_is_tried_once_more_a_second_later(platform: Lms) -> None:
    platform.server.answer(SCORES, Reply(409), Reply(200))

    outcome = send(platform)

    assert timestamps(platform) == [NOW, outcome.timestamp]
    assert outcome == Sent(NOW + timedelta(seconds=1))


def test_a_conflict_with_a_platform_whose_clock_is_ahead_goes_by_its_clock(platform: Lms) -> None:
    platform.server.answer(SCORES, Reply(409, headers={"Date": "Tue, 24 Nov 2026 10:02:00 GMT"}), Reply(200))

    assert send(platform) == Sent(datetime(2026, 11, 24, 10, 2, 1, tzinfo=UTC))


@pytest.mark.parametrize("date", ["Fri, 24 Nov 2034 10:02:00 GMT", "yesterday", ""])
def test_an_absurd_clock_of_a_platform_is_not_followed(platform: Lms, date: str) -> None:
    platform.server.answer(SCORES, Reply(409, headers={"Date": date}), Reply(200))

    assert send(platform) == Sent(NOW + timedelta(seconds=1))


def test_a_token_serves_until_just_before_it_expires(platform: Lms) -> None:
    send(platform)
    send(platform, after=timedelta(minutes=58))
    asked_within = len(platform.server.requests_to("/token"))
    send(platform, after=timedelta(minutes=59))

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


def test_a_platform_that_does_not_answer_gets_the_score_later(platform: Lms) -> None:
    platform.server.answer(SCORES, Reply(delay=3))

    outcome = send(platform)

    assert outcome == NotSent(Failure.UNREACHABLE)
    assert not outcome.permanent


@pytest.mark.parametrize("line_item", ["", "not a url", "javascript:alert(1)", "ftp://lms.example/1"])
def test_what_is_no_line_item_gets_no_score(platform: Lms, line_item: str) -> None:
    assert send(platform, line_item=line_item) == NotSent(R.NO_LINE_ITEM)


def test_a_score_does_not_go_to_a_private_address(platform: Lms) -> None:
    outcome = send(platform, line_item="https://169.254.169.254/lineitem")

    assert outcome == NotSent(Failure.FORBIDDEN_ADDRESS)
    assert outcome.permanent
