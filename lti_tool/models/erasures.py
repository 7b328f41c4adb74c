"""The ledger of erasures, a database of its own: apart from the tool's, the key store and their copies."""

from datetime import date
from uuid import UUID

from sqlalchemy import MetaData, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry


class LedgerBase(DeclarativeBase):
    """Root of the tables of the ledger."""

    registry = registry(metadata=MetaData(), type_annotation_map={UUID: Uuid()})


class Erasure(LedgerBase):
    """Somebody was erased. Rows are only ever added.

    key_id: of the key that is gone. It leads to nobody, but in a copy of the databases from before.
    """

    __tablename__ = "erasure"

    key_id: Mapped[UUID] = mapped_column(primary_key=True)
    erased_on: Mapped[date]
