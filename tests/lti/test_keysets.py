"""Public keys of platforms."""

import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt.algorithms import RSAAlgorithm

from lti_tool.lti import keysets
from lti_tool.lti.keysets import KeyFault
from lti_tool.lti.launches import Launch
from lti_tool.lti.outgoing import Outgoing
from tests.lti.lms import NOW, Lms, as_jwk
from tests.lti.platform_server import Reply

INSIDE = {
    "10.1.2.3": "10.1.2.3",
    "169.254.169.254": "169.254.169.254",
    "[::ffff:192.168.0.1]": "::ffff:192.168.0.1",
    "lms.internal": "172.16.0.9",
}
"""Hosts, and the address that the network gives for each."""


def fetches(lms: Lms) -> int:
    return len(lms.server.requests_to("/jwks"))


def found(lms: Lms, kid: str = "key-1", after: timedelta = timedelta()) -> RSAPublicKey | KeyFault:
    return keysets.find(lms.registration, kid, lms.store.key_sets, lms.outgoing, NOW + after)


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
    unknown_next_day = found(lms, "key-2", after=timedelta(days=1, seconds=40))
    next_week = found(lms, after=timedelta(days=7))

    assert isinstance(next_day, RSAPublicKey)
    assert unknown_next_day is KeyFault.UNAVAILABLE
    assert next_week is KeyFault.UNAVAILABLE


def test_a_dead_endpoint_is_left_alone_for_a_moment(lms: Lms) -> None:
    lms.server.answer("/jwks", Reply(500))

    outcomes = {found(lms, after=timedelta(seconds=second)) for second in range(30)}
    asked = fetches(lms)
    lms.publish(as_jwk(lms.key))

    assert outcomes == {KeyFault.UNAVAILABLE}
    assert asked == 1
    assert isinstance(found(lms, after=timedelta(seconds=30)), RSAPublicKey)


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


def test_a_thousand_names_that_nobody_knows_cause_a_fetch_in_half_a_minute(lms: Lms) -> None:
    found(lms)

    outcomes = {found(lms, f"random-{n}", after=timedelta(seconds=n * 0.09)) for n in range(1000)}

    assert outcomes == {KeyFault.UNKNOWN}
    assert fetches(lms) == 1 + 3  # in 90 seconds


def test_a_flood_at_one_address_of_an_issuer_reaches_no_other_of_its_addresses(lms: Lms) -> None:
    elsewhere = replace(lms.registration, client_id="client-2", jwks_url=lms.server.url + "/jwks-2")
    lms.server.answer("/jwks-2", Reply.json({"keys": [as_jwk(lms.key)]}))
    both = (lms.registration, elsewhere)
    for platform in both:
        keysets.find(platform, "key-1", lms.store.key_sets, lms.outgoing, NOW)

    for number in range(50):
        keysets.find(both[number % 2], f"random-{number}", lms.store.key_sets, lms.outgoing, NOW)

    assert fetches(lms) + len(lms.server.requests_to("/jwks-2")) == 2 + 1


def test_while_one_launch_waits_for_a_slow_endpoint_others_go_on_with_the_keys_they_have(
    lms: Lms,
) -> None:
    found(lms)
    lms.server.answer("/jwks", Reply(delay=3))
    later = timedelta(hours=2)

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda _: found(lms, after=later), range(16)))

    assert all(isinstance(outcome, RSAPublicKey) for outcome in outcomes)
    assert fetches(lms) == 1 + 1


def test_a_redirect_is_not_followed(lms: Lms) -> None:
    lms.server.answer("/elsewhere", Reply.json({"keys": [as_jwk(lms.key)]}))
    lms.server.answer("/jwks", Reply(302, headers={"Location": lms.server.url + "/elsewhere"}))

    assert found(lms) is KeyFault.UNAVAILABLE
    assert lms.server.requests_to("/elsewhere") == []


@pytest.mark.parametrize("host", ["10.1.2.3", "169.254.169.254", "[::ffff:192.168.0.1]", "lms.internal"])
def test_an_address_that_is_not_public_is_not_connected_to(
    lms: Lms, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: [(0, 0, 0, "", (INSIDE[host], 443))])
    monkeypatch.setattr(socket, "create_connection", lambda *_args, **_more: pytest.fail("connected"))
    inside = replace(lms.registration, jwks_url=f"https://{host}/jwks")
    outside_local_mode = Outgoing(local=False, seconds=2)

    outcome = keysets.find(inside, "key-1", lms.store.key_sets, outside_local_mode, NOW)

    assert outcome is KeyFault.UNAVAILABLE
    outside_local_mode.close()


def test_a_key_set_has_a_size(lms: Lms) -> None:
    padding = [{"kid": str(number), "x": "y" * 1000} for number in range(600)]

    lms.publish(as_jwk(lms.key), *padding[:400])
    fits = found(lms)
    lms.publish(as_jwk(lms.key), *padding)
    is_too_much = found(lms, "key-2", after=timedelta(hours=2))

    assert isinstance(fits, RSAPublicKey)
    assert is_too_much is KeyFault.UNAVAILABLE
