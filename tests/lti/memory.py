"""The ports in memory: what the LTI layer keeps, for the length of a test."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from threading import Lock
from uuid import UUID

from lti_tool.lti.ports import (
    REFETCH_PAUSE,
    AccessToken,
    PendingLogin,
    Registration,
    Store,
    StoredKeySet,
    ToolKey,
)


@dataclass
class Registrations:
    """Platforms; `deployments` are pairs of a registration's id and a deployment's."""

    known: list[Registration]
    deployments: set[tuple[UUID, str]]

    def of_issuer(self, issuer: str) -> tuple[Registration, ...]:
        return tuple(one for one in self.known if one.issuer == issuer)

    def by_id(self, registration_id: UUID) -> Registration | None:
        return next((one for one in self.known if one.id == registration_id), None)

    def deployment_is_known(self, registration_id: UUID, deployment_id: str) -> bool:
        return (registration_id, deployment_id) in self.deployments


@dataclass
class States:
    """Logins under way, by the hash of their state. None is swept, so that an old one can come back."""

    pending: dict[str, PendingLogin] = field(default_factory=dict)

    def remember(self, login: PendingLogin, _now: datetime) -> None:
        self.pending[_hash(login.state)] = login

    def find(self, state: str) -> PendingLogin | None:
        return self.pending.get(_hash(state))

    def take(self, state: str, _now: datetime) -> PendingLogin | None:
        return self.pending.pop(_hash(state), None)


def _hash(state: str) -> str:
    return sha256(state.encode()).hexdigest()


@dataclass
class KeySets:
    """Key sets by address."""

    stored: dict[str, StoredKeySet] = field(default_factory=dict)
    allowed_at: dict[str, datetime] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def get(self, jwks_url: str) -> StoredKeySet | None:
        return self.stored.get(jwks_url)

    def put(self, jwks_url: str, key_set: StoredKeySet) -> None:
        self.stored[jwks_url] = key_set

    def may_refresh(self, jwks_url: str, now: datetime) -> bool:
        with self.lock:
            stored = self.stored[jwks_url]
            if now < stored.fresh_until:
                return False
            self.stored[jwks_url] = replace(stored, fresh_until=now + REFETCH_PAUSE)
            return True

    def may_look_again(self, issuer: str, _jwks_url: str, now: datetime) -> bool:
        with self.lock:
            if now < self.allowed_at.get(issuer, now):
                return False
            self.allowed_at[issuer] = now + REFETCH_PAUSE
            return True


@dataclass
class Tokens:
    """Access tokens by registration, deployment and scopes."""

    kept: dict[tuple[UUID, str, str], AccessToken] = field(default_factory=dict)

    def get(self, registration_id: UUID, deployment_id: str, scopes: str) -> AccessToken | None:
        return self.kept.get((registration_id, deployment_id, scopes))

    def put(self, registration_id: UUID, deployment_id: str, scopes: str, token: AccessToken) -> None:
        self.kept[registration_id, deployment_id, scopes] = token


@dataclass
class ToolKeys:
    """The tool's keys; the first signs."""

    keys: tuple[ToolKey, ...]

    def signing_key(self, now: datetime) -> ToolKey:
        return self.keys[0]

    def published(self, now: datetime) -> tuple[ToolKey, ...]:
        return self.keys


def store(known: Iterable[Registration], deployments: Iterable[tuple[UUID, str]], *keys: ToolKey) -> Store:
    """All ports, holding these registrations, deployments and keys."""
    return Store(Registrations(list(known), set(deployments)), States(), KeySets(), Tokens(), ToolKeys(keys))
