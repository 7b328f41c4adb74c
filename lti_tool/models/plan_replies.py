"""What a trainer answers to a plan that was shown to them: a sentence or two, for its writer alone."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from lti_tool.models.base import TenantRow, some_rows, tenant, within
from lti_tool.models.sealed import Sealed


class PlanReply(TenantRow):
    """The answer of one trainer to one learner. words: sealed under the key of the learner, whose it is.

    writer_id: the trainer; None once they are not known here any more.
    written_at, told_at, read_at: calendar clock; when it was last changed, when a letter first said that it
        waits, and when its reader opened it. After that it stays as it is.
    """

    __tablename__ = "plan_reply"
    __table_args__ = tenant(
        "plan_reply",
        within("enrolment_id", "enrolment"),
        within("writer_id", "person"),
        UniqueConstraint("enrolment_id", "writer_id"),
        some_rows("ix_plan_reply_writer_id", "writer_id IS NOT NULL", "writer_id"),
    )

    enrolment_id: Mapped[UUID]
    writer_id: Mapped[UUID | None]
    words: Mapped[Sealed]
    written_at: Mapped[datetime]
    told_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
