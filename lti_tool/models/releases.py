"""What people let others read, since they said so; taking it back ends the row."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.domain.releases import Reader, Shareable
from lti_tool.models.base import TenantRow, one_of, tenant, within

TO_MANY = "contact_id IS NULL"


class Release(TenantRow):
    """One thing of a plan that its writer shows the trainer, the team, or one buddy.

    contact_id: of the buddy. released_at: calendar clock.
    """

    __tablename__ = "release"
    __table_args__ = tenant(
        "release",
        within("enrolment_id", "enrolment"),
        within("contact_id", "contact"),
        UniqueConstraint("contact_id", "item"),
        Index(
            "uq_release_to_many",
            "enrolment_id",
            "reader",
            "item",
            unique=True,
            postgresql_where=text(TO_MANY),
            sqlite_where=text(TO_MANY),
        ),
        one_of("reader", Reader),
        one_of("item", Shareable),
        CheckConstraint("(reader = 'buddy') = (contact_id IS NOT NULL)", name="buddy"),
    )

    enrolment_id: Mapped[UUID] = mapped_column(index=True)
    reader: Mapped[Reader]
    contact_id: Mapped[UUID | None]
    item: Mapped[Shareable]
    released_at: Mapped[datetime]


class Story(TenantRow):
    """A story from what somebody took up at will, shown to their team in one training.

    told_at: calendar clock.
    """

    __tablename__ = "story"
    __table_args__ = tenant(
        "story",
        within("entry_id", "entry"),
        within("enrolment_id", "enrolment"),
        UniqueConstraint("entry_id", "enrolment_id"),
    )

    entry_id: Mapped[UUID]
    enrolment_id: Mapped[UUID] = mapped_column(index=True)
    told_at: Mapped[datetime]
