"""Runs of the rounds, and the calendar's offset."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from lti_tool.models.rounds import CalendarOffset, RoundRun

KEPT = timedelta(days=30)


def begin(session: Session, name: str, now: datetime) -> UUID:
    """Notes that a round began (real clock)."""
    run = RoundRun(name=name, started_at=now)
    session.add(run)
    session.flush()
    return run.id


def end(session: Session, run_id: UUID, finished: int, now: datetime) -> None:
    """Notes that a round ended, and how many deliveries it finished."""
    run = session.get_one(RoundRun, run_id)
    run.ended_at = now
    run.finished = finished


def sweep(session: Session, now: datetime) -> None:
    """Removes runs of long ago (real clock): they come by the minute, and nothing asks about them."""
    session.execute(delete(RoundRun).where(RoundRun.started_at < now - KEPT))


def ended_since(session: Session, name: str, moment: datetime) -> RoundRun | None:
    """A round that began after a moment (real clock) and has ended."""
    return session.scalar(
        select(RoundRun)
        .where(RoundRun.name == name, RoundRun.started_at > moment, RoundRun.ended_at.is_not(None))
        .order_by(RoundRun.started_at)
        .limit(1)
    )


def finished_since(session: Session, name: str, moment: datetime) -> int:
    """How many deliveries the rounds finished that began after a moment (real clock)."""
    counts = select(func.sum(RoundRun.finished)).where(RoundRun.name == name, RoundRun.started_at > moment)
    return session.scalar(counts) or 0


def calendar_offset(session: Session) -> timedelta:
    """How far the calendar runs ahead of the real clock."""
    row = session.get(CalendarOffset, 1)
    return timedelta(seconds=row.seconds if row else 0)


def move_calendar(session: Session, offset: timedelta) -> None:
    """Sets how far the calendar runs ahead; only local mode asks for this."""
    row = session.get(CalendarOffset, 1)
    if row is None:
        session.add(CalendarOffset(id=1, seconds=int(offset.total_seconds())))
    else:
        row.seconds = int(offset.total_seconds())
