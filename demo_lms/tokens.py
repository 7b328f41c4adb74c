"""Access tokens: issuing and recognising them (Security Framework 1.0 section 4.1, RFC 6749 section 4.4)."""

import secrets
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from demo_lms.refusals import Refusal
from demo_lms.vocabulary import Scope

LIFE = 3600
"""Seconds that an access token lives (Security Framework 1.0 section 7.1)."""


@dataclass(frozen=True)
class AccessToken:
    """A token and what it opens.

    deployment_id: the deployment that the tool asked it for; None when it did not say.
    """

    value: str
    client_id: str
    scopes: frozenset[Scope]
    deployment_id: str | None
    expires_at: datetime


class Tokens:
    """The tokens that were issued."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._issued: dict[str, AccessToken] = {}

    def issue(
        self, client_id: str, scopes: Iterable[Scope], deployment_id: str | None, now: datetime
    ) -> AccessToken:
        token = AccessToken(
            secrets.token_urlsafe(32),
            client_id,
            frozenset(scopes),
            deployment_id,
            now + timedelta(seconds=LIFE),
        )
        with self._lock:
            self._issued[token.value] = token
        return token

    def find(self, value: str, now: datetime) -> AccessToken | None:
        """The token with this value, unless it has expired."""
        with self._lock:
            token = self._issued.get(value)
        return token if token is not None and now < token.expires_at else None

    def revoke_all(self) -> None:
        """Forget every token, as an LMS does that restarts: the tool must ask for a new one."""
        with self._lock:
            self._issued.clear()

    @property
    def issued(self) -> int:
        """How many tokens are out."""
        with self._lock:
            return len(self._issued)


def parse_scopes(text: str) -> frozenset[Scope] | Refusal:
    """The scopes in a request, separated by spaces (RFC 6749 section 3.3)."""
    names = text.split()
    unknown = [name for name in names if name not in {str(scope) for scope in Scope}]
    if not names or unknown:
        reason = f"scope is not known here: {' '.join(unknown)}" if unknown else "scope is missing"
        return Refusal(400, reason, "invalid_scope")
    return frozenset(Scope(name) for name in names)
