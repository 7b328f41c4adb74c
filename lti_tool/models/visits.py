"""A launched person's pass."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.models.base import TenantRow, one_of, some_rows, tenant, within


class Proof(StrEnum):
    """By what the tool knows that it is still the browser that launched."""

    COOKIE = "cookie"
    STORAGE = "storage"  # the platform's own, and only while it launched: the browser keeps no cookie of ours


class Visit(TenantRow):
    """A launch that goes on, in the path of every page after it.

    token_hash: SHA-256 of the token in the path. browser: hash of what the launch brought as proof.
    about_id: the person whose work is looked at, of a visit that began in the gradebook.
    back_id: the visit of a trainer who looks as a learner, of which this one is; None for all others.
    Real clock: 45 minutes idle, 8 hours at most.
    """

    __tablename__ = "visit"
    __table_args__ = tenant(
        "visit",
        within("person_id", "person"),
        within("link_id", "resource_link"),
        within("about_id", "person"),
        within("back_id", "visit"),
        some_rows("ix_visit_back_id", "back_id IS NOT NULL", "back_id"),
        one_of("proof", Proof),
    )

    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[UUID] = mapped_column(index=True)
    link_id: Mapped[UUID]
    about_id: Mapped[UUID | None] = mapped_column(index=True)
    back_id: Mapped[UUID | None]
    browser: Mapped[str]
    proof: Mapped[Proof] = mapped_column(default=Proof.COOKIE)
    locale: Mapped[str]
    launched_at: Mapped[datetime]
    used_at: Mapped[datetime]
