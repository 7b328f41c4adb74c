"""Addresses that people give for their own mails, instead of what the LMS says."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.models.base import TenantRow, one_of, some_rows, tenant, within


class AddressStatus(StrEnum):
    """What became of an address that somebody gave."""

    ASKED = "asked"
    CONFIRMED = "confirmed"  # mails go there
    DENIED = "denied"  # whoever reads there says it was not them
    ENDED = "ended"  # another one took its place, or it was taken back


class OwnAddress(TenantRow):
    """An address that somebody gave, confirmed by the link of a letter that went there.

    The link is signed and holds the delivery, as of every letter. All moments are of the real clock.
    """

    __tablename__ = "own_address"
    __table_args__ = tenant(
        "own_address",
        within("person_id", "person"),
        within("delivery_id", "delivery"),
        some_rows("ix_own_address_not_confirmed", f"status <> '{AddressStatus.CONFIRMED}'", "expires_at"),
        one_of("status", AddressStatus),
        CheckConstraint("status <> 'confirmed' OR confirmed_at IS NOT NULL", name="confirmed"),
    )

    person_id: Mapped[UUID] = mapped_column(index=True)
    mailbox_id: Mapped[UUID] = mapped_column(ForeignKey("mailbox.id"), index=True)
    delivery_id: Mapped[UUID] = mapped_column(unique=True)
    status: Mapped[AddressStatus] = mapped_column(default=AddressStatus.ASKED)
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
