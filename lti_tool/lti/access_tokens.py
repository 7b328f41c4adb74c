"""Access tokens for a platform's services (Security Framework 1.0 section 4.1, RFC 7523)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlencode
from uuid import uuid4

import jwt

from lti_tool.lti import claims
from lti_tool.lti.outgoing import Answer, NoAnswer, Outgoing
from lti_tool.lti.ports import AccessToken, Registration, Store, ToolKey

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ASSERTION_LIFE = timedelta(minutes=5)
MARGIN = timedelta(minutes=1)
"""A token that expires this soon is no longer used: it might expire on its way."""

USUAL_LIFE = 3600
LONGEST_LIFE = 24 * 3600
LONGEST_TOKEN = 8192


class NoToken(StrEnum):
    """Why there is no token."""

    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    BROKEN = "broken"


@dataclass(frozen=True)
class Service:
    """Which services of which customer a token opens."""

    registration: Registration
    deployment_id: str
    scopes: frozenset[str]

    @property
    def scope(self) -> str:
        """The scopes in one text, always in the same order."""
        return " ".join(sorted(self.scopes))


def obtain(
    service: Service, store: Store, outgoing: Outgoing, now: datetime, *, renew: bool = False
) -> str | NoToken:
    """A token: the kept one while it lasts, else a new one. renew: the platform took the kept one no more."""
    owner = (service.registration.id, service.deployment_id, service.scope)
    kept = None if renew else store.tokens.get(*owner)
    if kept is not None and kept.expires_at - MARGIN > now:
        return kept.value
    fresh = _request(service, store.tool_keys.signing_key(now), outgoing, now)
    if isinstance(fresh, NoToken):
        return fresh
    store.tokens.put(*owner, fresh)
    return fresh.value


def _request(service: Service, key: ToolKey, outgoing: Outgoing, now: datetime) -> AccessToken | NoToken:
    form = {
        "grant_type": "client_credentials",
        "client_assertion_type": ASSERTION_TYPE,
        "client_assertion": assertion(service, key, now),
        "scope": service.scope,
    }
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    answer = outgoing.post(service.registration.token_url, headers, urlencode(form).encode())
    if isinstance(answer, NoAnswer):
        return NoToken.UNREACHABLE
    return _read(answer, service, now)


def assertion(service: Service, key: ToolKey, now: datetime) -> str:
    """The signed proof of who asks. Each is used once; some platforms want the deployment (Core 6.2.1)."""
    registration = service.registration
    return jwt.encode(
        {
            "iss": registration.client_id,
            "sub": registration.client_id,
            "aud": registration.audience or registration.token_url,
            "iat": int(now.timestamp()),
            "exp": int((now + ASSERTION_LIFE).timestamp()),
            "jti": uuid4().hex,
            claims.DEPLOYMENT_ID: service.deployment_id,
        },
        key.private_pem,
        algorithm="RS256",
        headers={"kid": key.kid},
    )


def _read(answer: Answer, service: Service, now: datetime) -> AccessToken | NoToken:
    if answer.status in {429, 500, 502, 503, 504}:
        return NoToken.UNREACHABLE
    if answer.status != 200:
        return NoToken.REFUSED
    return _parse(answer.content, service, now)


def _parse(content: object, service: Service, now: datetime) -> AccessToken | NoToken:
    if not isinstance(content, dict):
        return NoToken.BROKEN
    value, kind = content.get("access_token"), content.get("token_type", "bearer")
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_TOKEN or not _fits_a_header(value):
        return NoToken.BROKEN
    if not isinstance(kind, str) or kind.lower() != "bearer":
        return NoToken.BROKEN
    granted = content.get("scope")
    if isinstance(granted, str) and granted and not service.scopes <= set(granted.split()):
        return NoToken.REFUSED
    return AccessToken(value, now + _life(content.get("expires_in")))


def _fits_a_header(value: str) -> bool:
    return all("!" <= c <= "~" for c in value)


def _life(expires_in: object) -> timedelta:
    """Seconds that a token lives; some platforms write the number as a text."""
    text = str(expires_in)
    seconds = int(text) if text.isdecimal() and len(text) < 20 else USUAL_LIFE
    return timedelta(seconds=min(seconds, LONGEST_LIFE))
