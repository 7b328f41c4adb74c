"""Whose roster is to be read, and how that went."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from lti_tool.domain.clock import Now
from lti_tool.models.courses import Course
from lti_tool.models.platforms import Deployment, Platform
from lti_tool.services import freshness
from lti_tool.services.freshness import READING

MOST_AT_ONCE = 25
"""Courses to choose from: as many rounds at once may take one each."""

WHOLE_EVERY = timedelta(days=7)
"""What changed may leave out who left (NRPS 2.0 section 2.4.3), so now and then all of it is read."""


@dataclass(frozen=True)
class Turn:
    """A course whose roster this round reads. began_at: real clock.

    differences_url: where to ask what changed since; None when all of it is to be read.
    """

    course_id: UUID
    platform_id: UUID
    deployment_id: str
    url: str
    differences_url: str | None
    began_at: datetime


@dataclass(frozen=True)
class Outcome:
    """How reading went. problem: why it failed, or None.

    differences_url: where to ask next time what changed since. is_whole: whether all of it was read.
    """

    problem: str | None
    differences_url: str | None = None
    is_whole: bool = False


def take(session: Session, now: Now) -> Turn | None:
    """The next course whose roster is due, taken so that no other round reads it too; None when none is."""
    rows = session.execute(
        select(Course, Deployment.platform_id, Deployment.deployment_id)
        .join(Deployment, Deployment.id == Course.deployment_id)
        .join(Platform, Platform.id == Deployment.platform_id)
        .where(freshness.is_due(now), freshness.is_readable(now), ~freshness.rests(now.real))
        .order_by(Course.roster_read_at.nulls_first(), Course.id)
        .limit(MOST_AT_ONCE)
    ).all()
    for course, platform_id, deployment_id in rows:
        if course.roster_url is not None and _take(session, course.id, now):
            differences = None if _is_to_be_whole(course, now.real) else course.differences_url
            place = (course.id, platform_id, deployment_id, course.roster_url)
            return Turn(*place, differences, now.real)
    return None


def settle(session: Session, turn: Turn, outcome: Outcome) -> None:
    """Notes how it went. After a failure the same changes are asked for once more."""
    course = session.get_one(Course, turn.course_id)
    course.roster_problem = outcome.problem
    if outcome.problem is None:
        course.differences_url = outcome.differences_url
    if outcome.is_whole:
        course.roster_whole_at = turn.began_at


def ask(session: Session, course_id: UUID) -> None:
    """Lets the roster of a course be read at once and whole, whenever that was done last."""
    again = {"roster_read_at": None, "roster_whole_at": None}
    session.execute(update(Course).where(Course.id == course_id).values(**again))


def has_problem(course: Course) -> bool:
    """Whether the roster could not be read when it was last tried."""
    return course.roster_problem not in (None, READING)


def _is_to_be_whole(course: Course, now: datetime) -> bool:
    return course.roster_whole_at is None or course.roster_whole_at <= now - WHOLE_EVERY


def _take(session: Session, course_id: UUID, now: Now) -> bool:
    """Whether nobody else did. Until it is settled it counts as failed: whoever reads it may die of it."""
    result = session.execute(
        update(Course)
        .where(Course.id == course_id, freshness.is_due(now))
        .values(roster_read_at=now.real, roster_problem=READING)
        .execution_options(synchronize_session=False)
    )
    return isinstance(result, CursorResult) and result.rowcount == 1
