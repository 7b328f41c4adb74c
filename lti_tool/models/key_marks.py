"""By which key store a database belongs to."""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.models.base import Base
from lti_tool.models.sealed import Sealed


class KeyMark(Base):
    """The canary: one row, sealed under the common key of the only key store that opens this database."""

    __tablename__ = "key_mark"
    __table_args__ = (CheckConstraint("number = 1", name="number"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    words: Mapped[Sealed]
