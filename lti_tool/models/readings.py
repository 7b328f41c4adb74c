"""Who opened what people let others read, and on which days."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.models.base import TenantRow, one_of, some_rows, tenant, within


class ReaderKind(StrEnum):
    """As what somebody reads."""

    TRAINER = "trainer"
    BUDDY = "buddy"
    TEAM = "team"


class Reading(TenantRow):
    """One thing of one learner that one reader opened: a row however often, so it says nothing of how eager.

    what: an item of the catalogue, or a thing that a buddy sees; never its words.
    reader_id: a person of the tool; contact_id: a buddy. Neither once they are not known here any more.
    first_on, last_on: days of the calendar clock.
    """

    __tablename__ = "reading"
    __table_args__ = tenant(
        "reading",
        within("enrolment_id", "enrolment"),
        within("reader_id", "person"),
        within("contact_id", "contact"),
        UniqueConstraint("enrolment_id", "what", "kind", "reader_id"),
        UniqueConstraint("enrolment_id", "what", "kind", "contact_id"),
        some_rows("ix_reading_reader_id", "reader_id IS NOT NULL", "reader_id"),
        some_rows("ix_reading_contact_id", "contact_id IS NOT NULL", "contact_id"),
        one_of("kind", ReaderKind),
        CheckConstraint("last_on >= first_on", name="days"),
        CheckConstraint("reader_id IS NULL OR contact_id IS NULL", name="one_reader"),
    )

    enrolment_id: Mapped[UUID]
    kind: Mapped[ReaderKind]
    reader_id: Mapped[UUID | None]
    contact_id: Mapped[UUID | None]
    what: Mapped[str]
    first_on: Mapped[date]
    last_on: Mapped[date] = mapped_column(index=True)
