"""What a training asks, and the link of a course that opens it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.domain.openings import Opening
from lti_tool.models.base import TenantRow, one_of, tenant, within


class Activity(TenantRow):
    """What a link opens, and to which track it belongs. A track may hold links of several courses.

    link_id: None until its link is first opened, of what was chosen in the LMS or came with a copied course.
    lms_id: what stands in the custom parameters of its link. It is the id of the first activity that had
        it: a copy of the course brings it along, and not as a reference, since that one may be gone.
    instrument_version_id: None for the page of one's own plan, which asks nothing.
    meeting_number: of a look back on one meeting, which one of the cohort's, counted from 1.
    adaptation_id: how its trainer has the instrument asked from now on; None: as it is.
    opens: from when learners can open it.
    draft_id: how its trainer may have it asked later; nobody else sees that.
    """

    __tablename__ = "activity"
    __table_args__ = tenant(
        "activity",
        within("link_id", "resource_link"),
        within("track_id", "track"),
        within("adaptation_id", "adaptation"),
        within("draft_id", "adaptation"),
        UniqueConstraint("link_id"),
        UniqueConstraint("track_id", "lms_id"),
        one_of("opens", Opening),
        CheckConstraint("meeting_number >= 1", name="meeting_number"),
    )

    link_id: Mapped[UUID | None]
    lms_id: Mapped[UUID] = mapped_column(index=True)
    track_id: Mapped[UUID] = mapped_column(index=True)
    instrument_version_id: Mapped[UUID | None] = mapped_column(ForeignKey("instrument_version.id"))
    meeting_number: Mapped[int | None]
    opens: Mapped[Opening] = mapped_column(default=Opening.AT_ONCE)
    adaptation_id: Mapped[UUID | None]
    draft_id: Mapped[UUID | None]
    created_at: Mapped[datetime]
