"""Access tokens for the services of platforms."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from lti_tool.models.platforms import AccessToken
from lti_tool.services import sealing
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
    row = session.get(AccessToken, place)
    if row is None:
        platform_id, deployment_id, scopes = place
        row = AccessToken(platform_id=platform_id, deployment_id=deployment_id, scopes=scopes)
        session.add(row)
    row.token, row.expires_at = sealing.seal(named.common, PLACE, token), expires_at


def value_of(row: AccessToken, named: NamedKeys) -> str:
    """The token itself."""
    return sealing.unseal(named.common, PLACE, row.token)
