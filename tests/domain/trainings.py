"""Trainings in memory, for a mailbox that gets the letters of several."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from lti_tool.domain import moments, retention
from lti_tool.domain.cadences import Cadence
from lti_tool.domain.nudges import EnrolmentFacts
from lti_tool.domain.retention import RetentionWindow
from lti_tool.domain.schedules import PlannedStep

PLANNED, SENT, SKIPPED, CANCELLED = "planned", "sent", "skipped", "cancelled"
Name = tuple[str, int]


@dataclass
class Row:
    """A letter as the database keeps it."""

    due_at: datetime
    due_on: date
    last_on: date
    rank: int
    also: str | None
    status: str = PLANNED
    reason: str | None = None
    was_moved: bool = False

    def is_due(self, now: datetime) -> bool:
        return self.status == PLANNED and self.due_at <= now


@dataclass
class Training:
    """Somebody's part in one training."""

    cadence: Cadence
    facts: EnrolmentFacts
    answered_on: date | None = None
    has_joined: bool = False
    rows: dict[Name, Row] = field(default_factory=dict)

    def know(self, **changes: object) -> None:
        self.facts = replace(self.facts, **changes)

    @property
    def window(self) -> RetentionWindow:
        return retention.open_window(self.facts.anchor_on, self.facts.calendar)

    def refresh(self) -> None:
        """What follows from the rows and the dates."""
        over: dict[Name, date] = {}
        for (step, occurrence), row in self.rows.items():
            if row.status in (SENT, SKIPPED):
                over[step, occurrence] = row.due_on
                if row.also:
                    over[row.also, 1] = row.due_on
        answered = self.answered_on is not None and self.answered_on >= self.facts.anchor_on
        self.know(already_sent=over, answered_since_anchor=answered)


@dataclass(frozen=True)
class Letter:
    """A letter that went out. facts, window: as they were then. used_on: also that."""

    training: int
    names: tuple[Name, ...]
    at: datetime
    on: date
    last_on: date
    rank: int
    facts: EnrolmentFacts
    window: RetentionWindow

    @property
    def steps(self) -> list[str]:
        return [step for step, _ in self.names]

    @property
    def here(self) -> datetime:
        """When, by the clock on the wall."""
        return moments.local(self.at, self.facts.time_zone)


@dataclass(frozen=True)
class Planned:
    """A letter as it was planned, and when that was."""

    training: int
    step: PlannedStep
    planned_at: datetime
    facts: EnrolmentFacts
