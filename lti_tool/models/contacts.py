"""Who follows a training beside it: a contact or channel of a group, a leader or buddy of one."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.models.base import TenantRow, one_of, some_rows, tenant, within
from lti_tool.models.sealed import Sealed


class ContactKind(StrEnum):
    """For whom somebody is there."""

    CONTACT = "contact"  # of a group, named by its trainer
    LEADER = "leader"  # of one person, named by that person
    CHANNEL = "channel"  # of Teams or Slack, for a group; its trainer has its address and so speaks for it
    BUDDY = "buddy"  # of one person, named by that person, who may show them something


class ContactStatus(StrEnum):
    """Whether letters may go to a contact."""

    INVITED = "invited"
    CONFIRMED = "confirmed"
    STOPPED = "stopped"  # by the contact
    REMOVED = "removed"  # by whoever named them
    LAPSED = "lapsed"  # they never answered


GONE = (ContactStatus.REMOVED, ContactStatus.LAPSED)
"""Without a name and without letters, for good."""


class Contact(TenantRow):
    """Somebody who gets team cards of a cohort, a guide for the talk with one person, or a question to ask.

    cohort_id: of a contact or a channel; enrolment_id: of a leader or a buddy.
    name: as it was typed, sealed under the common key: it belongs to no person of the tool.
    named_by: the person who named them; None once that person was erased.
    tells_name: that person lets a leader or a buddy know who it was.
    invited_at, answered_at: calendar clock.
    """

    __tablename__ = "contact"
    __table_args__ = tenant(
        "contact",
        within("cohort_id", "cohort"),
        within("enrolment_id", "enrolment"),
        within("named_by", "person"),
        UniqueConstraint("cohort_id", "mailbox_id"),
        UniqueConstraint("enrolment_id", "mailbox_id"),
        some_rows("ix_contact_named_by", "named_by IS NOT NULL", "named_by"),
        some_rows("ix_contact_invited", f"status = '{ContactStatus.INVITED}'", "invited_at"),
        one_of("kind", ContactKind),
        one_of("status", ContactStatus),
        CheckConstraint("(kind IN ('contact', 'channel')) = (cohort_id IS NOT NULL)", name="cohort"),
        CheckConstraint("(kind IN ('leader', 'buddy')) = (enrolment_id IS NOT NULL)", name="of_one"),
    )

    kind: Mapped[ContactKind]
    cohort_id: Mapped[UUID | None] = mapped_column(index=True)
    enrolment_id: Mapped[UUID | None] = mapped_column(index=True)
    mailbox_id: Mapped[UUID] = mapped_column(ForeignKey("mailbox.id"), index=True)
    name: Mapped[Sealed]
    locale: Mapped[str]
    named_by: Mapped[UUID | None]
    tells_name: Mapped[bool] = mapped_column(default=False)
    status: Mapped[ContactStatus] = mapped_column(default=ContactStatus.INVITED)
    invited_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
