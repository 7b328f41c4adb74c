"""What a team says and agrees on in a talk, noted by who follows its training."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.models.base import TenantRow, one_of, tenant, within
from lti_tool.models.sealed import Sealed


class Talk(StrEnum):
    """What the team talked about."""

    VALUE_CHECK = "value_check"
    CLIMATE = "climate"


class TeamNote(TenantRow):
    """The notes of one talk, of the contact who wrote them; read behind the link of their card alone.

    words: sealed under a key of their own, in the key store of persons. When that key is gone, they are.
    asked_on: the day of the card that they belong to. next_on: when the team wants to talk again.
    """

    __tablename__ = "team_note"
    __table_args__ = tenant(
        "team_note",
        within("contact_id", "contact"),
        UniqueConstraint("contact_id", "talk", "asked_on"),
        one_of("talk", Talk),
    )

    contact_id: Mapped[UUID]
    talk: Mapped[Talk]
    asked_on: Mapped[date]
    key_id: Mapped[UUID] = mapped_column(unique=True)
    words: Mapped[Sealed]
    next_on: Mapped[date | None]
