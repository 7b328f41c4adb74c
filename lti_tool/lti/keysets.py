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
from lti_tool.lti.ports import REFETCH_PAUSE, KeySets, Registration, StoredKeySet

SHORTEST_FRESH = timedelta(minutes=5)
USUALLY_FRESH = timedelta(hours=1)
LONGEST_FRESH = timedelta(days=1)
STALE_AT_MOST = timedelta(days=2)
"""How long old keys serve while the platform's endpoint is down."""

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
    platform: Registration, kid: str, key_sets: KeySets, outgoing: Outgoing, now: datetime
) -> RSAPublicKey | KeyFault:
    """The platform's key with that id.

    Fetches when the stored keys are no longer fresh, and once more for an id that is not among them:
    a platform may have begun to use a new key. Of many launches at once one fetches, when there is anything
    for the others to go on with.
    """
    url = platform.jwks_url
    stored = key_sets.get(url)
    if stored is not None and _counts(stored, now):
        if now < stored.fresh_until or not key_sets.may_refresh(url, now):
            found = _pick(stored, kid)
            if found is not KeyFault.UNKNOWN or not key_sets.may_look_again(platform.issuer, url, now):
                return found
    elif stored is not None and now < stored.fresh_until:
        return KeyFault.UNAVAILABLE  # a dead endpoint is left alone for a moment
    return _look(url, kid, stored, key_sets, outgoing, now)


def _look(
    url: str, kid: str, stored: StoredKeySet | None, key_sets: KeySets, outgoing: Outgoing, now: datetime
) -> RSAPublicKey | KeyFault:
    """The key in the set as it is now or, when that does not come, as it was."""
    fetched = _fetch(url, outgoing, now)
    if fetched is not None:
        key_sets.put(url, fetched)
        return _pick(fetched, kid)
    former = stored or StoredKeySet(None, fetched_at=now, fresh_until=now)
    key_sets.put(url, replace(former, fresh_until=now + REFETCH_PAUSE))
    found = _pick(former, kid) if _counts(former, now) else KeyFault.UNKNOWN
    # Nobody knows now whether the platform has a key that we do not.
    return KeyFault.UNAVAILABLE if found is KeyFault.UNKNOWN else found


def _fetch(url: str, outgoing: Outgoing, now: datetime) -> StoredKeySet | None:
    """The key set as the platform publishes it; None when what comes is none."""
    answer = outgoing.get(url, accept="application/json, application/jwk-set+json")
    if not isinstance(answer, Answer) or answer.status != 200:
        return None
    document = _text(answer.body)
    fresh = _freshness(answer.headers.get("cache-control", ""))
    return StoredKeySet(document, now, fresh_until=now + fresh) if _keys_in(document) else None


def _counts(stored: StoredKeySet, now: datetime) -> bool:
    """Whether there are keys that may still serve, fresh or not."""
    return stored.document is not None and now - stored.fetched_at <= STALE_AT_MOST


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


def _pick(stored: StoredKeySet, kid: str) -> RSAPublicKey | KeyFault:
    named = [key for key in _keys_in(stored.document or "") if key.get("kid") == kid]
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
