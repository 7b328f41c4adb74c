"""The ledger of what an organisation reads of its trainings: only what may be told is ever written down."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.domain.figures import Share
from lti_tool.domain.insights import Level
from lti_tool.models.base import TenantRow, one_of, tenant, within

QUARTER = "quarter LIKE '____-Q_'"


class CountedQuarter(TenantRow):
    """That an organisation was counted for a quarter, also when nothing may be told: never again for that."""

    __tablename__ = "counted_quarter"
    __table_args__ = tenant(
        "counted_quarter",
        UniqueConstraint("organisation_id", "quarter"),
        CheckConstraint(QUARTER, name="quarter"),
    )

    quarter: Mapped[str]
    taken_on: Mapped[date]


class Insight(TenantRow):
    """One thing that is told of a part of an organisation in a quarter. Rows are only ever added.

    quarter: like 2026-Q4. level: which kind of part; track_id: of a training, unit_id: of a unit, and of a
    training within one. question, cell: what is told, and of which answer.
    count, people: how many of how many. share: how many in words. days: how many working days, at the median.
    """

    __tablename__ = "insight"
    __table_args__ = tenant(
        "insight",
        within("unit_id", "unit"),
        within("track_id", "track"),
        UniqueConstraint(
            "organisation_id",
            "quarter",
            "level",
            "unit_id",
            "track_id",
            "question",
            "cell",
            name="uq_insight_cell",
        ),
        one_of("level", Level),
        one_of("share", Share),
        CheckConstraint(QUARTER, name="quarter"),
        CheckConstraint("(level = 'training') = (track_id IS NOT NULL)", name="training"),
        CheckConstraint("level <> 'organisation' OR unit_id IS NULL", name="organisation"),
        CheckConstraint("(count IS NULL) = (people IS NULL)", name="numbers"),
        CheckConstraint("count >= 5", name="count"),
        CheckConstraint("question = 'people' OR people - count >= 5", name="remainder"),
        CheckConstraint("people >= 5", name="people"),
    )

    quarter: Mapped[str] = mapped_column(index=True)
    level: Mapped[Level]
    unit_id: Mapped[UUID | None]
    track_id: Mapped[UUID | None]
    question: Mapped[str]
    cell: Mapped[str]
    count: Mapped[int | None]
    people: Mapped[int | None]
    share: Mapped[Share | None]
    days: Mapped[int | None]
