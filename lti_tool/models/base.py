"""What every table shares: naming of constraints, types of columns, tenant isolation."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    CheckConstraint,
    Date,
    DateTime,
    Dialect,
    Enum,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    MetaData,
    Text,
    TypeDecorator,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, registry

from lti_tool.models.sealed import Sealed


class UTCDateTime(TypeDecorator[datetime]):
    """A moment: refuses naive values, returns aware ones in UTC (SQLite forgets the zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class SealedBytes(TypeDecorator[Sealed]):
    """A sealed value, stored as its packed bytes."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Sealed | None, _dialect: Dialect) -> bytes | None:
        return None if value is None else value.pack()

    def process_result_value(self, value: Any | None, _dialect: Dialect) -> Sealed | None:
        return None if value is None else Sealed.unpack(bytes(value))


class Base(DeclarativeBase):
    """Root of the tables of the tool's own database."""

    registry = registry(
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={
            datetime: UTCDateTime(),
            date: Date(),
            str: Text(),
            UUID: Uuid(),
            Sealed: SealedBytes(),
            # A state is a word in a text column; its check constraint comes from `one_of`.
            StrEnum: Enum(
                StrEnum,
                native_enum=False,
                length=30,
                values_callable=lambda words: [word.value for word in words],
            ),
        },
    )


class Row(Base):
    """A table whose rows have an id made by the application."""

    __abstract__ = True

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4, sort_order=-2)


class TenantRow(Row):
    """A table with people's data: each row belongs to one organisation.

    The pair (organisation_id, id) is unique, so that `within` can forbid that a row of one
    organisation points to a row of another.
    """

    __abstract__ = True

    @declared_attr
    def organisation_id(cls) -> Mapped[UUID]:
        return mapped_column(ForeignKey("organisation.id"), sort_order=-1)


def tenant(table: str, *more: Any) -> tuple[Any, ...]:
    """Table arguments of a tenant's table: the unique pair that others refer to, and `more`."""
    return (UniqueConstraint("organisation_id", "id", name=f"uq_{table}_tenant"), *more)


def within(column: str, target: str) -> ForeignKeyConstraint:
    """A foreign key to `target` that cannot cross to another organisation."""
    return ForeignKeyConstraint(["organisation_id", column], [f"{target}.organisation_id", f"{target}.id"])


def one_of(column: str, words: type[StrEnum] | Sequence[str]) -> CheckConstraint:
    """A check that a state column holds one of its words."""
    quoted = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({quoted})", name=column)


def some_rows(name: str, which: str, *columns: str) -> Index:
    """An index of a few rows of a table; when others change, it costs nothing. which: a condition in SQL."""
    return Index(name, *columns, postgresql_where=text(which), sqlite_where=text(which))
