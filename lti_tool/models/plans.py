"""A learner's own plan."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.models.base import TenantRow, one_of, tenant, within
from lti_tool.models.sealed import Sealed


class PlanStatus(StrEnum):
    """How far a plan is."""

    PREPARED = "prepared"  # from before the training: a task, not yet an if-then sentence
    MADE = "made"
    USED = "used"


class Plan(TenantRow):
    """The living plan of one enrolment; what was answered stays with the reflections.

    own_on, own_date_number: the learner's own date, and which one it is: 2 when a new date was set
        after a cue for the first had gone out.
    closed_on: when the learner was done with it, used or not.
    """

    __tablename__ = "plan"
    __table_args__ = tenant(
        "plan",
        within("enrolment_id", "enrolment"),
        UniqueConstraint("enrolment_id"),
        one_of("status", PlanStatus),
        CheckConstraint("(status = 'prepared') = (made_on IS NULL)", name="made"),
        CheckConstraint("(status = 'used') = (used_on IS NOT NULL)", name="used"),
    )

    enrolment_id: Mapped[UUID]
    status: Mapped[PlanStatus] = mapped_column(default=PlanStatus.PREPARED)
    task: Mapped[Sealed | None]
    when_words: Mapped[Sealed | None]
    then_words: Mapped[Sealed | None]
    cue: Mapped[Sealed | None]
    own_on: Mapped[date | None]
    own_date_number: Mapped[int] = mapped_column(default=1)
    made_on: Mapped[date | None]
    used_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    changed_at: Mapped[datetime]


class EarlierPlan(TenantRow):
    """A plan as it was before it changed: task, sentence and day together, sealed under the learner's key.

    until: when it changed (calendar clock).
    """

    __tablename__ = "earlier_plan"
    __table_args__ = tenant(
        "earlier_plan",
        within("enrolment_id", "enrolment"),
        Index("ix_earlier_plan_enrolment_id_until", "enrolment_id", "until"),
    )

    enrolment_id: Mapped[UUID]
    said: Mapped[Sealed]
    until: Mapped[datetime]
