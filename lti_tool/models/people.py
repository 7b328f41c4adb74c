"""Persons, and the mailboxes that letters go to."""

from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.models.base import Base, Row, TenantRow, one_of, some_rows, tenant, within
from lti_tool.models.sealed import Sealed

TRIAL = "trial\n"
"""How the `sub` of a trainer's own test person begins. No platform can say one with a line end."""


class Person(TenantRow):
    """One human in one organisation, by one registration: never known by an address.

    key_id: the person's key in the key store. When that key is gone, the person was erased.
    mailbox_id: where letters go: the address they gave themselves, else what the LMS says.
    chose_locale: in the tool; who did not has the language that the LMS says at a launch.
    mail_locale: the language of letters; None follows the pages.
    free_weekdays: digits of the days never worked, Monday being 0.
    without_words: letters quote nothing that the person wrote.
    """

    __tablename__ = "person"
    __table_args__ = tenant(
        "person",
        UniqueConstraint("organisation_id", "platform_id", "sub"),
        CheckConstraint("own_mailbox_id IS NULL OR mailbox_id = own_mailbox_id", name="own_mailbox"),
        some_rows("ix_person_is_test", "is_test", "created_at"),
    )

    platform_id: Mapped[UUID] = mapped_column(ForeignKey("platform.id"))
    sub: Mapped[str]
    key_id: Mapped[UUID] = mapped_column(unique=True)
    name: Mapped[Sealed | None]
    mailbox_id: Mapped[UUID | None] = mapped_column(ForeignKey("mailbox.id"), index=True)
    lms_mailbox_id: Mapped[UUID | None] = mapped_column(ForeignKey("mailbox.id"), index=True)
    own_mailbox_id: Mapped[UUID | None] = mapped_column(ForeignKey("mailbox.id"), index=True)
    locale: Mapped[str]
    chose_locale: Mapped[bool] = mapped_column(default=False)
    mail_locale: Mapped[str | None]
    time_zone: Mapped[str | None]
    mail_hour: Mapped[time | None]
    free_weekdays: Mapped[str] = mapped_column(default="")
    without_words: Mapped[bool] = mapped_column(default=False)
    is_test: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    @property
    def is_trial(self) -> bool:
        """Whether this is a trainer who looks as a learner: nobody, and gone when they stop."""
        return self.sub.startswith(TRIAL)

    @property
    def letter_locale(self) -> str:
        """The language of their letters, and of what stands behind the links in them."""
        return self.mail_locale or self.locale


class Leave(TenantRow):
    """Days on which somebody is away; periods may overlap. Both days are inside it."""

    __tablename__ = "leave"
    __table_args__ = tenant(
        "leave",
        within("person_id", "person"),
        UniqueConstraint("person_id", "first_on", "last_on"),
        CheckConstraint("last_on >= first_on", name="days"),
    )

    person_id: Mapped[UUID] = mapped_column(index=True)
    first_on: Mapped[date]
    last_on: Mapped[date]


class MailboxStatus(StrEnum):
    """Whether letters may go to an address."""

    OPEN = "open"
    REFUSED = "refused"  # its server refused a letter for good
    STOPPED = "stopped"  # its owner wants no letter of anybody's here


class Mailbox(Row):
    """One normalised address, outside any tenant: of mail, or of a channel that posts go to.

    address_hmac: HMAC-SHA-256 of the normalised address, hexadecimal; what makes it findable.
    address: None once nobody here needs it; the row then keeps that it is not asked twice, or wants no mail.
    """

    __tablename__ = "mailbox"
    __table_args__ = (one_of("status", MailboxStatus),)

    address_hmac: Mapped[str] = mapped_column(unique=True)
    address: Mapped[Sealed | None]
    status: Mapped[MailboxStatus] = mapped_column(default=MailboxStatus.OPEN)
    created_at: Mapped[datetime]


class MailboxDay(Base):
    """Budget: one letter a local day. The row exists as soon as its delivery is being sent."""

    __tablename__ = "mailbox_day"

    mailbox_id: Mapped[UUID] = mapped_column(ForeignKey("mailbox.id"), primary_key=True)
    on: Mapped[date] = mapped_column("local_date", primary_key=True)
    delivery_id: Mapped[UUID] = mapped_column(ForeignKey("delivery.id"), unique=True)


class MailboxWeek(Base):
    """Budget: slots 1 and 2 of an ISO week, slot 3 for the last questions only, slot 4 for team cards.

    iso_week: like "2026-W48".
    """

    __tablename__ = "mailbox_week"
    __table_args__ = (CheckConstraint("slot BETWEEN 1 AND 4", name="slot"),)

    mailbox_id: Mapped[UUID] = mapped_column(ForeignKey("mailbox.id"), primary_key=True)
    iso_week: Mapped[str] = mapped_column(primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True)
    delivery_id: Mapped[UUID] = mapped_column(ForeignKey("delivery.id"), unique=True)
