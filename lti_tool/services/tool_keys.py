"""The tool's own key pairs: published first, signing once every platform may know them, then retired.

Platforms may keep our key set as long as we say, and need not look again for a key that they do not know.
So a new key waits until every copy without it is out of date, and the one before it signs meanwhile.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from lti_tool.models.platforms import ToolKey
from lti_tool.services import sealing
from lti_tool.services.keys import NamedKeys

PLACE = sealing.common_place("tool_key.private_pem")
MAY_BE_KEPT = timedelta(hours=1)
"""How long platforms may keep our key set (RFC 9111, max-age)."""

PUBLISHED_FIRST = MAY_BE_KEPT + timedelta(minutes=5)
"""How long a key is published before it signs: clocks differ, and an answer may be on its way."""

STAYS_PUBLISHED = timedelta(days=7)
"""How long a key that no longer signs is published, for what it signed may be looked at later."""


def add(session: Session, kid: str, private_pem: str, named: NamedKeys, now: datetime) -> datetime:
    """Publishes a key. From when it signs; until then, the keys before it do.

    The first key of all signs at once. Keys that are no longer published are removed.
    """
    session.execute(delete(ToolKey).where(ToolKey.retired_at <= now - STAYS_PUBLISHED))
    is_first = not session.scalar(select(func.count()).select_from(ToolKey))
    signs_from = now if is_first else now + PUBLISHED_FIRST
    session.execute(update(ToolKey).where(ToolKey.retired_at.is_(None)).values(retired_at=signs_from))
    sealed = sealing.seal(named.common, PLACE, private_pem)
    session.add(ToolKey(kid=kid, private_pem=sealed, created_at=now))
    return signs_from


def withdraw_all(session: Session) -> None:
    """Removes every key: one of them is in wrong hands. What they signed holds no longer."""
    session.execute(delete(ToolKey))


def published(session: Session, now: datetime) -> list[ToolKey]:
    """The newest first: one that waits to sign, the one that signs, those whose signatures still hold."""
    counts = or_(ToolKey.retired_at.is_(None), ToolKey.retired_at > now - STAYS_PUBLISHED)
    return list(session.scalars(select(ToolKey).where(counts).order_by(ToolKey.created_at.desc())))


def signing(session: Session, now: datetime) -> ToolKey:
    """The key that signs: of those that were not retired yet, the one published longest."""
    counts = or_(ToolKey.retired_at.is_(None), ToolKey.retired_at > now)
    return session.scalars(select(ToolKey).where(counts).order_by(ToolKey.created_at).limit(1)).one()


def pem_of(key: ToolKey, named: NamedKeys) -> str:
    """The private key, in PEM."""
    return sealing.unseal(named.common, PLACE, key.private_pem)
