"""How old a roster may be, and what waits for it."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from lti_tool.domain.clock import Now
from lti_tool.models.courses import Course
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.platforms import Deployment, Platform, PlatformStatus
from lti_tool.models.tracks import Cohort, Enrolment, Track
from lti_tool.services import tracks

READING = "reading"
PAUSE = timedelta(hours=24)
PAUSE_AFTER_PROBLEM = timedelta(hours=1)

FRESH_FOR = timedelta(hours=6)
"""A letter waits for a roster that is older."""

AHEAD = timedelta(minutes=30)
"""So long before a letter is due an older roster is read, so that mostly none waits."""

PATIENCE = timedelta(minutes=30)
"""So long after it was due (calendar clock) a letter waits no more, whatever the roster."""

READING_AT_MOST = timedelta(minutes=2)
REST = timedelta(minutes=10)
"""An LMS that does not answer is left alone so long, and nothing waits for its rosters."""

SILENT = ("unreachable", "platform_failed", "token_unavailable")


def is_due(now: Now) -> ColumnElement[bool]:
    """Whether the roster of a course is to be read: daily, soon after a problem, before letters go out."""
    read_at, real = Course.roster_read_at, now.real
    return or_(
        read_at.is_(None),
        read_at <= real - PAUSE,
        and_(Course.roster_problem.is_not(None), read_at <= real - PAUSE_AFTER_PROBLEM),
        and_(read_at <= real - FRESH_FOR, _writes_soon(now.calendar)),
    )


def goes_first(now: Now) -> ColumnElement[bool]:
    """Whether the roster of its course is to be read before a letter goes out, or is being read just now.

    Whoever left then gets nothing any more. What cannot be read holds nothing up: one try is enough, and
    without any a letter waits no longer than PATIENCE.
    """
    is_reading = and_(Course.roster_problem == READING, Course.roster_read_at > now.real - READING_AT_MOST)
    is_old = or_(Course.roster_read_at.is_(None), Course.roster_read_at <= now.real - FRESH_FOR)
    # A value and no EXISTS, which PostgreSQL would answer for everybody at once before the first letter.
    unread = (
        select(true())
        .where(
            Enrolment.id == Delivery.enrolment_id,
            Cohort.id == Enrolment.cohort_id,
            Track.id == Cohort.track_id,
        )
        .where(Course.id == Track.course_id, Deployment.id == Course.deployment_id)
        .where(Platform.id == Deployment.platform_id, is_readable(now), or_(is_reading, is_old))
        .where(~rests(now.real))
        .limit(1)
        .correlate(Delivery)
        .scalar_subquery()
    )
    return and_(Delivery.due_at > now.calendar - PATIENCE, func.coalesce(unread, false()))


def is_readable(now: Now) -> ColumnElement[bool]:
    """Whether there is a roster, and any use in it."""
    track = aliased(Track)
    return and_(
        Course.roster_url.is_not(None),
        Platform.status == PlatformStatus.ACTIVE,
        exists(
            select(track.id)
            .where(tracks.with_open_window(Course.id, now.calendar.date(), track))
            .correlate(Course)
        ),
    )


def rests(now: datetime) -> ColumnElement[bool]:
    """Whether the LMS of a deployment did not answer just now, about whichever of its courses."""
    course = aliased(Course)
    return exists(
        select(course.id)
        .where(
            course.deployment_id == Deployment.id,
            course.roster_problem.in_(SILENT),
            course.roster_read_at > now - REST,
        )
        .correlate(Deployment)
    )


def anything_waits(session: Session, now: Now) -> bool:
    """Whether a letter that is due waits for a roster."""
    due = and_(_is_planned(), Delivery.due_at <= now.calendar)
    waiting = select(Delivery.id).where(due, goes_first(now))
    return session.scalar(waiting.limit(1)) is not None


def _writes_soon(calendar: datetime) -> ColumnElement[bool]:
    """Whether letters about a training of the course go out soon, or wait for its roster."""
    return exists(
        select(Delivery.id)
        .join(Enrolment, Enrolment.id == Delivery.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Track, Track.id == Cohort.track_id)
        .where(
            Track.course_id == Course.id,
            _is_planned(),
            Delivery.due_at <= calendar + AHEAD,
        )
        .correlate(Course)
    )


def _is_planned() -> ColumnElement[bool]:
    """Whether it is a letter to a learner that is yet to go; what is not done has an index."""
    return and_(
        Delivery.kind == Kind.NUDGE,
        Delivery.finished_at.is_(None),
        Delivery.status == DeliveryStatus.PLANNED,
    )
