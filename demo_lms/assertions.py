"""Client assertions: the signed word with which the tool asks for an access token.

Sources: Security Framework 1.0 section 4.1.1, RFC 7523 section 3.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jwt import PyJWS
from jwt.exceptions import PyJWTError

from demo_lms import tool_keys
from demo_lms.refusals import Refusal
from demo_lms.registration import Registration
from demo_lms.vocabulary import DEPLOYMENT_ID

LONGEST_LIFE = 300
"""Seconds between `iat` and `exp` at most."""

TIMES: tuple[tuple[str, Any], ...] = (("iat", None), ("exp", None), ("nbf", 0))
"""The claims that are times, with the value of one that is left out."""

LEEWAY = 10
"""Seconds that two clocks may differ. On one machine that is generous."""


@dataclass(frozen=True)
class Assertion:
    """An assertion whose signature and claims hold.

    deployment_id: None when the tool did not say for which deployment it asks (LTI Core 1.3, 6.2.1: SHOULD).
    """

    id: str
    deployment_id: str | None


def judge(token: str, registration: Registration, now: datetime) -> Assertion | Refusal:
    """The assertion, or why it does not hold. Whether its id is new is the caller's to check."""
    claims = _verified(token, registration)
    if isinstance(claims, Refusal):
        return claims
    seconds = now.timestamp()
    for holds, reason in _rules(claims, registration, seconds):
        if not holds():
            return Refusal(401, f"client assertion: {reason}", "invalid_client")
    return Assertion(claims["jti"], claims.get(DEPLOYMENT_ID))


def client_of(token: str) -> object:
    """Whose the assertion says that it is; nothing of it is proven yet."""
    try:
        claims = json.loads(PyJWS().decode_complete(token, options={"verify_signature": False})["payload"])
    except (PyJWTError, ValueError):
        return None
    return claims.get("iss") if isinstance(claims, dict) else None


def _verified(token: str, registration: Registration) -> dict[str, Any] | Refusal:
    """The claims once the signature holds, with the key that the tool publishes under the header's kid."""
    signatures = PyJWS(algorithms=["RS256"])
    try:
        header = signatures.get_unverified_header(token)
    except PyJWTError as problem:
        return Refusal(401, f"client assertion is no signed JWT: {problem}", "invalid_client")
    if header.get("alg") != "RS256" or not header.get("kid"):
        return Refusal(401, "client assertion: the header needs alg RS256 and a kid", "invalid_client")
    key = tool_keys.fetch(registration.tool_key_set_url, header["kid"])
    if isinstance(key, Refusal):
        return key
    try:
        payload = json.loads(signatures.decode(token, key.jwk, algorithms=["RS256"]))
    except (PyJWTError, ValueError) as problem:
        return Refusal(401, f"client assertion does not verify: {problem}", "invalid_client")
    if not isinstance(payload, dict):
        return Refusal(401, "client assertion: the payload is no object", "invalid_client")
    return payload


def _rules(
    claims: Mapping[str, Any], registration: Registration, now: float
) -> tuple[tuple[Callable[[], bool], str], ...]:
    """What must hold, in an order in which a later rule may lean on an earlier one."""
    iss, sub, aud, jti = (claims.get(name) for name in ("iss", "sub", "aud", "jti"))
    iat, exp, nbf = (claims.get(name, default) for name, default in TIMES)
    deployment_id = claims.get(DEPLOYMENT_ID, registration.deployment_ids[0])
    return (
        (lambda: iss == registration.client_id, "iss is not the client_id"),
        (lambda: sub == registration.client_id, "sub is not the client_id"),
        (lambda: aud in (registration.token_url, [registration.token_url]), "aud is not the token URL alone"),
        (lambda: _is_time(iat) and _is_time(exp) and _is_time(nbf), "iat and exp must be numbers of seconds"),
        (lambda: iat <= now + LEEWAY and nbf <= now + LEEWAY, "iat or nbf lies in the future"),
        (lambda: exp > now - LEEWAY, "exp has passed"),
        (lambda: 0 < exp - iat <= LONGEST_LIFE, "exp must be within 5 minutes of iat"),
        (lambda: isinstance(jti, str) and bool(jti), "jti is missing"),
        (lambda: deployment_id in registration.deployment_ids, "deployment_id is not one of this client"),
    )


def _is_time(value: object) -> bool:
    """Whether `value` is a NumericDate (RFC 7519 section 2)."""
    return isinstance(value, int | float) and not isinstance(value, bool)
