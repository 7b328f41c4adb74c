"""A launched person's pass."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.models.base import TenantRow, tenant, within


class Visit(TenantRow):
    """A launch that goes on, in the path of every page after it.

    token_hash: SHA-256 of the token in the path. browser: hash of the cookie that the launch brought.
    about_id: the person whose work is looked at, of a visit that began in the gradebook.
    Real clock: 45 minutes idle, 8 hours at most.
    """

    __tablename__ = "visit"
    __table_args__ = tenant(
        "visit",
        within("person_id", "person"),
        within("link_id", "resource_link"),
        within("about_id", "person"),
    )

    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[UUID] = mapped_column(index=True)
    link_id: Mapped[UUID]
    about_id: Mapped[UUID | None] = mapped_column(index=True)
    browser: Mapped[str]
    locale: Mapped[str]
    launched_at: Mapped[datetime]
    used_at: Mapped[datetime]
