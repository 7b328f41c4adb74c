"""Questions about the content of a training: what its trainer wrote, and which of them somebody got."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.domain.recalls import MOST
from lti_tool.models.base import TenantRow, one_of, tenant, within
from lti_tool.models.sealed import Sealed


class Remembered(StrEnum):
    """What somebody said when they had seen the answer."""

    KNEW = "knew"
    ALMOST = "almost"
    FORGOT = "forgot"


class RecallQuestion(TenantRow):
    """A question with its answer.

    Sealed for the organisation and nobody in it, so that a copy of the training takes the words unopened.
    """

    __tablename__ = "recall_question"
    __table_args__ = tenant(
        "recall_question",
        within("track_id", "track"),
        UniqueConstraint("track_id", "number"),
        CheckConstraint(f"number BETWEEN 1 AND {MOST}", name="number"),
    )

    track_id: Mapped[UUID]
    number: Mapped[int]
    question: Mapped[Sealed]
    answer: Mapped[Sealed]


class Recall(TenantRow):
    """A question that a letter brought to somebody, each once. said: how it went, for that person alone."""

    __tablename__ = "recall"
    __table_args__ = tenant(
        "recall",
        within("enrolment_id", "enrolment"),
        within("delivery_id", "delivery"),
        within("question_id", "recall_question"),
        UniqueConstraint("enrolment_id", "question_id"),
        one_of("said", Remembered),
        CheckConstraint("(said IS NULL) = (said_at IS NULL)", name="answered"),
    )

    enrolment_id: Mapped[UUID]
    delivery_id: Mapped[UUID] = mapped_column(index=True)
    question_id: Mapped[UUID] = mapped_column(index=True)
    said: Mapped[Remembered | None]
    said_at: Mapped[datetime | None]
