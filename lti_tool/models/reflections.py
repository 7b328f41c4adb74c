"""What people wrote."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.models.base import TenantRow, one_of, tenant, within
from lti_tool.models.sealed import Sealed


class ReflectionStatus(StrEnum):
    """How far a reflection is."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    REVISED = "revised"


class Reflection(TenantRow):
    """One person's answers to one part of one activity.

    adaptation_id: how the instrument was asked when it was begun, which it keeps; None: as it is.
    """

    __tablename__ = "reflection"
    __table_args__ = tenant(
        "reflection",
        within("enrolment_id", "enrolment"),
        within("activity_id", "activity"),
        within("adaptation_id", "adaptation"),
        UniqueConstraint("enrolment_id", "activity_id", "part_id"),
        one_of("status", ReflectionStatus),
    )

    enrolment_id: Mapped[UUID]
    activity_id: Mapped[UUID]
    part_id: Mapped[UUID] = mapped_column(ForeignKey("instrument_part.id"))
    adaptation_id: Mapped[UUID | None]
    status: Mapped[ReflectionStatus] = mapped_column(default=ReflectionStatus.DRAFT)
    step: Mapped[int] = mapped_column(default=1)
    started_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    revised_at: Mapped[datetime | None]

    @property
    def is_halfway(self) -> bool:
        """Whether something was saved after the last submit: it is in no plan yet."""
        finished_at = self.revised_at or self.submitted_at
        return finished_at is not None and self.saved_at > finished_at


class Answer(TenantRow):
    """The answer to one item, words and choices alike, sealed under the writer's key."""

    __tablename__ = "answer"
    __table_args__ = tenant(
        "answer",
        within("reflection_id", "reflection"),
        UniqueConstraint("reflection_id", "item_id"),
    )

    reflection_id: Mapped[UUID]
    item_id: Mapped[str]
    value: Mapped[Sealed]
    answered_at: Mapped[datetime]


class LateDraft(TenantRow):
    """What someone typed under a visit that had expired; offered at that person's next launch.

    adaptation_id: how the instrument was asked on that page; None: as it is.
    """

    __tablename__ = "late_draft"
    __table_args__ = tenant(
        "late_draft",
        within("person_id", "person"),
        within("activity_id", "activity"),
        within("adaptation_id", "adaptation"),
        UniqueConstraint("person_id", "activity_id", "part", "step"),
    )

    person_id: Mapped[UUID]
    activity_id: Mapped[UUID]
    part: Mapped[str]
    step: Mapped[int]
    adaptation_id: Mapped[UUID | None]
    answers: Mapped[Sealed]
    saved_at: Mapped[datetime]
