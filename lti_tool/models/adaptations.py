"""How trainers have instruments asked in their trainings."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.models.base import TenantRow, one_of, tenant, within


class AdaptationStatus(StrEnum):
    """Whether learners are asked so."""

    DRAFT = "draft"
    ASKED = "asked"  # its content never changes any more


class Adaptation(TenantRow):
    """An instrument as a trainer has it asked. Who began with one keeps it, so an asked one never goes.

    number: of those of this training and instrument, from 1; None of a draft.
    content: JSON of the domain's adaptation. It is content of the training, and about nobody.
    unasked: keys of the parts that no letter asks for any more, separated by spaces.
    change: how often the draft was changed, so that of two trainers the second is told.
    """

    __tablename__ = "adaptation"
    __table_args__ = tenant(
        "adaptation",
        within("track_id", "track"),
        UniqueConstraint("track_id", "instrument_version_id", "number"),
        one_of("status", AdaptationStatus),
        CheckConstraint("(status = 'draft') = (number IS NULL)", name="number"),
    )

    track_id: Mapped[UUID]
    instrument_version_id: Mapped[UUID] = mapped_column(ForeignKey("instrument_version.id"))
    status: Mapped[AdaptationStatus] = mapped_column(default=AdaptationStatus.DRAFT)
    number: Mapped[int | None]
    content: Mapped[str]
    unasked: Mapped[str] = mapped_column(default="")
    change: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]
