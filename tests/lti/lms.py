"""An LMS for the tests: it signs what it is told to, sound or not, and launches it into the tool."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm
from jwt.utils import base64url_encode

from lti_tool.lti import launch, login
from lti_tool.lti.launch import Posted
from lti_tool.lti.login import LoginRequest, Redirect
from lti_tool.lti.outgoing import Outgoing
from lti_tool.lti.ports import Registration, Store
from lti_tool.lti.refusals import RefusalReason, Refused
from lti_tool.lti.site import Site
from tests.lti.platform_server import PlatformServer, Reply

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
ISSUER = "https://lms.example"
CLIENT = "client-1"
DEPLOYMENT = "deployment-1"
BROWSER = "hash of this browser's cookie"
KID = "key-1"

LTI = "https://purl.imsglobal.org/spec/lti/claim/"
MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership"

PLAIN = {"iss", "aud", "azp", "sub", "nonce", "iat", "exp", "nbf", "name", "email", "locale", "zoneinfo"}
"""Claims that are not LTI's own."""

Change = Callable[[dict[str, Any]], None]


def as_jwk(key: rsa.RSAPrivateKey, kid: str = KID, **more: object) -> dict[str, object]:
    """The public half of a key as platforms publish it."""
    public = RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    return {
        "kty": "RSA",
        "n": public["n"],
        "e": public["e"],
        "kid": kid,
        "alg": "RS256",
        "use": "sig",
        **more,
    }


def claims_of(nonce: str) -> dict[str, Any]:
    """The claims of a sound launch by a learner."""
    return {
        "iss": ISSUER,
        "aud": CLIENT,
        "sub": "learner-7",
        "nonce": nonce,
        "iat": int(NOW.timestamp()),
        "exp": int(NOW.timestamp()) + 60,
        LTI + "version": "1.3.0",
        LTI + "message_type": "LtiResourceLinkRequest",
        LTI + "deployment_id": DEPLOYMENT,
        LTI + "target_link_uri": "https://tool.example/lti/launch",
        LTI + "roles": [MEMBERSHIP + "#Learner"],
        LTI + "resource_link": {"id": "link-1", "title": "Terugkijken"},
        LTI + "context": {"id": "course-1", "title": "Archiefwet", "label": "AW101"},
    }


@dataclass
class Lms:
    """One platform, the tool beside it, and the browser between them."""

    server: PlatformServer
    store: Store
    registration: Registration
    key: rsa.RSAPrivateKey
    outgoing: Outgoing
    site: Site = field(default_factory=lambda: Site("https://tool.example"))

    def publish(self, *jwks: dict[str, object], **headers: str) -> None:
        """Puts keys in the key set."""
        self.server.answer("/jwks", Reply.json({"keys": list(jwks)}, **headers))

    def begin(self, **parameters: Any) -> Redirect:
        """A login that goes through; parameters differ from a sound one's."""
        outcome = login.begin(a_login(**parameters), BROWSER, self.site, self.store, NOW)
        assert isinstance(outcome, Redirect), outcome
        return outcome

    def sign(
        self,
        content: object,
        key: rsa.RSAPrivateKey | None = None,
        algorithm: str = "RS256",
        **header: object,
    ) -> str:
        """A token of whatever content; header members that are None are left out."""
        return self.sign_text(json.dumps(content), key, algorithm, **header)

    def sign_text(
        self,
        text: str,
        key: rsa.RSAPrivateKey | None = None,
        algorithm: str = "RS256",
        **header: object,
    ) -> str:
        """A token of whatever text, JSON or not."""
        members = {"typ": "JWT", "alg": algorithm, "kid": KID, **header}
        head = encoded({name: value for name, value in members.items() if value is not None})
        signed = f"{head}.{base64url_encode(text.encode()).decode()}"
        signature = jwt.get_algorithm_by_name(algorithm).sign(signed.encode(), key or self.key)
        return f"{signed}.{base64url_encode(signature).decode()}"

    def post(
        self, posted: Posted, browser: str | None = BROWSER, after: timedelta = timedelta()
    ) -> launch.Outcome:
        """What the tool makes of a form."""
        return launch.verify(posted, browser, self.site, self.store, self.outgoing, NOW + after)

    def launch(self, *changes: Change, **how: Any) -> launch.Outcome:
        """A whole launch, from login to outcome, with changed claims. how: as for `sign`."""
        state, nonce = sent(self.begin())
        claims = claims_of(nonce)
        for change in changes:
            change(claims)
        return self.post(Posted(state, self.sign(claims, **how)))


def a_login(**parameters: Any) -> LoginRequest:
    """A sound login, but for the given parameters."""
    sound = {
        "iss": ISSUER,
        "client_id": CLIENT,
        "login_hint": "7",
        "target_link_uri": "https://tool.example/lti/launch",
    }
    return LoginRequest(**{**sound, **parameters})


def sent(redirect: Redirect) -> tuple[str, str]:
    """State and nonce of an authentication request."""
    query = parse_qs(urlsplit(redirect.url).query)
    return query["state"][0], query["nonce"][0]


def with_claims(**values: object) -> Change:
    """Sets claims by their short names, LTI's own included."""

    def change(claims: dict[str, Any]) -> None:
        for name, value in values.items():
            claims[name if name in PLAIN else LTI + name] = value

    return change


def without(*names: str) -> Change:
    """Takes claims away by their short names."""

    def change(claims: dict[str, Any]) -> None:
        for name in names:
            del claims[name if name in claims else LTI + name]

    return change


def encoded(content: object) -> str:
    """One part of a token."""
    return base64url_encode(json.dumps(content).encode()).decode()


def reason_of(outcome: object) -> RefusalReason:
    """Why something was refused; fails when it was not."""
    assert isinstance(outcome, Refused), outcome
    return outcome.reason
