"""Public keys of platforms (Security Framework 1.0 section 6.3 and 6.4, RFC 7517)."""

import json
import re
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt.algorithms import RSAAlgorithm
from jwt.exceptions import InvalidKeyError

from lti_tool.lti.outgoing import Answer, Outgoing
from lti_tool.lti.ports import KeySets, StoredKeySet

SHORTEST_FRESH = timedelta(minutes=5)
USUALLY_FRESH = timedelta(hours=1)
LONGEST_FRESH = timedelta(days=1)
STALE_AT_MOST = timedelta(days=2)
"""How long old keys serve while the platform's endpoint is down."""

AFTER_FAILURE = timedelta(seconds=10)
"""The pause after a fetch that failed, so that launches do not all wait for a dead endpoint."""

LEAST_BITS = 2048
MOST_BITS = 8192
LARGEST_EXPONENT = 2**32

_MAX_AGE = re.compile(r"max-age\s*=\s*\"?(\d{1,9})\b")


class KeyFault(StrEnum):
    """Why there is no key."""

    UNAVAILABLE = "unavailable"
    UNKNOWN = "unknown"
    UNUSABLE = "unusable"
    WEAK = "weak"


def find(
    jwks_url: str, kid: str, key_sets: KeySets, outgoing: Outgoing, now: datetime
) -> RSAPublicKey | KeyFault:
    """The platform's key with that id.

    Fetches when the stored keys are no longer fresh, and once more for an id that is not among them:
    a platform may have begun to use a new key.
    """
    stored = key_sets.get(jwks_url)
    if stored is not None and now < stored.fresh_until:
        found = _pick(stored, kid, now)
        if found is not KeyFault.UNKNOWN or not key_sets.may_fetch(jwks_url, now):
            return found
    fetched = _fetch(jwks_url, stored, key_sets, outgoing, now)
    found = _pick(fetched, kid, now)
    if found is KeyFault.UNKNOWN and fetched.fetched_at != now:
        return KeyFault.UNAVAILABLE  # the fetch failed: nobody knows whether the platform has such a key
    return found


def _fetch(
    jwks_url: str, stored: StoredKeySet | None, key_sets: KeySets, outgoing: Outgoing, now: datetime
) -> StoredKeySet:
    answer = outgoing.get(jwks_url, accept="application/json, application/jwk-set+json")
    document = _text(answer.body) if isinstance(answer, Answer) and answer.status == 200 else ""
    if isinstance(answer, Answer) and _keys_in(document):
        fresh = _freshness(answer.headers.get("cache-control", ""))
        fetched = StoredKeySet(document, fetched_at=now, fresh_until=now + fresh)
    else:
        former = stored or StoredKeySet(None, fetched_at=now, fresh_until=now)
        fetched = replace(former, fresh_until=now + AFTER_FAILURE)
    key_sets.put(jwks_url, fetched)
    return fetched


def _freshness(cache_control: str) -> timedelta:
    """How long a key set stays fresh, by its Cache-Control header, within our bounds."""
    asked = _MAX_AGE.search(cache_control.lower())
    if asked is None:
        return SHORTEST_FRESH if "no-" in cache_control.lower() else USUALLY_FRESH
    return min(max(timedelta(seconds=int(asked[1])), SHORTEST_FRESH), LONGEST_FRESH)


def _text(body: bytes) -> str:
    """JSON is UTF-8 (RFC 8259 section 8.1); some servers put a byte order mark in front."""
    return body.decode("utf-8-sig", "replace")


def _keys_in(document: str) -> list[dict[str, object]]:
    """The keys of a key set document; none when it is anything else."""
    try:
        content = json.loads(document)
    except (ValueError, RecursionError):
        return []
    keys = content.get("keys") if isinstance(content, dict) else None
    return [key for key in keys if isinstance(key, dict)] if isinstance(keys, list) else []


def _pick(stored: StoredKeySet, kid: str, now: datetime) -> RSAPublicKey | KeyFault:
    if stored.document is None or now - stored.fetched_at > STALE_AT_MOST:
        return KeyFault.UNAVAILABLE
    named = [key for key in _keys_in(stored.document) if key.get("kid") == kid]
    if not named:
        return KeyFault.UNKNOWN
    signing = {(key.get("n"), key.get("e")) for key in named if _is_for_rs256(key)}
    if len(signing) != 1:
        return KeyFault.UNUSABLE  # none, or two keys under one id
    return _build(*signing.pop())


def _is_for_rs256(key: dict[str, object]) -> bool:
    """Whether a JWK is meant for our one algorithm; Brightspace leaves `alg` out."""
    operations = key.get("key_ops", ["verify"])
    return (
        key.get("kty") == "RSA"
        and key.get("alg", "RS256") == "RS256"
        and key.get("use", "sig") == "sig"
        and isinstance(operations, list)
        and "verify" in operations
        and isinstance(key.get("n"), str)
        and isinstance(key.get("e"), str)
    )


def _build(modulus: object, exponent: object) -> RSAPublicKey | KeyFault:
    try:
        key = RSAAlgorithm.from_jwk({"kty": "RSA", "n": modulus, "e": exponent})
    except (InvalidKeyError, ValueError, TypeError):
        return KeyFault.UNUSABLE
    if not isinstance(key, RSAPublicKey) or key.public_numbers().e > LARGEST_EXPONENT:
        return KeyFault.UNUSABLE
    if key.key_size < LEAST_BITS:
        return KeyFault.WEAK
    return key if key.key_size <= MOST_BITS else KeyFault.UNUSABLE
