"""Key sets of platforms that are slow, wrong, flooded, weak or elsewhere than they may be."""

from datetime import datetime, timedelta

import time_machine
from cryptography.hazmat.primitives.asymmetric import rsa
from sqlalchemy import update

from lti_tool.lti.refusals import RefusalReason
from lti_tool.models.platforms import Platform
from tests.lti.lms import CLIENT, ISSUER, NOW, as_jwk, with_claims
from tests.lti.platform_server import Reply
from tests.web.study import Answered, Case, Judge, OverHttp, another_key

R = RefusalReason
NOT_A_KEY_SET = [
    Reply(200, b"<html>maintenance</html>"),
    Reply(500),
    Reply.json({}),
    Reply.json({"keys": "none"}),
    Reply.json({"keys": []}),
    Reply.json([]),
    Reply(200, b"[" * 100_000),
    Reply(200, '{"keys": [{"kid": "key-1"}]}'.encode("utf-16")),
    Reply(302, headers={"Location": "/elsewhere"}),
    Reply(200, b"x" * 600_000),
    Reply(200, b"{}", {"Content-Encoding": "gzip"}),
]


def _launch_at(lms: OverHttp, moment: datetime, **how: object) -> Answered:
    """A launch at another moment, with its times."""
    made = int(moment.timestamp())
    with time_machine.travel(moment):
        return lms.launch(with_claims(iat=made, exp=made + 60), **how)


def hanging(lms: OverHttp, judge: Judge) -> None:
    """An endpoint that hangs costs one launch its time; known keys go on counting."""
    lms.server.answer("/jwks", Reply(delay=3))
    judge.refused(lms.launch(), R.KEYS_UNAVAILABLE, 503)

    lms.publish(as_jwk(lms.key))
    judge.opened(_launch_at(lms, NOW + timedelta(minutes=1)))

    lms.server.answer("/jwks", Reply(delay=3))
    judge.opened(_launch_at(lms, NOW + timedelta(hours=5)))
    judge.refused(_launch_at(lms, NOW + timedelta(hours=10), kid="new"), R.KEYS_UNAVAILABLE, 503)


def no_key_set(lms: OverHttp, judge: Judge) -> None:
    """What is no key set is as good as none; former keys go on counting."""
    moment = NOW
    for reply in NOT_A_KEY_SET:
        lms.server.answer("/jwks", reply)
        judge.refused(_launch_at(lms, moment), R.KEYS_UNAVAILABLE, 503)
        moment += timedelta(minutes=1)

    lms.publish(as_jwk(lms.key))
    judge.opened(_launch_at(lms, moment))
    for number, reply in enumerate(NOT_A_KEY_SET[:3], start=1):
        lms.server.answer("/jwks", reply)
        judge.opened(_launch_at(lms, moment + timedelta(hours=2 * number)))


def rotated(lms: OverHttp, judge: Judge) -> None:
    """A key that is new is looked for at once."""
    judge.opened(lms.launch())
    lms.publish(as_jwk(another_key(), kid="key-2"))

    judge.opened(lms.launch(key=another_key(), kid="key-2"))

    assert len(lms.server.requests_to("/jwks")) == 2


def flooded(lms: OverHttp, judge: Judge) -> None:
    """Names that nobody knows are looked for once in half a minute, however many come."""
    judge.opened(lms.launch())

    for number in range(20):
        judge.refused(lms.launch(kid=f"random-{number}"), R.UNKNOWN_KEY)
    assert len(lms.server.requests_to("/jwks")) == 2

    judge.refused(_launch_at(lms, NOW + timedelta(seconds=40), kid="random"), R.UNKNOWN_KEY)
    assert len(lms.server.requests_to("/jwks")) == 3


def no_algorithm(lms: OverHttp, judge: Judge) -> None:
    """A key without `alg` is for RS256."""
    jwk = as_jwk(lms.key)
    del jwk["alg"], jwk["use"]
    lms.publish(jwk)

    judge.opened(lms.launch())


def weak(lms: OverHttp, judge: Judge) -> None:
    """A key of 1024 bits proves nothing."""
    short: rsa.RSAPrivateKey = another_key(1024)
    lms.publish(as_jwk(short))

    judge.refused(lms.launch(key=short), R.WEAK_KEY)


def private_address(lms: OverHttp, judge: Judge) -> None:
    """No key set of this network is registered; one that moved there later is not fetched."""
    urls = {"login-url": "https://1.1.1.1/auth", "token-url": "https://1.1.1.1/token"}
    for address in ("https://10.1.2.3/jwks", "https://169.254.169.254/jwks", "http://lms.example/jwks"):
        given = urls | {"issuer": "https://new.example", "client-id": "1", "jwks-url": address}
        options = [f"--{name}={value}" for name, value in given.items()]
        result = lms.app.test_cli_runner().invoke(args=["platform", "add", *options])
        assert result.exit_code != 0
        assert address in result.output

    with lms.work.sessions.begin() as session:
        moved = update(Platform).where(Platform.issuer == ISSUER, Platform.client_id == CLIENT)
        session.execute(moved.values(jwks_url="https://10.1.2.3/jwks"))
    judge.refused(lms.launch(), R.KEYS_UNAVAILABLE, 503)


CASES: dict[str, Case] = {
    "jwks-timeout": hanging,
    "jwks-html": no_key_set,
    "jwks-rotated": rotated,
    "jwks-flood": flooded,
    "jwks-no-alg-VALID": no_algorithm,
    "jwks-weak": weak,
    "jwks-ssrf": private_address,
}
