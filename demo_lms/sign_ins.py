"""Sign-ins: which browser belongs to whom."""

import secrets
import threading
from dataclasses import dataclass, field


@dataclass(frozen=True)
class SignIn:
    """One signed-in browser.

    token: the cookie's value.
    session_key: the secret that Moodle calls `sesskey` and that its `return_url` carries.
    """

    person_id: str
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    session_key: str = field(default_factory=lambda: secrets.token_hex(12))


class SignIns:
    """All signed-in browsers."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._by_token: dict[str, SignIn] = {}

    def add(self, person_id: str) -> SignIn:
        sign_in = SignIn(person_id)
        with self._lock:
            self._by_token[sign_in.token] = sign_in
        return sign_in

    def find(self, token: str) -> SignIn | None:
        with self._lock:
            return self._by_token.get(token)

    def end(self, token: str) -> None:
        with self._lock:
            self._by_token.pop(token, None)

    @property
    def session_keys(self) -> list[str]:
        """Every secret that a return_url has carried, for tests that look for one where it must not be."""
        with self._lock:
            return [sign_in.session_key for sign_in in self._by_token.values()]
