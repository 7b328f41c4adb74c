"""Which versions of which instruments were published, and their parts."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.models.base import Row


class InstrumentVersion(Row):
    """A published version of an instrument. Its content is a file of the catalogue that never changes.

    digest: SHA-256 of that file; another digest under the same version is refused at start-up.
    """

    __tablename__ = "instrument_version"
    __table_args__ = (UniqueConstraint("key", "version"),)

    key: Mapped[str]
    version: Mapped[int]
    phase: Mapped[str]
    digest: Mapped[str]
    published_at: Mapped[datetime]


class InstrumentPart(Row):
    """A part of a version: what is submitted in one go. The first part is what the LMS gets a score for."""

    __tablename__ = "instrument_part"
    __table_args__ = (
        UniqueConstraint("instrument_version_id", "key"),
        UniqueConstraint("instrument_version_id", "position"),
    )

    instrument_version_id: Mapped[UUID] = mapped_column(ForeignKey("instrument_version.id"))
    key: Mapped[str]
    position: Mapped[int]
