"""A launch without cookies: meanwhile a page of the platform keeps what proves that it is the same browser.

Sources: LTI Client Side postMessages 0.1, LTI Platform Storage 0.1, LTI OIDC Login with Client Side
postMessages 0.1. The state itself is no proof: it stands in addresses, and so in histories and logs. What is
kept is a value of its own, of which we store the hash only.
"""

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe

from lti_tool.lti import login, urls
from lti_tool.lti.launch import LONGEST_STATE
from lti_tool.lti.login import LoginRequest, Redirect
from lti_tool.lti.ports import Store
from lti_tool.lti.refusals import Refused
from lti_tool.lti.site import Site

RANDOM_BYTES = 32
KEY_DIGITS = 24


@dataclass(frozen=True)
class Place:
    """Where the platform keeps the value of one login.

    origin: of the platform's login address. Nobody else is told anything, and nobody else's answer counts.
    target: the name of the frame beside ours that keeps it; `_parent` for the page around ours.
    """

    origin: str
    target: str
    key: str


@dataclass(frozen=True)
class StoredLogin:
    """A login that goes on once the platform keeps its value. redirect: where it goes on."""

    redirect: Redirect
    place: Place
    value: str = field(repr=False)


def begin(request: LoginRequest, site: Site, store: Store, now: datetime) -> StoredLogin | Refused:
    """Judges a login, and binds it to a new value of 256 bits."""
    value = token_urlsafe(RANDOM_BYTES)
    outcome = login.begin(request, fingerprint(value), site, store, now, request.lti_storage_target)
    if isinstance(outcome, Refused):
        return outcome
    place = _place(outcome.url.partition("?")[0], request.lti_storage_target, outcome.state)
    return StoredLogin(outcome, place, value)


def find(state: str, store: Store) -> Place | None:
    """Where the value is that a launch with this state must show; None when it must show a cookie.

    The login stays as it is.
    """
    if not state or len(state) > LONGEST_STATE or not state.isascii():
        return None
    pending = store.states.find(state)
    if pending is None or pending.storage_target is None:
        return None
    registration = store.registrations.by_id(pending.registration_id)
    return _place(registration.login_url, pending.storage_target, state) if registration else None


def fingerprint(value: str) -> str:
    """What is stored of a value: its SHA-256, hexadecimal."""
    return sha256(value.encode("utf-8", "backslashreplace")).hexdigest()


def _place(login_url: str, target: str, state: str) -> Place:
    address = urls.read(login_url)
    return Place(address.origin if address else "", target, f"beklijf-{fingerprint(state)[:KEY_DIGITS]}")
