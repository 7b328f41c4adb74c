"""The person key store: a database of its own, apart from the tool's and its dumps."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import LargeBinary, MetaData, Text, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry

from lti_tool.models.base import UTCDateTime


class KeyBase(DeclarativeBase):
    """Root of the tables of the key store."""

    registry = registry(
        metadata=MetaData(),
        type_annotation_map={datetime: UTCDateTime(), str: Text(), UUID: Uuid(), bytes: LargeBinary()},
    )


class Wrapped(KeyBase):
    """What all keys have."""

    __abstract__ = True

    id: Mapped[UUID]
    wrapped: Mapped[bytes]


class PersonKey(Wrapped):
    """A key of one person, wrapped by a data key of the environment. Gone means erased."""

    __tablename__ = "person_key"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    made_at: Mapped[datetime]


class NamedKey(Wrapped):
    """A key that belongs to no person: "hmac" and "common"; and "canary", which `check` opens."""

    __tablename__ = "named_key"

    name: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True)
