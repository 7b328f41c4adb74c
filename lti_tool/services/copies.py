"""Copies: the training of a course goes along with it, without its days and without anybody's words."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from lti_tool.domain.origins import Origin
from lti_tool.models.activities import Activity
from lti_tool.models.courses import Course, ResourceLink
from lti_tool.models.instruments import InstrumentVersion
from lti_tool.models.platforms import Deployment
from lti_tool.models.reflections import LateDraft, Reflection
from lti_tool.models.tracks import Track
from lti_tool.services import (
    activities,
    adaptations,
    context_copies,
    gone_items,
    instruments,
    roster_reads,
    track_copies,
    tracks,
)
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.tracks import FollowUp


def resolve(
    session: Session, link: ResourceLink, origin: Origin, catalogue: Catalogue, now: datetime
) -> ResourceLink:
    """The link whose activity a launch opens: mostly its own, which is bound to it at its first opening.

    Another one when the platform made a second link to the same activity, or names a wrong one. An activity
    whose link is gone goes to the second one.
    """
    bound = session.scalar(select(Activity).where(Activity.link_id == link.id))
    if bound is not None:
        is_meant = origin.lms_id in (None, bound.lms_id)
        return link if is_meant else _of_own_id(session, link, bound, origin)
    course = session.get_one(Course, link.course_id)
    origin = replace(origin, context_ids=origin.context_ids or context_copies.origins(session, course))
    if not origin:
        return link
    activity = _of_course(session, link, origin) or _copied(session, link, course, origin, catalogue, now)
    if activity is None:
        return link
    if activity.link_id is None:
        _bind(session, activity, link)
        return link
    there = _place(session, activity.link_id, link)
    is_moved = there is not link and gone_items.follow(session, activity, link, now)
    return link if is_moved else there


def _of_own_id(session: Session, link: ResourceLink, bound: Activity, origin: Origin) -> ResourceLink:
    """The link that our own id means, which is not what the link is bound to.

    Canvas names another link at some launches; Moodle keeps the link when another item is chosen for it. What
    somebody wrote stays where they found it.
    """
    meant = _of_course(session, link, origin)
    if meant is None:
        return link
    if meant.link_id is not None:
        return _place(session, meant.link_id, link)
    if not _is_begun(session, bound):
        bound.link_id = None
        session.flush()
        _bind(session, meant, link)
    return link


def _bind(session: Session, activity: Activity, link: ResourceLink) -> None:
    """The first opening of an item. That of a training asks who is in the course: nobody was let in yet."""
    is_first = not session.scalar(select(tracks.was_opened()).where(Track.id == activity.track_id))
    activity.link_id = link.id
    session.flush()
    if is_first:
        roster_reads.ask(session, link.course_id)


def _place(session: Session, link_id: UUID, link: ResourceLink) -> ResourceLink:
    """A link of the same course with that id; else the link itself: nobody is a member elsewhere by it."""
    other = session.get_one(ResourceLink, link_id)
    return other if other.course_id == link.course_id else link


def _is_begun(session: Session, activity: Activity) -> bool:
    """Whether anybody wrote something there."""
    written = select(Reflection.id).where(Reflection.activity_id == activity.id)
    waiting = select(LateDraft.id).where(LateDraft.activity_id == activity.id)
    return session.scalar(select(or_(written.exists(), waiting.exists()))) is True


def _of_course(session: Session, link: ResourceLink, origin: Origin) -> Activity | None:
    """The activity that was chosen for the link, in a training of its own course.

    Held until it is bound, so that nobody takes it away meanwhile.
    """
    return session.scalar(
        select(Activity)
        .join(Track, Track.id == Activity.track_id)
        .where(Track.course_id == link.course_id, Activity.lms_id == origin.lms_id)
        .with_for_update(of=Activity)
    )


def _copied(
    session: Session, link: ResourceLink, course: Course, origin: Origin, catalogue: Catalogue, now: datetime
) -> Activity | None:
    """The link's part of the training that came along from another course."""
    found = (look(session, link, origin) for look in (_by_link, _by_id, _by_title))
    model = next((activity for activity in found if activity is not None), None)
    if model is None:
        return None
    source = session.get_one(Track, model.track_id)
    track = session.scalar(select(Track).where(Track.course_id == course.id, Track.root_id == source.root_id))
    if track is None:
        track = _copy(session, source, course, catalogue, now)
    return session.scalar(
        select(Activity)
        .where(Activity.track_id == track.id, Activity.lms_id == model.lms_id)
        .with_for_update()
    )


def _copy(session: Session, source: Track, course: Course, catalogue: Catalogue, now: datetime) -> Track:
    """The same training for another course: what it asks and sends, in today's words, and no days."""
    follow_up = FollowUp(source.cadence, frozenset(source.left_out.split()))
    track = tracks.begin_undated(session, course, now, follow_up, source.root_id)
    track.pace = source.pace
    track_copies.carry(session, source, track)
    rows = session.execute(
        select(Activity, InstrumentVersion.key)
        .outerjoin(InstrumentVersion, InstrumentVersion.id == Activity.instrument_version_id)
        .where(Activity.track_id == source.id)
        .order_by(Activity.created_at, Activity.id)
    ).all()
    for activity, key in rows:
        version = instruments.version_of(session, catalogue.latest(key)).id if key else None
        copied = activities.add(session, track, version, now, activity.meeting_number, activity.lms_id)
        copied.opens = activity.opens
        adaptations.copy(session, activity, copied, now, catalogue)
    return track


def _by_link(session: Session, link: ResourceLink, origin: Origin) -> Activity | None:
    """By the link that this one is a copy of."""
    former = ResourceLink.link_id.in_(origin.link_ids)
    rows = session.execute(
        _elsewhere(session, link)
        .add_columns(ResourceLink.link_id)
        .join(ResourceLink, ResourceLink.id == Activity.link_id)
        .where(ResourceLink.deployment_id == link.deployment_id, former)
    )
    found = {link_id: activity for activity, _, link_id in rows}
    return next((found[one] for one in origin.link_ids if one in found), None)


def _by_id(session: Session, link: ResourceLink, origin: Origin) -> Activity | None:
    """By our own id, which every copy keeps; that of the course it was copied from goes first."""
    if origin.lms_id is None:
        return None
    return _nearest(session, _elsewhere(session, link).where(Activity.lms_id == origin.lms_id), origin)


def _by_title(session: Session, link: ResourceLink, origin: Origin) -> Activity | None:
    """By the name of the link, in the latest course that this one is a copy of and that has it once."""
    if not link.title:
        return None
    rows = session.execute(
        _elsewhere(session, link)
        .join(ResourceLink, ResourceLink.id == Activity.link_id)
        .where(ResourceLink.title == link.title, Course.context_id.in_(origin.context_ids))
    ).all()
    for context_id in origin.context_ids:
        found = [activity for activity, its in rows if its == context_id]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _elsewhere(session: Session, link: ResourceLink) -> Select[Activity, str]:
    """The activities of other courses of this platform and organisation, with the id of their course."""
    platform_id = session.get_one(Deployment, link.deployment_id).platform_id
    return (
        select(Activity, Course.context_id)
        .join(Track, Track.id == Activity.track_id)
        .join(Course, Course.id == Track.course_id)
        .join(Deployment, Deployment.id == Course.deployment_id)
        .where(Activity.organisation_id == link.organisation_id, Deployment.platform_id == platform_id)
        .order_by(Track.created_at.desc())
    )


def _nearest(session: Session, wanted: Select[Activity, str], origin: Origin) -> Activity | None:
    rows: Sequence[tuple[Activity, str]] = [(row[0], row[1]) for row in session.execute(wanted)]
    order = {context_id: place for place, context_id in enumerate(origin.context_ids)}
    return min(rows, key=lambda row: order.get(row[1], len(order)))[0] if rows else None
