"""Whose roster is to be read, and how that went."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, CursorResult, and_, exists, or_, select, update
from sqlalchemy.orm import Session

from lti_tool.domain.clock import Now
from lti_tool.models.courses import Course
from lti_tool.models.platforms import Deployment, Platform, PlatformStatus
from lti_tool.models.tracks import Track
from lti_tool.services import tracks

READING = "reading"
PAUSE = timedelta(hours=24)
PAUSE_AFTER_PROBLEM = timedelta(hours=1)


@dataclass(frozen=True)
class Turn:
    """A course whose roster this round reads. began_at: real clock."""

    course_id: UUID
    platform_id: UUID
    deployment_id: str
    url: str
    began_at: datetime


def take(session: Session, now: Now) -> Turn | None:
    """The next course whose roster is due, taken so that no other round reads it too; None when none is."""
    rows = session.execute(
        select(Course.id, Course.roster_url, Deployment.platform_id, Deployment.deployment_id)
        .join(Deployment, Deployment.id == Course.deployment_id)
        .join(Platform, Platform.id == Deployment.platform_id)
        .where(_is_due(now.real), _is_wanted(now.calendar.date()), Platform.status == PlatformStatus.ACTIVE)
        .order_by(Course.roster_read_at.nulls_first(), Course.id)
    ).all()
    for course_id, url, platform_id, deployment_id in rows:
        if url is not None and _take(session, course_id, now.real):
            return Turn(course_id, platform_id, deployment_id, url, now.real)
    return None


def settle(session: Session, turn: Turn, problem: str | None) -> None:
    """Notes how it went: why it failed, or None."""
    session.get_one(Course, turn.course_id).roster_problem = problem


def ask(session: Session, course_id: UUID) -> None:
    """Lets the roster of a course be read at once, whenever that was done last."""
    session.execute(update(Course).where(Course.id == course_id).values(roster_read_at=None))


def has_problem(course: Course) -> bool:
    """Whether the roster could not be read when it was last tried."""
    return course.roster_problem not in (None, READING)


def _take(session: Session, course_id: UUID, now: datetime) -> bool:
    """Whether nobody else did. Until it is settled it counts as failed: whoever reads it may die of it."""
    result = session.execute(
        update(Course)
        .where(Course.id == course_id, _is_due(now))
        .values(roster_read_at=now, roster_problem=READING)
        .execution_options(synchronize_session=False)
    )
    return isinstance(result, CursorResult) and result.rowcount == 1


def _is_due(now: datetime) -> ColumnElement[bool]:
    return or_(
        Course.roster_read_at.is_(None),
        Course.roster_read_at <= now - PAUSE,
        and_(Course.roster_problem.is_not(None), Course.roster_read_at <= now - PAUSE_AFTER_PROBLEM),
    )


def _is_wanted(today: date) -> ColumnElement[bool]:
    return and_(
        Course.roster_url.is_not(None),
        exists(select(Track.id).where(tracks.with_open_window(Course.id, today)).correlate(Course)),
    )
