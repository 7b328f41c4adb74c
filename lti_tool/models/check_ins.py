"""Answers to the questions that letters ask."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.models.base import TenantRow, one_of, tenant, within
from lti_tool.models.sealed import Sealed


class Outcome(StrEnum):
    """What someone answered: the options of checkin.used and checkin.plan, at the start and at the end."""

    USED = "used"
    PARTLY = "partly"
    NOT_YET = "not_yet"
    RIGHT = "right"
    CHANGE = "change"
    KEEP = "keep"
    CLOSE = "close"


class CheckIn(TenantRow):
    """One answer to one letter, or given in the tool itself (then without a delivery).

    said: what was told beside it, by item, as JSON.
    """

    __tablename__ = "check_in"
    __table_args__ = tenant(
        "check_in",
        within("enrolment_id", "enrolment"),
        within("delivery_id", "delivery"),
        UniqueConstraint("delivery_id"),
        one_of("outcome", Outcome),
    )

    enrolment_id: Mapped[UUID] = mapped_column(index=True)
    delivery_id: Mapped[UUID | None]
    outcome: Mapped[Outcome]
    obstacles: Mapped[Sealed | None]
    said: Mapped[Sealed | None]
    new_on: Mapped[date | None]
    answered_at: Mapped[datetime]
