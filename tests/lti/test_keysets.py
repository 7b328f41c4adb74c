"""Public keys of platforms."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt.algorithms import RSAAlgorithm

from lti_tool.lti import keysets
from lti_tool.lti.keysets import KeyFault
from lti_tool.lti.launches import Launch
from lti_tool.lti.refusals import RefusalReason
from tests.lti.lms import NOW, Lms, as_jwk
from tests.lti.platform_server import Reply

R = RefusalReason


def fetches(lms: Lms) -> int:
    return len(lms.server.requests_to("/jwks"))


def found(lms: Lms, kid: str = "key-1", after: timedelta = timedelta()) -> RSAPublicKey | KeyFault:
    url = lms.registration.jwks_url
    return keysets.find(url, kid, lms.store.key_sets, lms.outgoing, NOW + after)


@pytest.mark.parametrize(
    ("cache_control", "fresh"),
    [
        ("", timedelta(hours=1)),
        ("max-age=7200", timedelta(hours=2)),
        ("public, Max-Age = 7200, immutable", timedelta(hours=2)),
        ("max-age=1", timedelta(minutes=5)),
        ("max-age=99999999", timedelta(days=1)),
        ("no-store", timedelta(minutes=5)),
        ("max-age=" + "9" * 5000, timedelta(hours=1)),
    ],
)
def test_keys_stay_fresh_as_long_as_the_platform_says_within_bounds(
    lms: Lms, cache_control: str, fresh: timedelta
) -> None:
    lms.publish(as_jwk(lms.key), Cache_Control=cache_control)
    found(lms)

    found(lms, after=fresh - timedelta(seconds=1))
    within = fetches(lms)
    found(lms, after=fresh)

    assert (within, fetches(lms)) == (1, 2)


def test_old_keys_serve_while_the_endpoint_is_down_but_not_for_ever(lms: Lms) -> None:
    found(lms)
    lms.server.answer("/jwks", Reply(500))

    next_day = found(lms, after=timedelta(days=1))
    unknown_next_day = found(lms, "key-2", after=timedelta(days=1, seconds=20))
    next_week = found(lms, after=timedelta(days=7))

    assert isinstance(next_day, RSAPublicKey)
    assert unknown_next_day is KeyFault.UNAVAILABLE
    assert next_week is KeyFault.UNAVAILABLE


def test_a_dead_endpoint_is_left_alone_for_a_moment(lms: Lms) -> None:
    lms.server.answer("/jwks", Reply(500))

    outcomes = {found(lms, after=timedelta(seconds=second)) for second in range(10)}
    asked = fetches(lms)
    lms.publish(as_jwk(lms.key))

    assert outcomes == {KeyFault.UNAVAILABLE}
    assert asked == 1
    assert isinstance(found(lms, after=timedelta(seconds=10)), RSAPublicKey)


def test_a_stumbling_endpoint_gets_a_second_try_at_once(lms: Lms) -> None:
    lms.server.answer("/jwks", Reply(503), Reply.json({"keys": [as_jwk(lms.key)]}))

    assert isinstance(found(lms), RSAPublicKey)


def test_a_fresh_fetch_is_not_repeated_for_a_key_that_is_not_there(lms: Lms) -> None:
    assert found(lms, "key-2") is KeyFault.UNKNOWN
    assert fetches(lms) == 1


def test_an_unknown_key_is_looked_for_again_after_half_a_minute(lms: Lms, other_key: Any) -> None:
    found(lms)
    found(lms, "key-2")
    lms.publish(as_jwk(lms.key), as_jwk(other_key, kid="key-2"))

    too_soon = found(lms, "key-2", after=timedelta(seconds=29))
    later = found(lms, "key-2", after=timedelta(seconds=30))

    assert too_soon is KeyFault.UNKNOWN
    assert isinstance(later, RSAPublicKey)


@pytest.mark.parametrize(
    "changed",
    [
        {"kty": "EC"},
        {"kty": "oct", "k": "c2VjcmV0"},
        {"alg": "RS512"},
        {"alg": "HS256"},
        {"use": "enc"},
        {"key_ops": ["encrypt"]},
        {"key_ops": "verify"},
        {"n": 7},
        {"n": "%%%"},
        {"n": ""},
        {"e": "AA"},
        {"e": "Ag"},
        {"e": "AQAAAAAAAAAAAAAB"},
        {"kid": "key-1", "n": None},
    ],
)
def test_a_key_that_is_not_for_rs256_is_not_used(lms: Lms, changed: dict[str, object]) -> None:
    lms.publish(as_jwk(lms.key, **changed))

    assert found(lms) is KeyFault.UNUSABLE


def test_a_key_of_absurd_size_is_not_used(lms: Lms) -> None:
    huge = "_" * 11_000

    lms.publish(as_jwk(lms.key, n=huge))

    assert found(lms) is KeyFault.UNUSABLE


def test_two_different_keys_under_one_id_are_not_chosen_between(lms: Lms, other_key: Any) -> None:
    lms.publish(as_jwk(lms.key), as_jwk(other_key))

    assert found(lms) is KeyFault.UNUSABLE


def test_the_same_key_twice_is_one_key_and_another_kind_beside_it_does_not_count(lms: Lms) -> None:
    elliptic = {"kid": "key-1", "kty": "EC", "crv": "P-256", "x": "x", "y": "y"}

    lms.publish(elliptic, as_jwk(lms.key), as_jwk(lms.key), {"no": "kid"})

    assert isinstance(found(lms), RSAPublicKey)


def test_a_key_set_may_begin_with_a_byte_order_mark(lms: Lms) -> None:
    document = Reply.json({"keys": [as_jwk(lms.key)]}).body
    lms.server.answer("/jwks", Reply(200, b"\xef\xbb\xbf" + document))

    assert [isinstance(lms.launch(), Launch) for _ in range(2)] == [True, True]


def test_a_private_key_that_a_platform_publishes_is_read_as_its_public_half(lms: Lms) -> None:
    private = RSAAlgorithm.to_jwk(lms.key, as_dict=True)

    lms.publish({**private, "kid": "key-1", "key_ops": ["verify"]})

    assert isinstance(lms.launch(), Launch)


def test_many_launches_at_once_with_an_unknown_key_cause_one_fetch(lms: Lms) -> None:
    found(lms)
    lms.server.answer("/jwks", Reply.json({"keys": [as_jwk(lms.key)]}))

    with ThreadPoolExecutor(8) as pool:
        outcomes = set(pool.map(lambda number: found(lms, f"key-{number}"), range(100, 140)))

    assert outcomes == {KeyFault.UNKNOWN}
    assert fetches(lms) == 2
