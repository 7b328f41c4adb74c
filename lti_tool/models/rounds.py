"""Runs of the rounds, and the calendar's offset that only exists in local mode."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.models.base import Base, Row


class RoundRun(Row):
    """One run of a round (real clock), with how many deliveries it finished."""

    __tablename__ = "round_run"
    __table_args__ = (Index("ix_round_run_name", "name", "started_at"),)

    name: Mapped[str]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    finished: Mapped[int] = mapped_column(default=0)


class CalendarOffset(Base):
    """How far the calendar runs ahead of the real clock, in seconds: one row, or none."""

    __tablename__ = "calendar_offset"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seconds: Mapped[int]
