"""Invites: each lets one platform register itself."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.models.base import Row, one_of


class InviteStatus(StrEnum):
    """Whether an invite can still be used."""

    OPEN = "open"
    CLAIMED = "claimed"  # a registration with it is under way
    USED = "used"


class Invite(Row):
    """An address that an operator hands to the administrator of one LMS. Only its hash is kept.

    organisation_id: whom the LMS belongs to; None when that is said at the approval.
    is_trusted: what registers by it is active at once, and its deployment the organisation's.
    platform_id: what registered by it.
    """

    __tablename__ = "invite"
    __table_args__ = (
        one_of("status", InviteStatus),
        CheckConstraint("organisation_id IS NOT NULL OR NOT is_trusted", name="trust"),
        CheckConstraint("(status = 'used') = (platform_id IS NOT NULL)", name="use"),
    )

    token_hash: Mapped[str] = mapped_column(unique=True)
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    is_trusted: Mapped[bool]
    status: Mapped[InviteStatus] = mapped_column(default=InviteStatus.OPEN)
    claimed_at: Mapped[datetime | None]
    platform_id: Mapped[UUID | None] = mapped_column(ForeignKey("platform.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
