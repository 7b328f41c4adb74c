"""The ledger of figures: only what may be published is ever written down."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.models.base import TenantRow, one_of, tenant, within


class Moment(StrEnum):
    """When a cohort is counted."""

    LEADER = "leader"  # W+6
    CLOSED = "closed"


class Figure(TenantRow):
    """One published cell of one snapshot of a cohort: how many of how many.

    question: what was counted, such as "obstacle"; cell: one of its answers, such as "time".
    """

    __tablename__ = "figure"
    __table_args__ = tenant(
        "figure",
        within("cohort_id", "cohort"),
        UniqueConstraint("cohort_id", "moment", "question", "cell"),
        one_of("moment", Moment),
        CheckConstraint("people >= 5", name="people"),
        CheckConstraint("count = 0 OR count >= 5", name="count"),
        CheckConstraint("people - count = 0 OR people - count >= 5", name="remainder"),
    )

    cohort_id: Mapped[UUID] = mapped_column(index=True)
    moment: Mapped[Moment]
    taken_on: Mapped[date]
    question: Mapped[str]
    cell: Mapped[str]
    count: Mapped[int]
    people: Mapped[int]
