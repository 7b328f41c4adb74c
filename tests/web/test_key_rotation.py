"""The tool gets a new key, and no call fails, not even at a platform that keeps our keys while it may."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

import httpx
import jwt
import pytest
from jwt import PyJWK

from lti_tool.lti import access_tokens, launches
from lti_tool.lti.access_tokens import NoToken, Service
from lti_tool.rounds import lti_store
from tests.lti.lms import CLIENT, ISSUER
from tests.lti.platform_server import PlatformServer, Reply, Seen
from tests.web import study

MINUTES = (0, 20, 35, 42, 59, 64, 66, 90, 94, 98, 101, 108, 130, 200, 10_000)
"""When the tool asks: around the moments at which a copy of our keys ends, or a key begins to sign."""


@dataclass
class Thrifty:
    """A platform that fetches our key set when it must, and keeps it until the last second of `max-age`."""

    keys_url: str
    kept: dict[str, PyJWK] = field(default_factory=dict)
    until: datetime | None = None
    signed_by: list[str] = field(default_factory=list)

    def answer(self, request: Seen) -> Reply:
        """A token for whoever signed with a key that this platform knows."""
        assertion = parse_qs(request.body.decode())["client_assertion"][0]
        kid = jwt.get_unverified_header(assertion)["kid"]
        self._look()
        if kid not in self.kept:
            return Reply.json({"error": "invalid_client"}, 401)
        jwt.decode(assertion, self.kept[kid], ["RS256"], options={"verify_aud": False})
        self.signed_by.append(kid)
        return Reply.json({"access_token": "token", "token_type": "Bearer", "expires_in": 60})

    def _look(self) -> None:
        now = datetime.now(UTC)
        if self.until is not None and now < self.until:
            return
        answer = httpx.get(self.keys_url, trust_env=False)
        self.kept = {key["kid"]: PyJWK(key) for key in answer.json()["keys"]}
        age = re.search(r"max-age=(\d+)", answer.headers["Cache-Control"])
        assert age is not None
        self.until = now + timedelta(seconds=int(age[1]))


@pytest.fixture
def service(campus, server: PlatformServer) -> Service:
    study.register(campus.work, server.url + "/jwks", server.url + "/token")
    (registration,) = lti_store.Registrations(campus.work).of_issuer(ISSUER)
    assert registration.client_id == CLIENT
    return Service(registration, "deployment-1", frozenset({launches.SCORE_SCOPE}))


def ask(work, service: Service) -> str | NoToken:
    """A new token of the platform."""
    store = lti_store.store(work)
    return access_tokens.obtain(service, store, work.outgoing, datetime.now(UTC), renew=True)


@pytest.mark.database
def test_no_call_fails_while_the_tool_changes_its_keys(campus, server, service, time_machine):
    early, late = (Thrifty(campus.tool + "/lti/jwks.json") for _ in range(2))
    begin = datetime.now(UTC)
    outcomes = []
    for minute in MINUTES:
        time_machine.move_to(begin + timedelta(minutes=minute), tick=True)
        for platform in (early, late) if minute >= 35 else (early,):
            server.answer("/token", platform.answer)
            outcomes.append(ask(campus.work, service))
        if minute in {0, 35, 42}:  # when a platform has just looked; and two in a row
            lti_store.rotate_key(campus.work, datetime.now(UTC))

    assert set(outcomes) == {"token"}
    assert len(set(early.signed_by)) == 4


def test_after_a_leak_only_a_platform_that_looks_again_goes_on(campus, server, service, time_machine):
    platform = Thrifty(campus.tool + "/lti/jwks.json")
    server.answer("/token", platform.answer)
    now = datetime.now(UTC)
    before = ask(campus.work, service)

    lti_store.rotate_key(campus.work, now, at_once=True)
    at_once = ask(campus.work, service)
    time_machine.move_to(now + timedelta(hours=1, seconds=1), tick=True)
    an_hour_later = ask(campus.work, service)

    assert (before, at_once, an_hour_later) == ("token", NoToken.REFUSED, "token")
    assert len(platform.kept) == 1
