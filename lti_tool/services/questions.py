"""The questions of a link for somebody whom the platform does not name: to read, not to answer."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.domain.instruments import Audience, Instrument, Item, Part
from lti_tool.domain.item_types import yes_no
from lti_tool.models.courses import ResourceLink
from lti_tool.models.platforms import Deployment
from lti_tool.services import asked, tracks
from lti_tool.services.catalogue import Catalogue


def link_of(session: Session, deployment: Deployment, link_id: str) -> UUID | None:
    """The link that a platform means; None for one that nobody with a name has opened yet."""
    return session.scalar(
        select(ResourceLink.id).where(
            ResourceLink.deployment_id == deployment.id, ResourceLink.link_id == link_id
        )
    )


def on_paper(session: Session, link: ResourceLink, catalogue: Catalogue) -> Instrument | None:
    """What a link asks, without what only has a meaning for who answers; None while that is nothing."""
    placed = tracks.placed(session, link)
    if placed is None or placed.version is None:
        return None
    instrument = asked.of_activity(session, catalogue, placed.activity, placed.version)
    return replace(instrument, parts=tuple(_parts(instrument)))


def _parts(instrument: Instrument) -> Iterator[Part]:
    for part in instrument.parts:
        steps = part.asked(has_address=False).steps
        steps = tuple(replace(step, items=tuple(filter(_is_for_anybody, step.items))) for step in steps)
        yield replace(part, steps=tuple(step for step in steps if step.items))


def _is_for_anybody(item: Item) -> bool:
    """Nobody reads along here, so who may read is no question."""
    return not (item.audience is Audience.TRAINER_IF_SHARED and item.type is yes_no.TYPE)
