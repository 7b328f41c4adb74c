"""The audit trail, in a database of its own: nothing in it is ever changed."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import DDL, MetaData, Text, Uuid, event
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry

from lti_tool.domain.trail import Actor
from lti_tool.models.base import UTCDateTime, one_of


class TrailBase(DeclarativeBase):
    """Root of the tables of the trail."""

    registry = registry(
        metadata=MetaData(naming_convention={"ck": "ck_%(table_name)s_%(constraint_name)s"}),
        type_annotation_map={datetime: UTCDateTime(), str: Text(), UUID: Uuid()},
    )


class AuditLine(TrailBase):
    """A `domain.trail.Line` as it is kept.

    In PostgreSQL a table in parts, one for each month; in SQLite a file for each year.
    """

    __tablename__ = "audit_line"
    __table_args__ = (one_of("actor", Actor), {"postgresql_partition_by": "RANGE (at)"})

    at: Mapped[datetime] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    organisation_id: Mapped[UUID | None]
    actor: Mapped[str]
    actor_id: Mapped[UUID | None]
    act: Mapped[str]
    about_id: Mapped[UUID | None]


for what in ("UPDATE", "DELETE"):
    event.listen(
        AuditLine.__table__,
        "after_create",
        DDL(  # type: ignore[no-untyped-call]
            f"CREATE TRIGGER audit_line_no_{what.lower()} BEFORE {what} ON audit_line "
            "BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END"
        ).execute_if(dialect="sqlite"),
    )
