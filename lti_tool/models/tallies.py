"""Choices that people added to the picture of their group, without their name (privacy 5)."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.models.base import TenantRow, tenant, within
from lti_tool.models.sealed import Sealed


class Ballot(TenantRow):
    """One person's choices in the closed box of a cohort: neither whose they are nor when they came.

    They wait here, sealed under the key that belongs to nobody, until there are enough to be counted.
    """

    __tablename__ = "ballot"
    __table_args__ = tenant("ballot", within("cohort_id", "cohort"))

    cohort_id: Mapped[UUID] = mapped_column(index=True)
    instrument_version_id: Mapped[UUID] = mapped_column(ForeignKey("instrument_version.id"))
    choices: Mapped[Sealed]


class Counted(TenantRow):
    """That somebody counts along with an instrument, without what they chose and without a time."""

    __tablename__ = "counted"
    __table_args__ = tenant(
        "counted",
        within("enrolment_id", "enrolment"),
        UniqueConstraint("enrolment_id", "instrument_version_id"),
    )

    enrolment_id: Mapped[UUID]
    instrument_version_id: Mapped[UUID] = mapped_column(ForeignKey("instrument_version.id"))


class Tally(TenantRow):
    """How many of a cohort chose one answer, added to by five people or more at once; never shown."""

    __tablename__ = "tally"
    __table_args__ = tenant(
        "tally",
        within("cohort_id", "cohort"),
        UniqueConstraint("cohort_id", "instrument_version_id", "item", "cell"),
        CheckConstraint("count >= 0", name="count"),
    )

    cohort_id: Mapped[UUID]
    instrument_version_id: Mapped[UUID] = mapped_column(ForeignKey("instrument_version.id"))
    item: Mapped[str]
    cell: Mapped[str]
    count: Mapped[int]


class SpreadFigure(TenantRow):
    """One published cell of one snapshot: how many of how many in a cohort gave such an answer.

    snapshot: counted from 1; rows are only ever added.
    """

    __tablename__ = "spread_figure"
    __table_args__ = tenant(
        "spread_figure",
        within("cohort_id", "cohort"),
        UniqueConstraint(
            "cohort_id", "instrument_version_id", "item", "cell", "snapshot", name="uq_spread_figure_cell"
        ),
        CheckConstraint("people >= 5", name="people"),
        CheckConstraint("count >= 5", name="count"),
        CheckConstraint("people - count = 0 OR people - count >= 5", name="remainder"),
    )

    cohort_id: Mapped[UUID]
    instrument_version_id: Mapped[UUID] = mapped_column(ForeignKey("instrument_version.id"))
    item: Mapped[str]
    cell: Mapped[str]
    snapshot: Mapped[int]
    count: Mapped[int]
    people: Mapped[int]
