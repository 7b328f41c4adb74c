"""Who reads what an organisation is told of its trainings: its advisers on learning."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.models.base import TenantRow, one_of, tenant, within


class Adviser(TenantRow):
    """An address of somebody who reads the figures of an organisation, appointed by an operator.

    It is no person of the tool: nothing else is known of them. appointed_at: real clock.
    """

    __tablename__ = "adviser"
    __table_args__ = tenant("adviser", UniqueConstraint("organisation_id", "mailbox_id"))

    mailbox_id: Mapped[UUID] = mapped_column(ForeignKey("mailbox.id"), index=True)
    appointed_at: Mapped[datetime]


class SignInStatus(StrEnum):
    """How far a sign-in is."""

    ASKED = "asked"  # its letter has still to go
    OPEN = "open"  # the link in the letter works
    USED = "used"  # a browser is signed in by it


class SignIn(TenantRow):
    """One way in of an adviser: first a link in a letter, and once that was used a pass of one browser.

    token_hash, expires_at: of the link, and then of the pass; neither is kept itself.
    delivery_id: its letter. All moments are of the real clock.
    """

    __tablename__ = "sign_in"
    __table_args__ = tenant(
        "sign_in",
        within("adviser_id", "adviser"),
        within("delivery_id", "delivery"),
        one_of("status", SignInStatus),
        CheckConstraint("(status = 'asked') = (token_hash IS NULL)", name="token"),
        CheckConstraint("(token_hash IS NULL) = (expires_at IS NULL)", name="term"),
    )

    adviser_id: Mapped[UUID] = mapped_column(index=True)
    delivery_id: Mapped[UUID] = mapped_column(unique=True)
    status: Mapped[SignInStatus] = mapped_column(default=SignInStatus.ASKED)
    token_hash: Mapped[str | None] = mapped_column(unique=True)
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
