"""An instrument placed on one link of a course."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.models.base import TenantRow, tenant, within


class Activity(TenantRow):
    """What a link opens, and to which track it belongs. A track may hold links of several courses.

    meeting_number: of a look back on one meeting, which one of the cohort's, counted from 1.
    """

    __tablename__ = "activity"
    __table_args__ = tenant(
        "activity",
        within("link_id", "resource_link"),
        within("track_id", "track"),
        UniqueConstraint("link_id"),
        CheckConstraint("meeting_number >= 1", name="meeting_number"),
    )

    link_id: Mapped[UUID]
    track_id: Mapped[UUID] = mapped_column(index=True)
    instrument_version_id: Mapped[UUID] = mapped_column(ForeignKey("instrument_version.id"))
    meeting_number: Mapped[int | None]
    created_at: Mapped[datetime]
