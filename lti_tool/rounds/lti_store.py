"""What the LTI layer keeps, on the database: each call one short transaction."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lti_tool.lti import tool_keys as key_pairs
from lti_tool.lti.ports import (
    REFETCH_PAUSE,
    AccessToken,
    PendingLogin,
    Registration,
    Store,
    StoredKeySet,
    ToolKey,
)
from lti_tool.models.platforms import PendingLogin as PendingLoginRow
from lti_tool.models.platforms import Platform, PlatformStatus
from lti_tool.models.platforms import ToolKey as ToolKeyRow
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import key_sets, logins, platforms, tokens, tool_keys


@dataclass(frozen=True)
class Registrations:
    """Platforms, as the LTI layer sees them."""

    work: Workplace

    def of_issuer(self, issuer: str) -> tuple[Registration, ...]:
        """The registrations of an issuer."""
        with self.work.reading() as session:
            return tuple(map(_registration, platforms.of_issuer(session, issuer)))

    def by_id(self, registration_id: UUID) -> Registration | None:
        """The registration with that id."""
        with self.work.reading() as session:
            row = platforms.find(session, registration_id)
            return _registration(row) if row else None

    def deployment_is_known(self, registration_id: UUID, deployment_id: str) -> bool:
        """Whether an operator approved it."""
        with self.work.reading() as session:
            return platforms.deployment(session, registration_id, deployment_id) is not None


@dataclass(frozen=True)
class States:
    """Logins under way."""

    work: Workplace

    def remember(self, login: PendingLogin, now: datetime) -> None:
        """Keeps a login."""
        row = PendingLoginRow(
            nonce=login.nonce,
            platform_id=login.registration_id,
            browser=login.browser,
            target_link_uri=login.target_link_uri,
            deployment_id=login.deployment_id,
            created_at=login.created_at,
            storage_target=login.storage_target,
        )
        with self.work.writing() as session:
            logins.remember(session, login.state, row, now)

    def find(self, state: str) -> PendingLogin | None:
        """A login, left as it is."""
        with self.work.reading() as session:
            row = logins.find(session, state)
            return _pending(row, state) if row else None

    def take(self, state: str, now: datetime) -> PendingLogin | None:
        """Consumes a login."""
        with self.work.writing() as session:
            row = logins.take(session, state)
            return _pending(row, state) if row else None


@dataclass(frozen=True)
class KeySets:
    """Platforms' key sets."""

    work: Workplace

    def get(self, jwks_url: str) -> StoredKeySet | None:
        """The key set as last put."""
        with self.work.reading() as session:
            row = key_sets.find(session, jwks_url)
            if row is None or row.fetched_at is None or row.fresh_until is None:
                return None
            return StoredKeySet(row.document, row.fetched_at, row.fresh_until)

    def put(self, jwks_url: str, key_set: StoredKeySet) -> None:
        """Keeps a key set."""
        with self.work.writing() as session:
            key_sets.put(session, jwks_url, key_set.document, key_set.fetched_at, key_set.fresh_until)

    def may_refresh(self, jwks_url: str, now: datetime) -> bool:
        """Whether this caller fetches a set that is no longer fresh."""
        with self.work.writing() as session:
            return key_sets.claim_refresh(session, jwks_url, REFETCH_PAUSE, now)

    def may_look_again(self, issuer: str, jwks_url: str, now: datetime) -> bool:
        """Whether an unknown key justifies a fetch."""
        with self.work.writing() as session:
            return key_sets.note_refetch(session, issuer, jwks_url, REFETCH_PAUSE, now)


@dataclass(frozen=True)
class Tokens:
    """Access tokens."""

    work: Workplace

    def get(self, registration_id: UUID, deployment_id: str, scopes: str) -> AccessToken | None:
        """The token as last put."""
        with self.work.reading() as session:
            row = tokens.find(session, registration_id, deployment_id, scopes)
            if row is None:
                return None
            return AccessToken(tokens.value_of(row, self.work.keyring.named), row.expires_at)

    def put(self, registration_id: UUID, deployment_id: str, scopes: str, token: AccessToken) -> None:
        """Keeps a token."""
        place = (registration_id, deployment_id, scopes)
        with self.work.writing() as session:
            tokens.put(session, place, token.value, token.expires_at, self.work.keyring.named)


@dataclass(frozen=True)
class ToolKeys:
    """The tool's own keys."""

    work: Workplace

    def signing_key(self, now: datetime) -> ToolKey:
        """The key that signs now."""
        with self.work.reading() as session:
            return self._pair(tool_keys.signing(session, now))

    def published(self, now: datetime) -> tuple[ToolKey, ...]:
        """All keys that count, the newest first; it may not sign yet."""
        with self.work.reading() as session:
            return tuple(self._pair(row) for row in tool_keys.published(session, now))

    def _pair(self, row: ToolKeyRow) -> ToolKey:
        return ToolKey(row.kid, tool_keys.pem_of(row, self.work.keyring.named))


def store(work: Workplace) -> Store:
    """All that the LTI layer keeps."""
    return Store(Registrations(work), States(work), KeySets(work), Tokens(work), ToolKeys(work))


def make_first_key(work: Workplace, now: datetime) -> None:
    """Makes the tool's key when there is none yet."""
    if not ToolKeys(work).published(now):
        rotate_key(work, now)


def rotate_key(work: Workplace, now: datetime, *, at_once: bool = False) -> tuple[str, datetime]:
    """Publishes a new key: its kid, and from when it signs.

    at_once: all other keys are withdrawn, because one of them is in wrong hands.
    """
    key = key_pairs.make()
    with work.writing() as session:
        if at_once:
            tool_keys.withdraw_all(session)
        signs_from = tool_keys.add(session, key.kid, key.private_pem, work.keyring.named, now)
    return key.kid, signs_from


def _pending(row: PendingLoginRow, state: str) -> PendingLogin:
    return PendingLogin(
        state=state,
        nonce=row.nonce,
        registration_id=row.platform_id,
        browser=row.browser,
        target_link_uri=row.target_link_uri,
        deployment_id=row.deployment_id,
        created_at=row.created_at,
        storage_target=row.storage_target,
    )


def _registration(row: Platform) -> Registration:
    return Registration(
        id=row.id,
        issuer=row.issuer,
        client_id=row.client_id,
        login_url=row.login_url,
        token_url=row.token_url,
        jwks_url=row.jwks_url,
        audience=row.audience,
        active=row.status is PlatformStatus.ACTIVE,
        allow_anonymous=row.allow_anonymous,
    )
