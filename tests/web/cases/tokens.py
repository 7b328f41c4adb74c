"""Bad tokens of the study: headers, keys and forms that nobody may get in with."""

from collections.abc import Callable
from typing import Any

import jwt
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from lti_tool.lti.launch import Posted
from lti_tool.lti.refusals import RefusalReason
from lti_tool.services import platforms
from lti_tool.services.platforms import NewPlatform
from tests.lti.lms import NOW, as_jwk, claims_of, encoded, sent, with_claims
from tests.lti.platform_server import Reply
from tests.web.study import Answered, Case, Judge, OverHttp, another_key, refusing

R = RefusalReason


def with_token(make: Callable[[OverHttp, dict[str, Any]], str]) -> Callable[[OverHttp], Answered]:
    """A launch whose claims are sound and whose token is what `make` makes of them."""

    def run(lms: OverHttp) -> Answered:
        state, nonce = sent(lms.begin())
        return lms.post(Posted(state, make(lms, claims_of(nonce))))

    return run


def header_part(lms: OverHttp, claims: dict[str, Any], **header: object) -> str:
    """A sound signature under another header."""
    return f"{encoded(header)}.{'.'.join(lms.sign(claims).split('.')[1:])}"


def _hs256(lms: OverHttp, claims: dict[str, Any]) -> str:
    pem = lms.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    signed = f"{encoded({'alg': 'HS256', 'kid': 'key-1'})}.{encoded(claims)}"
    signature = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256).sign(signed.encode(), pem)
    return f"{signed}.{jwt.utils.base64url_encode(signature).decode()}"


def _without_alg(lms: OverHttp) -> Answered:
    jwk = as_jwk(lms.key)
    del jwk["alg"]
    lms.publish(jwk)
    return with_token(_hs256)(lms)


def _tampered(lms: OverHttp, claims: dict[str, Any]) -> str:
    head, _, signature = lms.sign(claims).split(".")
    return f"{head}.{encoded({**claims, 'sub': 'teacher-1'})}.{signature}"


def _elsewhere(lms: OverHttp) -> Answered:
    """The key is another registration's."""
    lms.server.answer("/other-jwks", Reply.json({"keys": [as_jwk(another_key(), kid="key-9")]}))
    other = "https://b.example"
    with lms.work.sessions.begin() as session:
        new = NewPlatform(other, "client-1", other + "/auth", other + "/t", lms.server.url + "/other-jwks")
        platforms.add(session, new, NOW)
    return lms.launch(key=another_key(), kid="key-9")


def embedded(lms: OverHttp, judge: Judge) -> None:
    """Keys that the token brings itself are not looked at, and not fetched."""
    lms.server.answer("/evil", Reply.json({"keys": [as_jwk(another_key())]}))
    evil = lms.server.url + "/evil"

    judge.refused(
        lms.launch(key=another_key(), jwk=as_jwk(another_key()), jku=evil, x5u=evil), R.BAD_SIGNATURE
    )

    assert lms.server.requests_to("/evil") == []


def wrong_kid(lms: OverHttp, judge: Judge) -> None:
    """A name that is not in the key set is looked for once."""
    judge.opened(lms.launch())
    before = len(lms.server.requests_to("/jwks"))

    for number in range(3):
        judge.refused(lms.launch(kid=f"imstester_{number}"), R.UNKNOWN_KEY)

    assert len(lms.server.requests_to("/jwks")) == before + 1


def huge(lms: OverHttp, judge: Judge) -> None:
    """More than 64 KiB is too much; 32 KiB is not."""
    judge.refused(lms.launch(with_claims(custom={"a": "x" * 65536})), R.TOKEN_TOO_LARGE, 413)

    judge.opened(lms.launch(with_claims(custom={f"key{n}": "x" * 2900 for n in range(8)})))


_BAD: dict[str, tuple[RefusalReason, list[Callable[[OverHttp], Answered]]]] = {
    "cert-01-no-kid": (
        R.MISSING_KEY_ID,
        [lambda lms: lms.launch(kid=None), with_token(lambda m, c: header_part(m, c, alg="RS256", kid=7))],
    ),
    "sec-alg-none": (
        R.WRONG_ALGORITHM,
        [
            with_token(lambda m, c: header_part(m, c, alg="none", kid="key-1")),
            with_token(lambda _lms, c: f"{encoded({'alg': 'none', 'kid': 'key-1'})}.{encoded(c)}.AA"),
        ],
    ),
    "sec-alg-none-case": (
        R.WRONG_ALGORITHM,
        [
            with_token(lambda m, c, a=a: header_part(m, c, alg=a, kid="key-1"))
            for a in ("None", "nOnE", None, 1, ["RS256"])
        ],
    ),
    "sec-hs256-pubkey": (R.WRONG_ALGORITHM, [with_token(_hs256)]),
    "sec-hs256-jwk-noalg": (R.WRONG_ALGORITHM, [_without_alg]),
    "sec-rs384": (R.WRONG_ALGORITHM, [lambda lms: lms.launch(algorithm="RS384")]),
    "sec-tampered": (R.BAD_SIGNATURE, [with_token(_tampered)]),
    "sec-crit": (
        R.MALFORMED_TOKEN,
        [lambda lms: lms.launch(crit=["x"], x=1), lambda lms: lms.launch(crit=[])],
    ),
    "sec-2-parts": (R.MALFORMED_TOKEN, [with_token(lambda m, c: m.sign(c).rpartition(".")[0])]),
    "sec-garbage": (
        R.MALFORMED_TOKEN,
        [with_token(lambda _lms, _claims, t=t: t) for t in ("a.b.c", "…", "a.b.c\x00", f"{'W' * 60000}.b.c")],
    ),
    "sec-jwe": (R.MALFORMED_TOKEN, [with_token(lambda _lms, _claims: "a.b.c.d.e")]),
    "sec-empty-token": (R.MISSING_TOKEN, [with_token(lambda _lms, _claims: "")]),
    "sec-payload-array": (
        R.MALFORMED_TOKEN,
        [with_token(lambda m, _claims, p=p: m.sign(p)) for p in ([], ["x"], "text", 7, None)],
    ),
    "sec-wrong-key": (R.BAD_SIGNATURE, [lambda lms: lms.launch(key=another_key())]),
    "sec-dup-kid-other-issuer": (R.UNKNOWN_KEY, [_elsewhere]),
}  # fmt: skip

CASES: dict[str, Case] = {
    **{case: refusing(reason, *runs) for case, (reason, runs) in _BAD.items()},
    "cert-02-wrong-kid": wrong_kid,
    "sec-embedded-jwk-jku": embedded,
    "sec-huge-token": huge,
}
