"""Where the scores of a link go: as its launches say, or as was found or made."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import CursorResult, or_, select, update
from sqlalchemy.orm import Session

from lti_tool.models.activities import Activity
from lti_tool.models.courses import ResourceLink
from lti_tool.models.instruments import InstrumentVersion
from lti_tool.models.platforms import Deployment

PAUSE = timedelta(minutes=5)
"""Between two searches for the line item of one link."""


@dataclass(frozen=True)
class Offer:
    """What a launch says about grades.

    line_item_url: None when it names no line item. line_items_url: where one can be searched for, or None.
    scopes: what may be done there. own_id: what the link opens, if it was chosen with the tool.
    """

    line_item_url: str | None = None
    line_items_url: str | None = None
    scopes: frozenset[str] = frozenset()
    own_id: UUID | None = None


@dataclass(frozen=True)
class Search:
    """What to look for, and where. link_id: the platform's name for the link."""

    url: str
    scopes: frozenset[str]
    link_id: str
    label: str
    tag: str
    own_id: UUID | None


def known(session: Session, deployment: Deployment, link_id: str) -> tuple[str | None, ...]:
    """What the last launch of a link left of where its scores go; empty for a link that nobody opened."""
    row = session.execute(
        select(ResourceLink.line_item_url, ResourceLink.line_items_url, ResourceLink.line_item_scopes).where(
            ResourceLink.deployment_id == deployment.id, ResourceLink.link_id == link_id
        )
    ).one_or_none()
    return () if row is None else tuple(row)


def note(link: ResourceLink, offer: Offer) -> None:
    """Takes over what a launch says (addresses may change at each: AGS 2.0 section 3.1).

    What was found before stays while launches name nothing.
    """
    was_found = link.line_item_sought_at is not None
    link.line_items_url = offer.line_items_url if offer.scopes else None
    link.line_item_scopes = " ".join(sorted(offer.scopes))
    link.own_id = offer.own_id
    if offer.line_item_url is not None or not was_found or link.line_items_url is None:
        link.line_item_url, link.line_item_sought_at = offer.line_item_url, None


def takes_scores(link: ResourceLink) -> bool:
    """Whether a score of this link has somewhere to go, or may find it."""
    return link.line_item_url is not None or link.line_items_url is not None


def take(session: Session, link_id: UUID, now: datetime) -> Search | None:
    """What to search for, taken so that no two rounds make the same column; None while another one does.

    now: on the real clock.
    """
    free = or_(ResourceLink.line_item_sought_at.is_(None), ResourceLink.line_item_sought_at <= now - PAUSE)
    result = session.execute(
        update(ResourceLink)
        .where(ResourceLink.id == link_id, ResourceLink.line_item_url.is_(None), free)
        .values(line_item_sought_at=now)
        .execution_options(synchronize_session=False)
    )
    return _search(session, link_id) if isinstance(result, CursorResult) and result.rowcount == 1 else None


def settle(session: Session, link_id: UUID, url: str | None) -> None:
    """Notes where scores go from now on; None when what was found is there no more."""
    session.get_one(ResourceLink, link_id).line_item_url = url


def _search(session: Session, link_id: UUID) -> Search | None:
    row = session.execute(
        select(ResourceLink, InstrumentVersion.phase)
        .join(Activity, Activity.link_id == ResourceLink.id)
        .join(InstrumentVersion, InstrumentVersion.id == Activity.instrument_version_id)
        .where(ResourceLink.id == link_id)
    ).one()
    link, phase = row
    if link.line_items_url is None:
        return None
    scopes = frozenset(link.line_item_scopes.split())
    return Search(link.line_items_url, scopes, link.link_id, link.title or "Beklijf", phase, link.own_id)
