"""Courses of the LMS, their links to the tool, and who is in them."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.models.base import TenantRow, one_of, some_rows, tenant, within


class CourseKind(StrEnum):
    """A real LTI context, or the course made up for one link that was launched without a context."""

    CONTEXT = "context"
    LINK = "link"


class Course(TenantRow):
    """An LTI context of a deployment.

    roster_url: where its members can be read; None when the LMS offers no such service.
    roster_read_at: real clock, when the last try began; None when it is to be read at once.
    roster_problem: why that one failed, or "reading" while nobody knows yet.
    roster_whole_at: real clock, when all of it was last read to its end.
    differences_url: where to ask what changed in it since then; None when the LMS does not tell.
    """

    __tablename__ = "course"
    __table_args__ = tenant(
        "course",
        within("deployment_id", "deployment"),
        UniqueConstraint("deployment_id", "kind", "context_id"),
        some_rows("ix_course_problem", "roster_problem IS NOT NULL", "deployment_id", "roster_read_at"),
        one_of("kind", CourseKind),
    )

    deployment_id: Mapped[UUID]
    kind: Mapped[CourseKind]
    context_id: Mapped[str]
    title: Mapped[str]
    roster_url: Mapped[str | None]
    roster_read_at: Mapped[datetime | None]
    roster_problem: Mapped[str | None]
    roster_whole_at: Mapped[datetime | None]
    differences_url: Mapped[str | None]
    created_at: Mapped[datetime]


class ResourceLink(TenantRow):
    """A link in a course that opens the tool.

    return_url: where "back to the course" leads; host and instance only, never a session key.
    line_item_url: where its scores go, as its last launch or a search said; None when nobody knows.
    line_items_url: where a line item can be searched for; None when the LMS does not offer that.
    line_item_scopes: what may be done there, in one text; empty for nothing.
    line_item_sought_at: real clock, when that was last done; None while launches name the line item.
    own_id: what its custom parameters say that it opens; None for a link that was not chosen with the tool.
    """

    __tablename__ = "resource_link"
    __table_args__ = tenant(
        "resource_link",
        within("deployment_id", "deployment"),
        within("course_id", "course"),
        UniqueConstraint("deployment_id", "link_id"),
    )

    deployment_id: Mapped[UUID]
    course_id: Mapped[UUID]
    link_id: Mapped[str]
    title: Mapped[str]
    return_url: Mapped[str | None]
    line_item_url: Mapped[str | None]
    line_items_url: Mapped[str | None]
    line_item_scopes: Mapped[str] = mapped_column(default="")
    line_item_sought_at: Mapped[datetime | None]
    own_id: Mapped[UUID | None]
    created_at: Mapped[datetime]


class Role(StrEnum):
    """What a person is in a course. Only context roles let somebody teach or learn."""

    TRAINER = "trainer"
    LOOKER = "looker"  # a trainer who may look: non-editing teacher, assistant
    LEARNER = "learner"
    ADMINISTRATOR = "administrator"  # runs the platform or the institution, and has no part in the course
    NONE = "none"


class Membership(TenantRow):
    """A person in a course, as the last launch said; of who never launched, as the roster did."""

    __tablename__ = "membership"
    __table_args__ = tenant(
        "membership",
        within("person_id", "person"),
        within("course_id", "course"),
        UniqueConstraint("person_id", "course_id"),
        one_of("role", Role),
    )

    person_id: Mapped[UUID]
    course_id: Mapped[UUID] = mapped_column(index=True)
    role: Mapped[Role]
    seen_at: Mapped[datetime]
