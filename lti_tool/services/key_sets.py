"""Key sets of platforms, as last fetched."""

from datetime import datetime, timedelta

from sqlalchemy import CursorResult, or_, update
from sqlalchemy.orm import Session

from lti_tool.models.platforms import KeySet
from lti_tool.services import firsts


def find(session: Session, jwks_url: str) -> KeySet | None:
    """The key set of an address."""
    return session.get(KeySet, jwks_url)


def put(
    session: Session, jwks_url: str, document: str | None, fetched_at: datetime, fresh_until: datetime
) -> None:
    """Keeps a key set in place of the former."""
    row = _row(session, jwks_url)
    row.document, row.fetched_at, row.fresh_until = document, fetched_at, fresh_until


def note_refetch(session: Session, jwks_url: str, pause: timedelta, now: datetime) -> bool:
    """Whether an unknown key justifies a fetch now; true once per pause, whoever asks."""
    _row(session, jwks_url)
    result = session.execute(
        update(KeySet)
        .where(
            KeySet.jwks_url == jwks_url,
            or_(KeySet.refetched_at.is_(None), KeySet.refetched_at <= now - pause),
        )
        .values(refetched_at=now)
        .execution_options(synchronize_session=False)
    )
    return isinstance(result, CursorResult) and result.rowcount == 1


def _row(session: Session, jwks_url: str) -> KeySet:
    row = session.get(KeySet, jwks_url)
    if row is None:
        firsts.add(session, KeySet(jwks_url=jwks_url))
    return row or session.get_one(KeySet, jwks_url)
