"""Public keys of platforms, with the key set cases of the study."""

from typing import Any

import pytest

from lti_tool.lti import outgoing
from lti_tool.lti.launches import Launch
from lti_tool.lti.refusals import RefusalReason
from tests.lti.lms import Lms, as_jwk, reason_of
from tests.lti.platform_server import Reply

R = RefusalReason


def test_jwks_timeout(lms: Lms) -> None:
    lms.server.answer("/jwks", Reply(delay=3))

    outcome = lms.launch()

    assert reason_of(outcome) is R.KEYS_UNAVAILABLE
    assert outcome.reason.status == 503


@pytest.mark.parametrize(
    "reply",
    [
        Reply(200, b"<html>maintenance</html>"),
        Reply(500),
        Reply.json({}),
        Reply.json({"keys": "none"}),
        Reply.json({"keys": []}),
        Reply.json([]),
        Reply(200, b"[" * 100_000),
        Reply(302, headers={"Location": "/elsewhere"}),
        Reply(200, b"x" * 600_000),
        Reply(200, b"{}", {"Content-Encoding": "gzip"}),
    ],
)
def test_jwks_html(lms: Lms, reply: Reply) -> None:
    lms.server.answer("/jwks", reply)

    assert reason_of(lms.launch()) is R.KEYS_UNAVAILABLE


def test_jwks_rotated(lms: Lms, other_key: Any) -> None:
    assert isinstance(lms.launch(), Launch)
    lms.publish(as_jwk(other_key, kid="key-2"))

    outcome = lms.launch(key=other_key, kid="key-2")

    assert isinstance(outcome, Launch)
    assert len(lms.server.requests_to("/jwks")) == 2


def test_jwks_flood(lms: Lms) -> None:
    lms.launch()

    outcomes = {reason_of(lms.launch(kid=f"random-{number}")) for number in range(100)}

    assert outcomes == {R.UNKNOWN_KEY}
    assert len(lms.server.requests_to("/jwks")) == 2


def test_jwks_no_alg_valid(lms: Lms) -> None:
    jwk = as_jwk(lms.key)
    del jwk["alg"], jwk["use"]
    lms.publish(jwk)

    assert isinstance(lms.launch(), Launch)


def test_jwks_weak(lms: Lms, weak_key: Any) -> None:
    lms.publish(as_jwk(weak_key))

    assert reason_of(lms.launch(key=weak_key)) is R.WEAK_KEY


@pytest.mark.parametrize(
    "url", ["https://10.1.2.3/jwks", "https://169.254.169.254/", "http://lms.example/jwks"]
)
def test_jwks_ssrf(url: str) -> None:
    assert outgoing.refusal(url, local=False) is not None
