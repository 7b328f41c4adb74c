"""The tool's public keys, fetched from the tool and judged."""

from dataclasses import dataclass
from typing import Any

import httpx
from jwt import PyJWK
from jwt.exceptions import PyJWTError

from demo_lms.refusals import Refusal

TIMEOUT = 10.0
"""Seconds to wait for the tool's key set."""

MODULUS_BITS = 2048

PRIVATE_MEMBERS = {"d", "p", "q", "dp", "dq", "qi", "oth", "k"}
"""Members of a JSON Web Key that nobody may publish (RFC 7518 sections 6.3.2 and 6.4)."""


@dataclass(frozen=True)
class ToolKey:
    """One published key that fits the Security Framework 1.0 (sections 5.1 and 6.3)."""

    kid: str
    jwk: PyJWK


def fetch(key_set_url: str, kid: str) -> ToolKey | Refusal:
    """The tool's key named `kid`, asked for at this moment, so that a rotated key is known at once."""
    try:
        answer = httpx.get(key_set_url, timeout=TIMEOUT, trust_env=False)
        published = answer.json()["keys"] if answer.status_code == httpx.codes.OK else None
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as problem:
        return _refusal(f"the tool's key set at {key_set_url} cannot be read: {problem!r}")
    if not isinstance(published, list):
        return _refusal(f"the tool's key set answers {answer.status_code} without a list of keys")
    for jwk in published:
        fault = _fault(jwk)
        if fault:
            return _refusal(fault)
    named = [jwk for jwk in published if jwk["kid"] == kid]
    if len(named) != 1:
        return _refusal(f"the tool's key set holds {len(named)} keys with kid {kid!r}")
    return _parsed(named[0])


def _fault(jwk: Any) -> str | None:
    """What is wrong with one published key; LMSes refuse keys without kid or alg."""
    if not isinstance(jwk, dict):
        return "the tool's key set holds something that is no key"
    if PRIVATE_MEMBERS & jwk.keys():
        return "the tool publishes a private key"
    if not isinstance(jwk.get("kid"), str) or not jwk["kid"]:
        return "the tool publishes a key without kid"
    if jwk.get("kty") != "RSA" or jwk.get("alg") != "RS256":
        return "the tool publishes a key that is not RSA with alg RS256"
    if jwk.get("use", "sig") != "sig":
        return "the tool publishes a key that is not meant for signatures"
    return None


def _parsed(jwk: dict[str, Any]) -> ToolKey | Refusal:
    try:
        key = PyJWK(jwk, algorithm="RS256")
    except PyJWTError as problem:
        return _refusal(f"the tool's key {jwk['kid']!r} cannot be read: {problem}")
    if key.key.key_size < MODULUS_BITS:
        return _refusal(f"the tool's key {jwk['kid']!r} is shorter than {MODULUS_BITS} bits")
    return ToolKey(jwk["kid"], key)


def _refusal(reason: str) -> Refusal:
    return Refusal(401, reason, "invalid_client")
