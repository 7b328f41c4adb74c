"""What people let others read of looking back on a meeting, until they take it back: that ends the row."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.domain.takeaways import Reader, Thing
from lti_tool.models.base import TenantRow, one_of, tenant, within


class Takeaway(TenantRow):
    """One answer of one person about one meeting, shown to the trainer or to the room; never its words.

    activity_id: where it was asked. released_at: calendar clock.
    """

    __tablename__ = "takeaway"
    __table_args__ = tenant(
        "takeaway",
        within("enrolment_id", "enrolment"),
        within("activity_id", "activity"),
        UniqueConstraint("enrolment_id", "activity_id", "reader", "item"),
        one_of("reader", Reader),
        one_of("item", Thing),
    )

    enrolment_id: Mapped[UUID]
    activity_id: Mapped[UUID] = mapped_column(index=True)
    reader: Mapped[Reader]
    item: Mapped[Thing]
    released_at: Mapped[datetime]
