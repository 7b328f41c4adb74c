"""Access tokens for the services of platforms."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from lti_tool.models.platforms import AccessToken
from lti_tool.services import firsts, sealing
from lti_tool.services.keys import NamedKeys

PLACE = sealing.common_place("access_token.token")


def find(session: Session, platform_id: UUID, deployment_id: str, scopes: str) -> AccessToken | None:
    """The token of one deployment for these scopes, expired or not."""
    return session.get(AccessToken, (platform_id, deployment_id, scopes))


def put(
    session: Session,
    place: tuple[UUID, str, str],
    token: str,
    expires_at: datetime,
    named: NamedKeys,
) -> None:
    """Keeps a token in place of the former. place: registration, deployment, scopes."""
    sealed = sealing.seal(named.common, PLACE, token)
    row = session.get(AccessToken, place)
    if row is None:
        platform_id, deployment_id, scopes = place
        new = AccessToken(platform_id=platform_id, deployment_id=deployment_id, scopes=scopes)
        new.token, new.expires_at = sealed, expires_at
        if firsts.add(session, new):
            return
        row = session.get_one(AccessToken, place)
    row.token, row.expires_at = sealed, expires_at


def value_of(row: AccessToken, named: NamedKeys) -> str:
    """The token itself."""
    return sealing.unseal(named.common, PLACE, row.token)
