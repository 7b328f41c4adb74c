"""Key sets of platforms, as last fetched."""

from datetime import datetime, timedelta

from sqlalchemy import CursorResult, or_, select, update
from sqlalchemy.orm import Session

from lti_tool.models.platforms import KeySet, Platform
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


def claim_refresh(session: Session, jwks_url: str, pause: timedelta, now: datetime) -> bool:
    """Whether a set that is no longer fresh is the caller's to fetch; to others it is fresh for a pause."""
    result = session.execute(
        update(KeySet)
        .where(KeySet.jwks_url == jwks_url, KeySet.fresh_until <= now)
        .values(fresh_until=now + pause)
        .execution_options(synchronize_session=False)
    )
    return isinstance(result, CursorResult) and result.rowcount == 1


def note_refetch(session: Session, issuer: str, jwks_url: str, pause: timedelta, now: datetime) -> bool:
    """Whether an unknown key justifies a fetch now; true once per issuer and pause, whoever asks.

    An issuer that has several registrations may publish its keys at several addresses.
    """
    row = _row(session, jwks_url)
    others = select(Platform.jwks_url).where(Platform.issuer == issuer)
    # Locked, and always in one order: of two who ask at once, the second one sees what the first one wrote.
    noted = session.scalars(
        select(KeySet.refetched_at)
        .where(or_(KeySet.jwks_url == jwks_url, KeySet.jwks_url.in_(others)))
        .order_by(KeySet.jwks_url)
        .with_for_update()
    ).all()
    if any(moment is not None and moment > now - pause for moment in noted):
        return False
    row.refetched_at = now
    return True


def _row(session: Session, jwks_url: str) -> KeySet:
    row = session.get(KeySet, jwks_url)
    if row is None:
        firsts.add(session, KeySet(jwks_url=jwks_url))
    return row or session.get_one(KeySet, jwks_url)
