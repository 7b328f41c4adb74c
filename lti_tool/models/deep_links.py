"""A choice of content for a course, while it is under way."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.models.base import TenantRow, one_of, tenant, within
from lti_tool.models.sealed import Sealed
from lti_tool.models.visits import Proof


class SelectionStatus(StrEnum):
    """How far a choice is."""

    OPEN = "open"
    ANSWERED = "answered"
    CANCELLED = "cancelled"


class ContentSelection(TenantRow):
    """Somebody is choosing what the tool adds to a course. Who, is not kept.

    token_hash: SHA-256 of the token in the path. browser, proof: as in `Visit`.
    course_id: None when the platform named no course.
    request: what the platform takes back and where, sealed, since the address holds a session key.
    nonce: of the response, so that a second post of it is the same response.
    reply: what goes back, sealed; None while it is open. Real clock: 8 hours at most.
    earlier: the ids of the trainings that may be begun from, separated by spaces; found when it began, so
        that whoever chooses need not be kept.
    """

    __tablename__ = "content_selection"
    __table_args__ = tenant(
        "content_selection",
        within("deployment_id", "deployment"),
        within("course_id", "course"),
        one_of("status", SelectionStatus),
        one_of("proof", Proof),
        CheckConstraint("(status = 'open') = (reply IS NULL)", name="reply"),
    )

    token_hash: Mapped[str] = mapped_column(unique=True)
    deployment_id: Mapped[UUID]
    course_id: Mapped[UUID | None]
    browser: Mapped[str]
    proof: Mapped[Proof] = mapped_column(default=Proof.COOKIE)
    locale: Mapped[str]
    status: Mapped[SelectionStatus] = mapped_column(default=SelectionStatus.OPEN)
    request: Mapped[Sealed]
    nonce: Mapped[str]
    reply: Mapped[Sealed | None]
    earlier: Mapped[str] = mapped_column(default="")
    opened_at: Mapped[datetime] = mapped_column(index=True)
