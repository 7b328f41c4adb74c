"""What is to be delivered: schedule, claim and record in one row."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.models.base import TenantRow, one_of, some_rows, tenant, within


class Kind(StrEnum):
    """What is delivered."""

    NUDGE = "nudge"
    DIGEST = "digest"
    POST = "post"  # a digest, to a channel
    SERVICE = "service"
    SCORE = "score"


class DeliveryStatus(StrEnum):
    """planned → claimed → sending → sent | failed | unknown, or skipped, or cancelled."""

    PLANNED = "planned"
    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"


NO_ANSWER = "no_answer"
"""The reason of a letter that a mail server took whole and then said nothing of."""

CLAIMED_TOGETHER: tuple[tuple[Kind, ...], ...] = (
    (Kind.SERVICE,),
    (Kind.NUDGE, Kind.DIGEST),
    (Kind.POST,),
    (Kind.SCORE,),
)


def _due(kinds: tuple[Kind, ...]) -> Index:
    """What is not done of these kinds, in the order in which it is claimed.

    Nothing in it changes when it is claimed, as each change would enter the row in all indexes anew.
    """
    words = ", ".join(f"'{kind}'" for kind in kinds)
    name = f"ix_delivery_due_{'_'.join(kinds)}"
    return some_rows(name, f"finished_at IS NULL AND kind IN ({words})", "due_at", "rank")


class Delivery(TenantRow):
    """One letter or score: for one enrolment, contact, adviser, or person who takes part in nothing.

    Unique per whom it is for, step and occurrence: planning twice adds nothing.

    step: a step of the cadence; for a score "score:<activity id>",
        for an example to its trainer "example:<step>". also: one that shares the letter.
    due_at, due_on, last_on: calendar clock; from when, the local day, and the last day it makes sense.
    lease_until, retry_at: real clock.
    scored_at: real clock; of a score, the moment that the gradebook was told, or may have been.
    reason: why this day (planned), or why not (skipped, cancelled, failed, unknown).
    bounced_at: real clock; when we heard that its letter came back. A second time ends it.
    """

    __tablename__ = "delivery"
    __table_args__ = tenant(
        "delivery",
        within("enrolment_id", "enrolment"),
        within("contact_id", "contact"),
        within("person_id", "person"),
        within("adviser_id", "adviser"),
        within("activity_id", "activity"),
        UniqueConstraint("enrolment_id", "step", "occurrence"),
        UniqueConstraint("contact_id", "step", "occurrence"),
        UniqueConstraint("person_id", "step", "occurrence"),
        UniqueConstraint("adviser_id", "step", "occurrence"),
        CheckConstraint(
            "CASE WHEN enrolment_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN contact_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN person_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN adviser_id IS NULL THEN 0 ELSE 1 END = 1",
            name="addressee",
        ),
        *(_due(kinds) for kinds in CLAIMED_TOGETHER),
        some_rows("ix_delivery_under_way", "message_id IS NOT NULL AND finished_at IS NULL", "message_id"),
        some_rows("ix_delivery_message_id", "message_id IS NOT NULL", "message_id"),
        some_rows("ix_delivery_activity_id", "activity_id IS NOT NULL", "activity_id"),
        some_rows("ix_delivery_no_answer", f"reason = '{NO_ANSWER}'", "finished_at"),
        one_of("kind", Kind),
        one_of("status", DeliveryStatus),
    )

    kind: Mapped[Kind]
    enrolment_id: Mapped[UUID | None]
    contact_id: Mapped[UUID | None]
    person_id: Mapped[UUID | None]
    adviser_id: Mapped[UUID | None]
    activity_id: Mapped[UUID | None]
    mailbox_id: Mapped[UUID | None] = mapped_column(ForeignKey("mailbox.id"), index=True)
    step: Mapped[str]
    also: Mapped[str | None]
    occurrence: Mapped[int] = mapped_column(default=1)
    rank: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    due_on: Mapped[date]
    last_on: Mapped[date]
    status: Mapped[DeliveryStatus] = mapped_column(default=DeliveryStatus.PLANNED)
    reason: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    retry_at: Mapped[datetime | None]
    scored_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    message_id: Mapped[str | None]
    template_version: Mapped[str | None]
    finished_at: Mapped[datetime | None]
    bounced_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
