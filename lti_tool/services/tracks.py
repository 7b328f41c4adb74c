"""Setting up a track: from a link without a purpose to an activity with dates."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, select, update
from sqlalchemy.orm import Session, aliased

from lti_tool.domain.instruments import Instrument
from lti_tool.models.activities import Activity
from lti_tool.models.courses import Course, ResourceLink
from lti_tool.models.instruments import InstrumentVersion
from lti_tool.models.tracks import AnchorSource, Cohort, Enrolment, Meeting, Track, TrackStatus
from lti_tool.services import instruments

# After the end of a training the last letter comes a month later, and may be late itself.
LETTERS_COME = timedelta(days=45)


@dataclass(frozen=True)
class Dates:
    """First and last day of a training."""

    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Placed:
    """An activity with where it stands."""

    activity: Activity
    track: Track
    cohort: Cohort
    version: InstrumentVersion


def placed(session: Session, link: ResourceLink) -> Placed | None:
    """What a link opens; None while no trainer has set it up."""
    row = session.execute(
        select(Activity, Track, Cohort, InstrumentVersion)
        .join(Track, Track.id == Activity.track_id)
        .join(Cohort, (Cohort.track_id == Track.id) & (Cohort.number == 1))
        .join(InstrumentVersion, InstrumentVersion.id == Activity.instrument_version_id)
        .where(Activity.link_id == link.id)
    ).one_or_none()
    return Placed(*row) if row is not None else None


def open_tracks(session: Session, course_id: object) -> list[tuple[Track, Cohort]]:
    """The tracks of a course that a link may join, newest first."""
    rows = session.execute(
        select(Track, Cohort)
        .join(Cohort, (Cohort.track_id == Track.id) & (Cohort.number == 1))
        .where(Track.course_id == course_id, Track.status == TrackStatus.OPEN)
        .order_by(Track.created_at.desc())
    )
    return [(track, cohort) for track, cohort in rows]


def with_open_window(course_id: object, today: date) -> ColumnElement[bool]:
    """Whether a track is of a course, and letters of one of its groups may still come."""
    group = aliased(Cohort)
    in_time = group.ends_on >= today - LETTERS_COME
    return and_(
        Track.course_id == course_id,
        Track.status == TrackStatus.OPEN,
        exists(group.id).where(group.track_id == Track.id, in_time),
    )


def begin(session: Session, course: Course, dates: Dates, time_zone: str, now: datetime) -> Track:
    """A new track with one cohort, and a meeting on its first and on its last day."""
    track = Track(
        organisation_id=course.organisation_id, course_id=course.id, title=course.title, created_at=now
    )
    session.add(track)
    session.flush()
    cohort = Cohort(
        organisation_id=course.organisation_id,
        track_id=track.id,
        starts_on=dates.starts_on,
        ends_on=dates.ends_on,
        time_zone=time_zone,
    )
    session.add(cohort)
    session.flush()
    _hold_meetings(session, cohort)
    return track


def place(
    session: Session, link: ResourceLink, track: Track, instrument: Instrument, now: datetime
) -> Activity:
    """Puts an instrument on a link; a link that already had one keeps its first."""
    found = session.scalar(select(Activity).where(Activity.link_id == link.id))
    if found is not None:
        return found
    activity = Activity(
        organisation_id=link.organisation_id,
        link_id=link.id,
        track_id=track.id,
        instrument_version_id=instruments.version_of(session, instrument).id,
        created_at=now,
    )
    session.add(activity)
    session.flush()
    return activity


def move(session: Session, cohort: Cohort, dates: Dates) -> None:
    """Changes the dates of a cohort; everybody whose T0 came from them moves along."""
    cohort.starts_on, cohort.ends_on = dates.starts_on, dates.ends_on
    for meeting in session.scalars(select(Meeting).where(Meeting.cohort_id == cohort.id)):
        session.delete(meeting)
    session.flush()
    _hold_meetings(session, cohort)
    session.execute(
        update(Enrolment)
        .where(Enrolment.cohort_id == cohort.id, Enrolment.anchor_source == AnchorSource.COHORT)
        .values(anchor_on=dates.ends_on)
    )


def _hold_meetings(session: Session, cohort: Cohort) -> None:
    for day in sorted({cohort.starts_on, cohort.ends_on}):
        session.add(Meeting(organisation_id=cohort.organisation_id, cohort_id=cohort.id, held_on=day))
    session.flush()
