"""Bad tokens of the study; ids are those of `bad_launches.json`."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from lti_tool.lti.launch import Outcome, Posted
from lti_tool.lti.launches import Launch
from lti_tool.lti.refusals import RefusalReason
from tests.lti.lms import Lms, as_jwk, claims_of, encoded, reason_of, sent, with_claims
from tests.lti.platform_server import Reply

R = RefusalReason


def with_token(make: Callable[[Lms, dict[str, Any]], str]) -> Callable[[Lms], Outcome]:
    """A launch whose claims are sound and whose token is what `make` makes of them."""

    def run(lms: Lms) -> Outcome:
        state, nonce = sent(lms.begin())
        return lms.post(Posted(state, make(lms, claims_of(nonce))))

    return run


def header_part(lms: Lms, claims: dict[str, Any], **header: object) -> str:
    """A sound signature under another header."""
    return f"{encoded(header)}.{'.'.join(lms.sign(claims).split('.')[1:])}"


def _hs256(lms: Lms, claims: dict[str, Any]) -> str:
    pem = lms.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    signed = f"{encoded({'alg': 'HS256', 'kid': 'key-1'})}.{encoded(claims)}"
    signature = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256).sign(signed.encode(), pem)
    return f"{signed}.{jwt.utils.base64url_encode(signature).decode()}"


def _without_alg(lms: Lms) -> Outcome:
    jwk = as_jwk(lms.key)
    del jwk["alg"]
    lms.publish(jwk)
    return with_token(_hs256)(lms)


def _tampered(lms: Lms, claims: dict[str, Any]) -> str:
    head, _, signature = lms.sign(claims).split(".")
    return f"{head}.{encoded({**claims, 'sub': 'teacher-1'})}.{signature}"


def _elsewhere(lms: Lms) -> Outcome:
    """The key is another registration's."""
    lms.server.answer("/other-jwks", Reply.json({"keys": [as_jwk(lms.key)]}))
    lms.store.registrations.known.append(
        replace(
            lms.registration,
            id=UUID(int=9),
            issuer="https://b.example",
            jwks_url=lms.server.url + "/other-jwks",
        )
    )
    lms.publish(as_jwk(lms.key, kid="key-2"))
    return lms.launch()


BAD_TOKENS: dict[str, tuple[RefusalReason, list[Callable[[Lms], Outcome]]]] = {
    "cert-01-no-kid": (
        R.MISSING_KEY_ID,
        [lambda lms: lms.launch(kid=None), with_token(lambda m, c: header_part(m, c, alg="RS256", kid=7))],
    ),
    "cert-02-wrong-kid": (R.UNKNOWN_KEY, [lambda lms: lms.launch(kid="imstester_66067")]),
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
    "sec-huge-token": (R.TOKEN_TOO_LARGE, [lambda lms: lms.launch(with_claims(custom={"a": "x" * 65536}))]),
    "sec-dup-kid-other-issuer": (R.UNKNOWN_KEY, [_elsewhere]),
}  # fmt: skip


@pytest.mark.parametrize(
    ("reason", "run"),
    [
        pytest.param(reason, run, id=f"{case}-{number}")
        for case, (reason, runs) in BAD_TOKENS.items()
        for number, run in enumerate(runs)
    ],
)
def test_a_bad_token_is_reason_of(lms: Lms, reason: RefusalReason, run: Callable[[Lms], Outcome]) -> None:
    assert reason_of(run(lms)) is reason


def test_sec_wrong_key(lms: Lms, other_key: object) -> None:
    assert reason_of(lms.launch(key=other_key)) is R.BAD_SIGNATURE


def test_sec_embedded_jwk_jku(lms: Lms, other_key: Any) -> None:
    lms.server.answer("/evil", Reply.json({"keys": [as_jwk(other_key)]}))
    evil = lms.server.url + "/evil"

    outcome = lms.launch(key=other_key, jwk=as_jwk(other_key), jku=evil, x5u=evil)

    assert reason_of(outcome) is R.BAD_SIGNATURE
    assert lms.server.requests_to("/evil") == []


def test_sec_huge_token_but_32_kib_is_welcome(lms: Lms) -> None:
    big = {f"key{n}": "x" * 2900 for n in range(8)}

    outcome = lms.launch(with_claims(custom=big))

    assert isinstance(outcome, Launch)
    assert outcome.custom == big
