"""Calendars that people keep beside their mails."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.models.base import TenantRow, tenant, within


class CalendarFeed(TenantRow):
    """The one address under which a calendar program finds what is still to come for somebody.

    It is signed and holds the id of this row: with the row gone, it opens nothing any more.
    with_words: its entries quote the person's own if-then sentence.
    """

    __tablename__ = "calendar_feed"
    __table_args__ = tenant(
        "calendar_feed", within("person_id", "person"), UniqueConstraint("organisation_id", "person_id")
    )

    person_id: Mapped[UUID]
    made_at: Mapped[datetime]
    with_words: Mapped[bool] = mapped_column(default=False)
