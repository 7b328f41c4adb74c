"""Keys with which programs of an organisation read what was told of its trainings."""

from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe

from sqlalchemy import case, delete, select, update
from sqlalchemy.orm import Session

from lti_tool.models.api_keys import ApiKey
from lti_tool.models.organisations import Organisation
from lti_tool.services import firsts, visits

MOST_A_MINUTE = 60
RANDOM_BYTES = 32
# What looks for secrets in files knows one by its beginning.
BEGINS = "beklijf_"


@dataclass(frozen=True)
class Use:
    """Whose key was used. is_too_often: more often in this minute than a key may."""

    organisation: Organisation
    is_too_often: bool


def make(session: Session, organisation: Organisation, name: str, now: datetime) -> str | None:
    """A new key, 256 bits, which nobody can read again (real clock); None when the name is taken."""
    key = BEGINS + token_urlsafe(RANDOM_BYTES)
    row = ApiKey(organisation_id=organisation.id, name=name, key_hash=visits.fingerprint(key), made_at=now)
    return key if firsts.add(session, row) else None


def listing(session: Session, organisation: Organisation) -> list[ApiKey]:
    """All of an organisation, by name."""
    found = select(ApiKey).where(ApiKey.organisation_id == organisation.id).order_by(ApiKey.name)
    return list(session.scalars(found))


def remove(session: Session, organisation: Organisation, name: str) -> bool:
    """A key opens nothing any more, from this moment; False when there is none of that name."""
    of_name = (ApiKey.organisation_id == organisation.id, ApiKey.name == name)
    gone = session.scalar(delete(ApiKey).where(*of_name).returning(ApiKey.id))
    return gone is not None


def use(session: Session, key: str, now: datetime) -> Use | None:
    """Counts one use (real clock), also one that is too many; None for what is no key."""
    minute = now.replace(second=0, microsecond=0)
    counted = (
        update(ApiKey)
        .where(ApiKey.key_hash == visits.fingerprint(key))
        .values(used_at=minute, uses=case((ApiKey.used_at == minute, ApiKey.uses + 1), else_=1))
        .returning(ApiKey.organisation_id, ApiKey.uses)
    )
    found = session.execute(counted, execution_options={"synchronize_session": False}).one_or_none()
    if found is None:
        return None
    return Use(session.get_one(Organisation, found.organisation_id), found.uses > MOST_A_MINUTE)
