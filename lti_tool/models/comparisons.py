"""Comparisons of two ways of following up, and who counts along in one."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.domain.comparisons import Arm, By, Measure, Status
from lti_tool.models.base import TenantRow, one_of, some_rows, tenant, within


class Comparison(TenantRow):
    """Two cadences that an organisation compares: declared first, then drawn, and told of once.

    number: from 1, in an organisation. usual: the cadence of the trainings that it is about; other: the one
    beside it. difference: in points of a hundred, the smallest that is worth knowing. people: how many were
    drawn. usual_people to high: what is told (`domain/findings.py`); None where that is nothing.
    """

    __tablename__ = "comparison"
    __table_args__ = tenant(
        "comparison",
        UniqueConstraint("organisation_id", "number"),
        some_rows("ix_comparison_status", "status = 'running'", "status"),
        one_of("measure", Measure),
        one_of("drawn_by", By),
        one_of("status", Status),
        CheckConstraint("usual <> other", name="cadences"),
        CheckConstraint("difference BETWEEN 5 AND 20", name="difference"),
        CheckConstraint("(status = 'declared') = (started_on IS NULL)", name="started"),
        CheckConstraint("(status IN ('reported', 'stopped')) = (ended_on IS NOT NULL)", name="ended"),
        CheckConstraint("(usual_people IS NULL) = (other_people IS NULL)", name="people"),
        CheckConstraint("(usual_people IS NULL) = (usual_share IS NULL)", name="usual_share"),
        CheckConstraint("(usual_people IS NULL) = (other_share IS NULL)", name="other_share"),
        CheckConstraint("(usual_people IS NULL) = (low IS NULL)", name="low"),
        CheckConstraint("(usual_people IS NULL) = (high IS NULL)", name="high"),
        CheckConstraint("usual_people IS NULL OR status = 'reported'", name="told"),
    )

    number: Mapped[int]
    usual: Mapped[str]
    other: Mapped[str]
    measure: Mapped[Measure]
    drawn_by: Mapped[By]
    difference: Mapped[int]
    status: Mapped[Status] = mapped_column(default=Status.DECLARED)
    declared_on: Mapped[date]
    started_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    people: Mapped[int | None]
    usual_people: Mapped[int | None]
    other_people: Mapped[int | None]
    usual_share: Mapped[int | None]
    other_share: Mapped[int | None]
    low: Mapped[int | None]
    high: Mapped[int | None]


class Drawn(TenantRow):
    """Somebody who counts along, and in which arm. It goes when they stay out, and when it is told.

    is_planned: whether their mails are those of their arm yet.
    """

    __tablename__ = "drawn"
    __table_args__ = tenant(
        "drawn",
        within("comparison_id", "comparison"),
        within("enrolment_id", "enrolment"),
        one_of("arm", Arm),
        UniqueConstraint("enrolment_id"),
    )

    comparison_id: Mapped[UUID] = mapped_column(index=True)
    enrolment_id: Mapped[UUID]
    arm: Mapped[Arm]
    is_planned: Mapped[bool] = mapped_column(default=False)
