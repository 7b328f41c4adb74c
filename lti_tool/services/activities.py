"""What a training asks: the activities of a track, and the links that open them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from lti_tool.domain.instruments import Instrument, Phase
from lti_tool.models.activities import Activity
from lti_tool.models.courses import ResourceLink
from lti_tool.models.instruments import InstrumentVersion
from lti_tool.models.platforms import Deployment
from lti_tool.models.tracks import Cohort, Track
from lti_tool.services import instruments


@dataclass(frozen=True)
class Item:
    """An activity of a track as its trainer knows it. link: None until its first opening."""

    activity: Activity
    link: ResourceLink | None
    phase: str | None


@dataclass(frozen=True)
class Undated:
    """An activity of a track whose days are still to be given. phase: None for the page of one's own plan."""

    activity: Activity
    track: Track
    phase: str | None


def items(session: Session, track: Track) -> list[Item]:
    """All that a track has, opened or not, in the order in which a course asks it."""
    rows = session.execute(
        select(Activity, ResourceLink, InstrumentVersion.phase)
        .outerjoin(ResourceLink, ResourceLink.id == Activity.link_id)
        .outerjoin(InstrumentVersion, InstrumentVersion.id == Activity.instrument_version_id)
        .where(Activity.track_id == track.id)
        .order_by(Activity.created_at, Activity.id)
    )
    return sorted((Item(*row) for row in rows), key=_place_in_course)


def _place_in_course(item: Item) -> tuple[int, int]:
    order = [*Phase, None]
    return order.index(Phase(item.phase) if item.phase else None), item.activity.meeting_number or 0


def looked_back(session: Session, track_ids: list[UUID]) -> dict[UUID, frozenset[int]]:
    """Of each track the meetings that a link looks back on."""
    found: dict[UUID, set[int]] = defaultdict(set)
    rows = select(Activity).where(Activity.track_id.in_(track_ids), Activity.meeting_number.is_not(None))
    for activity in session.scalars(rows):
        found[activity.track_id].add(activity.meeting_number or 1)
    return {track_id: frozenset(found[track_id]) for track_id in track_ids}


def phases(session: Session, track_ids: list[UUID]) -> dict[UUID, set[str | None]]:
    """What tracks ask, opened or not: the phases of it, and None for the page of one's own plan."""
    found: dict[UUID, set[str | None]] = {track_id: set() for track_id in track_ids}
    rows = session.execute(
        select(Activity.track_id, InstrumentVersion.phase)
        .outerjoin(InstrumentVersion, InstrumentVersion.id == Activity.instrument_version_id)
        .where(Activity.track_id.in_(track_ids))
    )
    for track_id, phase in rows:
        found[track_id].add(phase)
    return found


def is_set_up(session: Session, deployment: Deployment, link_id: str) -> bool:
    """Whether a link of the LMS has an activity already."""
    known = (
        select(Activity.id)
        .join(ResourceLink, ResourceLink.id == Activity.link_id)
        .where(ResourceLink.deployment_id == deployment.id, ResourceLink.link_id == link_id)
    )
    return session.scalar(known) is not None


def undated(session: Session, link: ResourceLink) -> Undated | None:
    """What a link opens once its track has days; None for a link that has them, or opens nothing yet."""
    row = session.execute(
        select(Activity, Track, InstrumentVersion.phase)
        .join(Track, Track.id == Activity.track_id)
        .outerjoin(InstrumentVersion, InstrumentVersion.id == Activity.instrument_version_id)
        .where(Activity.link_id == link.id, ~exists().where(Cohort.track_id == Track.id))
    ).one_or_none()
    return Undated(*row) if row is not None else None


def place(
    session: Session,
    link: ResourceLink,
    track: Track,
    instrument: Instrument,
    now: datetime,
    meeting_number: int | None = None,
) -> Activity:
    """Puts an instrument on a link; a link that already had one keeps its first.

    meeting_number: of a look back on one meeting, which one.
    """
    found = session.scalar(select(Activity).where(Activity.link_id == link.id))
    if found is not None:
        return found
    activity = add(session, track, instruments.version_of(session, instrument).id, now, meeting_number)
    activity.link_id = link.id
    session.flush()
    return activity


def add(
    session: Session,
    track: Track,
    instrument_version_id: UUID | None,
    now: datetime,
    meeting_number: int | None = None,
    lms_id: UUID | None = None,
) -> Activity:
    """An activity whose link is still to be opened. Its id stands in the link's custom parameters.

    instrument_version_id, lms_id: as in `Activity`.
    """
    activity_id = uuid4()
    activity = Activity(
        id=activity_id,
        lms_id=lms_id or activity_id,
        organisation_id=track.organisation_id,
        track_id=track.id,
        instrument_version_id=instrument_version_id,
        meeting_number=meeting_number,
        created_at=now,
    )
    session.add(activity)
    session.flush()
    return activity
