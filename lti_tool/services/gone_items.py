"""Items that the LMS has no place for any more, and putting one in the course again.

An LMS says nothing of a link that somebody deletes there. What it does say: that where the scores of the link
went is not found. While nobody has opened the item since, it is taken to be gone.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from lti_tool.models.activities import Activity
from lti_tool.models.courses import ResourceLink
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.instruments import InstrumentVersion
from lti_tool.models.tracks import Track, TrackStatus
from lti_tool.models.visits import Visit
from lti_tool.services import line_items, scores, tracks

NOT_FOUND = "not_found"
"""Why such a score failed, as `lti.service_calls` says it: a 404 or a 410."""


@dataclass(frozen=True)
class Lost:
    """A training of which items are gone. items: of each what it asks, and after which meeting."""

    track: Track
    items: tuple[tuple[str, int | None], ...]


def in_course(session: Session, course_id: UUID) -> list[Lost]:
    """The trainings of a course that go on, and of which items are gone; newest first."""
    rows = session.execute(
        select(Track, InstrumentVersion.phase, Activity.meeting_number)
        .join(Activity, Activity.track_id == Track.id)
        .join(InstrumentVersion, InstrumentVersion.id == Activity.instrument_version_id)
        .where(Track.course_id == course_id, Track.status == TrackStatus.OPEN)
        .where(Activity.id.in_(_gone().where(Activity.track_id.in_(_tracks(course_id)))))
        .order_by(Track.created_at.desc(), Track.id, Activity.created_at, Activity.id)
    )
    found: dict[Track, list[tuple[str, int | None]]] = {}
    for track, phase, meeting_number in rows:
        found.setdefault(track, []).append((phase, meeting_number))
    return [Lost(track, tuple(dict.fromkeys(items))) for track, items in found.items()]


def of_track(session: Session, track: Track) -> frozenset[UUID]:
    """The ids of the activities of a training that are gone."""
    return frozenset(session.scalars(_gone().where(Activity.track_id == track.id)))


def find(session: Session, track: Track, phase: str, meeting_number: int | None) -> Activity | None:
    """The item of that kind that is gone; None where none is."""
    return session.scalar(
        select(Activity)
        .join(InstrumentVersion, InstrumentVersion.id == Activity.instrument_version_id)
        .where(
            Activity.id.in_(_gone().where(Activity.track_id == track.id)),
            InstrumentVersion.phase == phase,
            Activity.meeting_number.is_not_distinct_from(meeting_number),
        )
        .order_by(Activity.created_at, Activity.id)
        .limit(1)
    )


def put_back(
    session: Session, link: ResourceLink, track: Track, phase: str, meeting_number: int | None, now: datetime
) -> Activity | None:
    """The item of that kind that is gone, at a new link: with what people wrote, and their scores.

    None where none is gone, or the link opens something already.
    """
    tracks.hold(session, track)
    if session.scalar(select(Activity.id).where(Activity.link_id == link.id)) is not None:
        return None
    activity = find(session, track, phase, meeting_number)
    if activity is not None:
        _move(session, activity, link, now)
    return activity


def follow(session: Session, activity: Activity, link: ResourceLink, now: datetime) -> bool:
    """Puts an item that is gone at another link that the LMS made of it; whether it went there.

    Whoever asks holds the item. It stays where it is when the LMS takes no scores of the other link either.
    """
    is_gone = line_items.takes_scores(link) and session.scalar(_gone().where(Activity.id == activity.id))
    if is_gone:
        _move(session, activity, link, now)
    return bool(is_gone)


def _move(session: Session, activity: Activity, link: ResourceLink, now: datetime) -> None:
    activity.link_id = link.id
    session.flush()
    scores.ask_again(session, link, now)


def _tracks(course_id: UUID) -> Select[UUID]:
    return select(Track.id).where(Track.course_id == course_id)


def _gone() -> Select[UUID]:
    last = select(func.max(Visit.launched_at)).where(Visit.link_id == Activity.link_id).scalar_subquery()
    return (
        select(Activity.id)
        .join(Delivery, Delivery.activity_id == Activity.id)
        .where(
            Activity.link_id.is_not(None),
            Delivery.kind == Kind.SCORE,
            Delivery.status == DeliveryStatus.FAILED,
            Delivery.reason == NOT_FOUND,
        )
        .group_by(Activity.id, Activity.link_id)
        .having(or_(last.is_(None), last <= func.max(Delivery.scored_at)))
    )
