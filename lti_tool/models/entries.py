"""What people write in an instrument that they take up at will, with or without a training."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.models.base import TenantRow, tenant, within
from lti_tool.models.sealed import Sealed


class Entry(TenantRow):
    """One time that a person took an instrument up; words and choices alike sealed under their key.

    begun_as: of the page on which it was begun; that page sent twice is one entry.
    begun_on: the writer's local day. saved_at: calendar clock.
    """

    __tablename__ = "entry"
    __table_args__ = tenant(
        "entry",
        within("person_id", "person"),
        UniqueConstraint("person_id", "begun_as"),
        Index("ix_entry_person_id_begun_on", "person_id", "begun_on"),
    )

    person_id: Mapped[UUID]
    instrument_version_id: Mapped[UUID] = mapped_column(ForeignKey("instrument_version.id"))
    begun_as: Mapped[UUID]
    begun_on: Mapped[date]
    saved_at: Mapped[datetime]
    said: Mapped[Sealed]
