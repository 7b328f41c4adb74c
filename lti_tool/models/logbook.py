"""What people note of their own learning, with or without a training."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.models.base import TenantRow, one_of, tenant, within
from lti_tool.models.sealed import Sealed


class Way(StrEnum):
    """How a note came in."""

    TOOL = "tool"  # in a visit
    LINK = "link"  # by whoever held the writer's link


class Note(TenantRow):
    """A note in the logbook of a person, words and choices alike sealed under that person's key.

    sent_as: of the page that it was written on; that page sent twice is one note.
    written_on: the writer's local day. written_at, changed_at: calendar clock.
    """

    __tablename__ = "note"
    __table_args__ = tenant(
        "note",
        within("person_id", "person"),
        UniqueConstraint("person_id", "sent_as"),
        one_of("way", Way),
        Index("ix_note_person_id_written_on", "person_id", "written_on"),
    )

    person_id: Mapped[UUID]
    instrument_version_id: Mapped[UUID] = mapped_column(ForeignKey("instrument_version.id"))
    sent_as: Mapped[UUID]
    written_on: Mapped[date]
    written_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]
    said: Mapped[Sealed]
    way: Mapped[Way] = mapped_column(default=Way.TOOL)


class NoteEvidence(TenantRow):
    """A note that its writer keeps with a plan, as what shows how it goes. Its words stay in the note."""

    __tablename__ = "note_evidence"
    __table_args__ = tenant(
        "note_evidence",
        within("note_id", "note"),
        within("enrolment_id", "enrolment"),
        UniqueConstraint("note_id", "enrolment_id"),
        Index("ix_note_evidence_enrolment_id", "enrolment_id"),
    )

    note_id: Mapped[UUID]
    enrolment_id: Mapped[UUID]


class NoteLink(TenantRow):
    """The one link by which notes come into the logbook of a person, and nothing comes out.

    token_hash: of what stands in the address, which is told once and never kept. made_at: real clock.
    """

    __tablename__ = "note_link"
    __table_args__ = tenant(
        "note_link", within("person_id", "person"), UniqueConstraint("organisation_id", "person_id")
    )

    person_id: Mapped[UUID]
    token_hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
