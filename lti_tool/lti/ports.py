"""What this layer must keep, as Protocols: others implement them, on the database.

Each call is one short transaction, finished before anything here goes to the network.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

STATE_LIFE = timedelta(minutes=10)
"""How long a login may take to come back as a launch."""

REFETCH_PAUSE = timedelta(seconds=30)
"""The least time between two fetches for unknown keys of one issuer, and after a fetch that failed."""


@dataclass(frozen=True)
class Registration:
    """One client of one issuer.

    audience: who a client assertion is for, when that is not `token_url` (Brightspace).
    active: whether an operator approved it; until then its launches are judged, and wait.
    allow_anonymous: whether a launch without `sub` may open (LTI Core 1.3 section 5.3.6.1).
    """

    id: UUID
    issuer: str
    client_id: str
    login_url: str
    token_url: str
    jwks_url: str
    audience: str | None
    active: bool
    allow_anonymous: bool = False


@dataclass(frozen=True)
class PendingLogin:
    """A login that was sent on to the platform and has not come back yet.

    browser: hash of what proves the browser that began: its cookie, or a value in the platform's storage.
    deployment_id: `lti_deployment_id` of the login, when the platform sent one: the launch must say the same.
    storage_target: the frame of the platform that holds that value; None when the cookie is the proof.
    """

    state: str = field(repr=False)
    nonce: str = field(repr=False)
    registration_id: UUID
    browser: str = field(repr=False)
    target_link_uri: str
    deployment_id: str | None
    created_at: datetime
    storage_target: str | None = None


@dataclass(frozen=True)
class StoredKeySet:
    """A platform's key set as last fetched.

    document: its JSON text; None when no fetch has succeeded yet.
    fetched_at: when `document` came; with no document, when that was last tried.
    fresh_until: no need to fetch again before then.
    """

    document: str | None
    fetched_at: datetime
    fresh_until: datetime


@dataclass(frozen=True)
class AccessToken:
    """A token for a platform's services."""

    value: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True)
class ToolKey:
    """A key pair of the tool: PKCS 8 in PEM."""

    kid: str
    private_pem: str = field(repr=False)


class Registrations(Protocol):
    """The platforms that this tool knows, pending ones included, removed ones not."""

    def of_issuer(self, issuer: str) -> tuple[Registration, ...]:
        """All registrations whose issuer is exactly this text."""

    def by_id(self, registration_id: UUID) -> Registration | None:
        """The registration with that id."""

    def deployment_is_known(self, registration_id: UUID, deployment_id: str) -> bool:
        """Whether an operator approved this deployment."""


class States(Protocol):
    """Logins under way."""

    def remember(self, login: PendingLogin, now: datetime) -> None:
        """Keeps a login; what is older than STATE_LIFE at `now` may be swept."""

    def find(self, state: str) -> PendingLogin | None:
        """A login, left as it is."""

    def take(self, state: str, now: datetime) -> PendingLogin | None:
        """Removes and returns a login, atomically: of two callers at once, one gets it."""


class KeySets(Protocol):
    """Key sets of platforms."""

    def get(self, jwks_url: str) -> StoredKeySet | None:
        """The key set as last put."""

    def put(self, jwks_url: str, key_set: StoredKeySet) -> None:
        """Keeps a key set in place of the former."""

    def may_refresh(self, jwks_url: str, now: datetime) -> bool:
        """Whether this caller fetches a set that is no longer fresh; True for one of many, atomically.

        The others go on with what they have: it counts as fresh for another REFETCH_PAUSE.
        """

    def may_look_again(self, issuer: str, jwks_url: str, now: datetime) -> bool:
        """Whether an unknown key justifies a fetch; True once per issuer and REFETCH_PAUSE, atomically."""


class Tokens(Protocol):
    """Access tokens. Customers of one issuer never share one, so the deployment is part of the key."""

    def get(self, registration_id: UUID, deployment_id: str, scopes: str) -> AccessToken | None:
        """The token as last put, expired or not. scopes: sorted, with a space between."""

    def put(self, registration_id: UUID, deployment_id: str, scopes: str, token: AccessToken) -> None:
        """Keeps a token in place of the former."""


class ToolKeys(Protocol):
    """The tool's own keys. now: real clock."""

    def signing_key(self, now: datetime) -> ToolKey:
        """The key that signs now."""

    def published(self, now: datetime) -> tuple[ToolKey, ...]:
        """All keys that platforms must know: the next one too, and those whose signatures still hold."""


@dataclass(frozen=True)
class Store:
    """All that this layer keeps, in one hand."""

    registrations: Registrations
    states: States
    key_sets: KeySets
    tokens: Tokens
    tool_keys: ToolKeys
