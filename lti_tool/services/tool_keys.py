"""The tool's own key pairs."""

from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from lti_tool.models.platforms import ToolKey
from lti_tool.services import sealing
from lti_tool.services.keys import NamedKeys

PLACE = sealing.common_place("tool_key.private_pem")
# Platforms may keep our key set for days; what an old key signed must hold until they look again.
STAYS_PUBLISHED = timedelta(days=7)


def add(session: Session, kid: str, private_pem: str, named: NamedKeys, now: datetime) -> None:
    """Adds a key that signs from now on; the ones before it retire."""
    session.execute(update(ToolKey).where(ToolKey.retired_at.is_(None)).values(retired_at=now))
    sealed = sealing.seal(named.common, PLACE, private_pem)
    session.add(ToolKey(kid=kid, private_pem=sealed, created_at=now))


def published(session: Session, now: datetime) -> list[ToolKey]:
    """The signing key first, then the retired ones that still count."""
    counts = or_(ToolKey.retired_at.is_(None), ToolKey.retired_at > now - STAYS_PUBLISHED)
    return list(session.scalars(select(ToolKey).where(counts).order_by(ToolKey.created_at.desc())))


def pem_of(key: ToolKey, named: NamedKeys) -> str:
    """The private key, in PEM."""
    return sealing.unseal(named.common, PLACE, key.private_pem)
