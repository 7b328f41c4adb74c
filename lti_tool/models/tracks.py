"""Tracks, their cohorts and meetings, and who takes part."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.domain.aims import GoalLevel, Kind
from lti_tool.domain.paces import Pace
from lti_tool.models.base import TenantRow, one_of, tenant, within


class TrackStatus(StrEnum):
    """Whether a track goes on, and links may still join it."""

    OPEN = "open"
    REMOVED = "removed"  # by its trainer; what people wrote in it stays theirs


class Track(TenantRow):
    """One run of a training. Without a cohort its days are still to be given, and nobody takes part.

    root_id: of the first run that this one is a copy of, along with its course; its own when it is none.
    begun_from_id: the earlier training that its trainer began it from; no reference, it may go first.
    hints_away: the hints that its trainer wants no more, separated by spaces.
    cadence: key of a cadence in the catalogue. left_out: steps of it that the trainer left out,
        separated by spaces.
    pace: whether its people take it together, or each at their own pace.
    closes_on: the last day on which letters go; None for a track that was set up without one.
    removed_at: calendar clock; None for one that goes on.
    goal_level, kind: what its trainer chose that it is for; None for what nobody chose.
    is_unannounced: its days came with the choice in the LMS, and no trainer read yet that it is on.
    """

    __tablename__ = "track"
    __table_args__ = tenant(
        "track",
        within("course_id", "course"),
        UniqueConstraint("course_id", "root_id"),
        one_of("status", TrackStatus),
        one_of("pace", Pace),
        one_of("goal_level", GoalLevel),
        one_of("kind", Kind),
        CheckConstraint("(status = 'removed') = (removed_at IS NOT NULL)", name="removed"),
    )

    course_id: Mapped[UUID] = mapped_column(index=True)
    root_id: Mapped[UUID]
    begun_from_id: Mapped[UUID | None]
    title: Mapped[str]
    status: Mapped[TrackStatus] = mapped_column(default=TrackStatus.OPEN)
    cadence: Mapped[str] = mapped_column(default="standard")
    left_out: Mapped[str] = mapped_column(default="")
    pace: Mapped[Pace] = mapped_column(default=Pace.TOGETHER)
    closes_on: Mapped[date | None]
    removed_at: Mapped[datetime | None]
    hints_away: Mapped[str] = mapped_column(default="")
    goal_level: Mapped[GoalLevel | None]
    kind: Mapped[Kind | None]
    is_unannounced: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class Cohort(TenantRow):
    """A group of a track with its own dates; `ends_on` is where T0 of its people comes from.

    At one's own pace `starts_on` is since when it is open, and `ends_on` the T0 of who did not say when they
    finished.
    dated_at: calendar clock; when its first meeting got the day that it has.
    remind_on: the day that its trainer chose for the one reminder to prepare; None: that of the cadence.
    unit_id: of which part of the organisation it is; None where nobody said.
    """

    __tablename__ = "cohort"
    __table_args__ = tenant(
        "cohort",
        within("track_id", "track"),
        within("unit_id", "unit"),
        UniqueConstraint("track_id", "number"),
        CheckConstraint("ends_on >= starts_on", name="dates"),
    )

    track_id: Mapped[UUID]
    number: Mapped[int] = mapped_column(default=1)
    name: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    dated_at: Mapped[datetime]
    remind_on: Mapped[date | None]
    unit_id: Mapped[UUID | None]
    time_zone: Mapped[str]


class Meeting(TenantRow):
    """A training day of a cohort (Dutch: bijeenkomst)."""

    __tablename__ = "meeting"
    __table_args__ = tenant(
        "meeting", within("cohort_id", "cohort"), UniqueConstraint("cohort_id", "held_on")
    )

    cohort_id: Mapped[UUID]
    held_on: Mapped[date]


class AnchorSource(StrEnum):
    """Where T0 of an enrolment comes from."""

    COHORT = "cohort"
    LEARNER = "learner"
    TRAINER = "trainer"


class EnrolmentStatus(StrEnum):
    """Whether a person still takes part."""

    ACTIVE = "active"
    LEFT = "left"


class MailStatus(StrEnum):
    """Whether a person wants letters about one training."""

    ON = "on"
    FEW = "few"  # the own day, and the two times to look back
    PAUSED = "paused"
    STOPPED = "stopped"


class Enrolment(TenantRow):
    """A person in a cohort; a re-take is attempt 2. `anchor_on` is T0, the start of the retention window."""

    __tablename__ = "enrolment"
    __table_args__ = tenant(
        "enrolment",
        within("person_id", "person"),
        within("cohort_id", "cohort"),
        UniqueConstraint("person_id", "cohort_id", "attempt"),
        one_of("anchor_source", AnchorSource),
        one_of("status", EnrolmentStatus),
        one_of("mail_status", MailStatus),
        CheckConstraint("(mail_status = 'paused') = (paused_until IS NOT NULL)", name="pause"),
    )

    person_id: Mapped[UUID]
    cohort_id: Mapped[UUID] = mapped_column(index=True)
    attempt: Mapped[int] = mapped_column(default=1)
    anchor_on: Mapped[date]
    anchor_source: Mapped[AnchorSource] = mapped_column(default=AnchorSource.COHORT)
    status: Mapped[EnrolmentStatus] = mapped_column(default=EnrolmentStatus.ACTIVE)
    mail_status: Mapped[MailStatus] = mapped_column(default=MailStatus.ON)
    paused_until: Mapped[date | None]
    joined_at: Mapped[datetime]
