"""Links by which people who leave keep reading their own words."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.models.base import TenantRow, one_of, tenant, within


class LinkStatus(StrEnum):
    """What became of a link that somebody asked for."""

    ASKED = "asked"  # its letter has still to go
    OPEN = "open"
    ENDED = "ended"  # by its owner, or with the address that it went to


class ArchiveLink(TenantRow):
    """The one link that opens the words of a person, mailed to the address that they gave and confirmed.

    token_hash, expires_at: of what the newest letter told, which is kept nowhere; none before the first.
    delivery_id: the letter asked for last. asked_on: the day (UTC) of that, once a day.
    opened_on: the last day on which it showed anything. All of the real clock.
    """

    __tablename__ = "archive_link"
    __table_args__ = tenant(
        "archive_link",
        within("person_id", "person"),
        within("delivery_id", "delivery"),
        UniqueConstraint("organisation_id", "person_id"),
        one_of("status", LinkStatus),
        CheckConstraint("(status = 'open') = (token_hash IS NOT NULL)", name="token"),
        CheckConstraint("(token_hash IS NULL) = (expires_at IS NULL)", name="term"),
    )

    person_id: Mapped[UUID]
    delivery_id: Mapped[UUID] = mapped_column(unique=True)
    status: Mapped[LinkStatus] = mapped_column(default=LinkStatus.ASKED)
    token_hash: Mapped[str | None] = mapped_column(unique=True)
    asked_on: Mapped[date] = mapped_column(index=True)
    expires_at: Mapped[datetime | None]
    opened_on: Mapped[date | None]
