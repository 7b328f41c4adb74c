"""Copied courses that platforms told about, and platforms that are still to be asked to tell."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, CursorResult, and_, or_, select, update
from sqlalchemy.orm import Session

from lti_tool.models.courses import Course
from lti_tool.models.platforms import ContextCopy, Deployment, Platform, PlatformStatus

PAUSE = timedelta(hours=6)
MOST_AT_ONCE = 25
"""Deployments to choose from: as many rounds at once may take one each."""


@dataclass(frozen=True)
class Turn:
    """A deployment whose platform this round asks."""

    id: UUID
    platform_id: UUID
    deployment_id: str
    url: str


def record(
    session: Session,
    deployment: Deployment,
    notice_id: str,
    context_id: str,
    origins: tuple[str, ...],
    now: datetime,
) -> bool:
    """Keeps what a notice said; False when it was said before.

    May raise IntegrityError when it is said twice at once.
    """
    known = select(ContextCopy.id).where(
        ContextCopy.deployment_id == deployment.id, ContextCopy.notice_id == notice_id
    )
    if session.scalar(known.limit(1)) is not None:
        return False
    session.add_all(
        ContextCopy(
            deployment_id=deployment.id,
            notice_id=notice_id,
            context_id=context_id,
            position=position,
            origin=origin,
            noticed_at=now,
        )
        for position, origin in enumerate(origins)
    )
    session.flush()
    return True


def origins(session: Session, course: Course) -> tuple[str, ...]:
    """The courses that a course is a copy of, as far as its platform told; the latest notice first."""
    rows = select(ContextCopy.origin).where(
        ContextCopy.deployment_id == course.deployment_id, ContextCopy.context_id == course.context_id
    )
    return tuple(session.scalars(rows.order_by(ContextCopy.noticed_at.desc(), ContextCopy.position)))


def take(session: Session, handler: str, now: datetime) -> Turn | None:
    """The next deployment whose platform does not send to `handler` yet, taken for this round alone."""
    rows = session.execute(
        select(Deployment.id, Deployment.platform_id, Deployment.deployment_id, Deployment.notices_url)
        .join(Platform, Platform.id == Deployment.platform_id)
        .where(_is_due(handler, now), Platform.status == PlatformStatus.ACTIVE)
        .order_by(Deployment.notices_asked_at.nulls_first(), Deployment.id)
        .limit(MOST_AT_ONCE)
    ).all()
    for deployment_id, platform_id, name, url in rows:
        taken = session.execute(
            update(Deployment)
            .where(Deployment.id == deployment_id, _is_due(handler, now))
            .values(notices_asked_at=now)
            .execution_options(synchronize_session=False)
        )
        if url is not None and isinstance(taken, CursorResult) and taken.rowcount == 1:
            return Turn(deployment_id, platform_id, name, url)
    return None


def settle(session: Session, turn: Turn, handler: str) -> None:
    """Notes that the platform sends its notices to `handler` from now on."""
    session.get_one(Deployment, turn.id).notices_to = handler


def _is_due(handler: str, now: datetime) -> ColumnElement[bool]:
    return and_(
        Deployment.notices_url.is_not(None),
        Deployment.notices_to.is_distinct_from(handler),
        or_(Deployment.notices_asked_at.is_(None), Deployment.notices_asked_at <= now - PAUSE),
    )
