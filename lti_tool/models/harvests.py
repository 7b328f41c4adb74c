"""The ledger of what a group answered: only what may be told is ever written down, most of it in words."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.domain.figures import Share
from lti_tool.domain.snapshots import Moment
from lti_tool.models.base import TenantRow, one_of, tenant, within


class Snapshot(TenantRow):
    """That a group was counted, also when nothing of it may be shown: it is never counted for that again.

    number: of the meeting that was looked back on, else 0. taken_on: None for a group that is never counted
    for it, as somebody came into it who may have been counted in another (`snapshots.withhold`).
    """

    __tablename__ = "snapshot"
    __table_args__ = tenant(
        "snapshot",
        within("cohort_id", "cohort"),
        UniqueConstraint("cohort_id", "moment", "number"),
        one_of("moment", Moment),
    )

    cohort_id: Mapped[UUID]
    moment: Mapped[Moment]
    number: Mapped[int] = mapped_column(default=0)
    taken_on: Mapped[date | None]


class ToldAnswer(TenantRow):
    """What is told of one answer of a group to one question.

    meeting: which one was looked back on; 0 for the training as a whole. item, cell: the question, and the
    answer to it. place: from 1, as answers are ordered. share: how many, in words.
    count, people: how many of how many; None where there are words only.
    adaptation_id: in whose words it was answered; None: those of the catalogue.
    """

    __tablename__ = "told_answer"
    __table_args__ = tenant(
        "told_answer",
        within("cohort_id", "cohort"),
        within("adaptation_id", "adaptation"),
        UniqueConstraint("cohort_id", "meeting", "item", "cell"),
        one_of("share", Share),
        CheckConstraint("(count IS NULL) = (people IS NULL)", name="numbers"),
        CheckConstraint("people >= 20", name="people"),
        CheckConstraint("count >= 5", name="count"),
        CheckConstraint("people - count = 0 OR people - count >= 5", name="remainder"),
        CheckConstraint("meeting = 0 OR count IS NULL", name="meeting"),
    )

    cohort_id: Mapped[UUID]
    meeting: Mapped[int] = mapped_column(default=0)
    item: Mapped[str]
    cell: Mapped[str]
    place: Mapped[int]
    share: Mapped[Share]
    count: Mapped[int | None]
    people: Mapped[int | None]
    adaptation_id: Mapped[UUID | None]
