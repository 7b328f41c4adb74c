"""Who reads what an organisation is told of its trainings: its advisers on learning."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.models.base import TenantRow, tenant


class Adviser(TenantRow):
    """An address of somebody who reads the figures of an organisation, appointed by an operator.

    It is no person of the tool: nothing else is known of them. appointed_at: real clock.
    """

    __tablename__ = "adviser"
    __table_args__ = tenant("adviser", UniqueConstraint("organisation_id", "mailbox_id"))

    mailbox_id: Mapped[UUID] = mapped_column(ForeignKey("mailbox.id"), index=True)
    appointed_at: Mapped[datetime]
