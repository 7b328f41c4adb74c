"""Notices of a platform's server: what it may send, and what a copied course is known by afterwards."""

import pytest

from lti_tool.models.platforms import ContextCopy
from lti_tool.services import organisations, platforms
from lti_tool.services.platforms import NewPlatform
from tests.lti.lms import CLIENT, DEPLOYMENT, NOW, as_jwk
from tests.lti.platform_server import Reply
from tests.web import study
from tests.web.cases.notices import notice, send
from tests.web.study import OverHttp

pytestmark = pytest.mark.usefixtures("moment_of_the_study")


@pytest.fixture
def lms(server, key, campus, caplog):
    """A platform whose notices the running tool takes."""
    made = OverHttp(
        server, None, None, key, None, tool=campus.tool, http=campus.http, log=caplog, app=campus.app
    )
    study.register(campus.work, server.url + "/jwks")
    made.publish(as_jwk(key))
    return made


BODIES = {
    "nothing": b"",
    "no JSON": b"{",
    "a list": b"[]",
    "no notices": b"{}",
    "notices that are a word": b'{"notices": "jwt"}',
    "a notice without a token": b'{"notices": [{}]}',
    "a token that is a number": b'{"notices": [{"jwt": 1}]}',
    "no text at all": b"\xff\xfe",
    "depth without end": b'{"notices":' + b"[" * 5000 + b"]" * 5000 + b"}",
}


@pytest.mark.parametrize("body", BODIES)
def test_a_body_that_is_no_list_of_notices_is_a_bad_request(lms, body):
    lms.log.clear()

    answer = lms.http.post(lms.tool + "/lti/notices", content=BODIES[body])

    assert answer.status_code == 400
    assert "reason=malformed_request" in lms.log.text


@pytest.mark.parametrize("token", ["", "a.b.c", "x", "." * 3, "e30.e30.e30", "W10.W10.W10", "é.é.é"])
def test_a_token_that_is_none_is_dropped(lms, campus, token):
    answered = send(lms, token)

    assert answered.response.status_code == 400
    assert campus.all(ContextCopy) == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"iss": "https://elsewhere.example"}, "unknown_registration"),
        ({"iss": ["https://lms.example"]}, "unknown_registration"),
        ({"iss": "https://lms.example\x00"}, "unknown_registration"),
        ({"iss": "https://lms.example\ud800"}, "unknown_registration"),
        ({"iss": "https://lms.example/" + "x" * 4000}, "unknown_registration"),
        ({"aud": None}, "unknown_registration"),
        ({"version": "1.2"}, "wrong_version"),
        ({"deployment_id": ""}, "bad_deployment"),
        ({"notice": None}, "bad_claim"),
        ({"notice": {"id": "1"}}, "bad_claim"),
        ({"context": None}, "bad_context"),
        ({"origin_contexts": None}, "bad_context"),
        ({"origin_contexts": [{"id": "course-1"}]}, "bad_context"),
    ],
)
def test_a_signed_notice_that_is_not_sound_is_dropped(lms, campus, changes, reason):
    answered = send(lms, lms.sign(notice(**changes)))

    assert answered.response.status_code == 400
    assert f"result=rejected reason={reason}" in answered.log
    assert campus.all(ContextCopy) == []


def test_a_notice_of_another_kind_is_taken_and_left_alone(lms, campus):
    answered = send(lms, lms.sign(notice(kind="LtiHelloWorldNotice")))

    assert answered.response.status_code == 200
    assert "result=ignored type=LtiHelloWorldNotice" in answered.log
    assert campus.all(ContextCopy) == []


def test_keys_that_cannot_be_fetched_are_worth_another_try(lms, campus):
    lms.server.answer("/jwks", Reply(status=500))

    answered = send(lms, lms.sign(notice()))

    assert answered.response.status_code == 503
    assert campus.all(ContextCopy) == []


def test_keys_that_do_not_come_end_the_request_so_that_it_waits_for_one_platform_only(lms, campus):
    lms.server.answer("/jwks", Reply(status=500))
    addresses = [lms.server.url + path for path in ("/auth", "/token", "/jwks-of-another")]
    with campus.work.sessions.begin() as session:
        another = NewPlatform("https://another.example", CLIENT, *addresses)
        platform = platforms.add(session, another, NOW)
        platforms.approve(session, platform, DEPLOYMENT, organisations.listing(session)[0].id, NOW)

    answered = send(lms, lms.sign(notice()), lms.sign(notice("2", iss="https://another.example")))

    assert answered.response.status_code == 503
    assert lms.server.requests_to("/jwks-of-another") == []
