"""What was chosen in the LMS and nobody opened yet: the LMS need not have put it in the course."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, exists, func, select
from sqlalchemy.orm import Session

from lti_tool.models.activities import Activity
from lti_tool.models.harvests import Snapshot, ToldAnswer
from lti_tool.models.reflections import LateDraft, Reflection
from lti_tool.models.tracks import Cohort, Meeting, Track
from lti_tool.services import adaptations, enrolments, nudges, recalls, tracks
from lti_tool.services.catalogue import Catalogue


@dataclass(frozen=True)
class Unopened:
    """A training of a course of which nobody opened an item. cohort: None while its days are to be given."""

    track: Track
    cohort: Cohort | None
    items: int


def trainings(session: Session, course_id: UUID) -> list[Unopened]:
    """Those of a course, newest first. Nobody takes part in them, so they send nothing."""
    rows = session.execute(
        select(Track, Cohort, func.count(Activity.id))
        .outerjoin(Cohort, (Cohort.track_id == Track.id) & (Cohort.number == 1))
        .join(Activity, Activity.track_id == Track.id)
        .where(Track.course_id == course_id, ~tracks.was_opened())
        .group_by(Track.id, Cohort.id)
        .order_by(Track.created_at.desc(), Track.id)
    )
    return [Unopened(*row) for row in rows]


def find_training(session: Session, course_id: UUID, track_id: UUID) -> Unopened | None:
    """One of those of a course."""
    return next((each for each in trainings(session, course_id) if each.track.id == track_id), None)


def remove_training(session: Session, track: Track) -> bool:
    """Takes a training away; False when somebody opened an item of it meanwhile, and it stays."""
    session.scalar(select(Track.id).where(Track.id == track.id).with_for_update())
    _delete(session, Activity.track_id == track.id)
    if session.scalar(select(exists().where(Activity.track_id == track.id))):
        return False
    groups = select(Cohort.id).where(Cohort.track_id == track.id)
    for of_group in (Meeting, Snapshot, ToldAnswer):
        session.execute(delete(of_group).where(of_group.cohort_id.in_(groups)))
    session.execute(delete(Cohort).where(Cohort.track_id == track.id))
    recalls.remove(session, track)
    adaptations.remove(session, track)
    session.execute(delete(Track).where(Track.id == track.id))
    return True


def remove_item(
    session: Session, track: Track, activity_id: UUID, catalogue: Catalogue, now: datetime
) -> bool:
    """Takes an item away, with the letters that only it brought; False when somebody opened it meanwhile."""
    if not _delete(session, (Activity.track_id == track.id) & (Activity.id == activity_id)):
        return False
    nudges.replan(session, enrolments.of_track(session, track.id), catalogue, now)
    return True


def _delete(session: Session, which: ColumnElement[bool]) -> Sequence[UUID]:
    """An item whose first opening comes in between is bound by then, and stays.

    So does one that somebody wrote in, which another link of the training opens too. Held first: the
    statement that removes then sees what somebody wrote while it had to wait.
    """
    session.execute(select(Activity.id).where(which).order_by(Activity.id).with_for_update())
    unused = Activity.link_id.is_(None) & ~_holds(Reflection) & ~_holds(LateDraft)
    return session.scalars(delete(Activity).where(which, unused).returning(Activity.id)).all()


def _holds(words: type[Reflection] | type[LateDraft]) -> ColumnElement[bool]:
    return exists(words.id).where(words.activity_id == Activity.id)
