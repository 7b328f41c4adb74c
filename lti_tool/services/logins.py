"""Logins on their way: remembered once, taken once."""

from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete
from sqlalchemy.orm import Session

from lti_tool.models.platforms import PendingLogin

LOGIN_LIVES = timedelta(minutes=10)


def remember(session: Session, state: str, login: PendingLogin, now: datetime) -> None:
    """Keeps a login under the hash of its state, and forgets those that never came back."""
    sweep(session, now)
    login.state_hash = _hash(state)
    session.add(login)


def sweep(session: Session, now: datetime) -> None:
    """Forgets the logins that never came back (real clock)."""
    session.execute(delete(PendingLogin).where(PendingLogin.created_at < now - LOGIN_LIVES))


def find(session: Session, state: str) -> PendingLogin | None:
    """The login of a state, left as it is."""
    return session.get(PendingLogin, _hash(state))


def take(session: Session, state: str) -> PendingLogin | None:
    """The login of a state, consumed: of two that ask at once, one gets it."""
    # One statement, so that the database decides who was first, also between machines.
    return session.execute(
        delete(PendingLogin).where(PendingLogin.state_hash == _hash(state)).returning(PendingLogin)
    ).scalar_one_or_none()


def _hash(state: str) -> str:
    return sha256(state.encode()).hexdigest()
