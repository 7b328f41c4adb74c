"""A mailbox over some months, in memory: several trainings, and all that happens in them.

The rules are the tool's own: they plan, decide, give way and move on. What stands around them is as short as
can be: rows in a dictionary, a clock that leaps from one moment to the next, and a person who does things.
"""

from dataclasses import dataclass
from datetime import date, datetime

from lti_tool.domain import budget, moments, nudges, schedules
from lti_tool.domain.budget import Coming
from lti_tool.domain.cadences import Cadence
from lti_tool.domain.nudges import Due, EnrolmentFacts, Send, Skip, SkipReason, Wait
from lti_tool.domain.schedules import LeftOut, Schedule, Standing
from tests.domain.happenings import HAPPENS, OF_THE_PERSON, Event
from tests.domain.trainings import CANCELLED, PLANNED, SENT, SKIPPED, Letter, Name, Planned, Row, Training


@dataclass(frozen=True)
class World:
    """All that is drawn. off: while the machine that sends is off."""

    trainings: tuple[tuple[Cadence, EnrolmentFacts], ...]
    events: tuple[Event, ...]
    off: tuple[datetime, datetime]


class Mailbox:
    """What came of a world: which letters were planned, and which went out."""

    def __init__(self, world: World) -> None:
        self.trainings = [Training(cadence, facts) for cadence, facts in world.trainings]
        self.sent: list[Letter] = []
        self.planned: list[Planned] = []
        self.last: dict[int, Schedule] = {}
        self._off = world.off
        self._days: set[date] = set()
        self._slots: dict[str, set[int]] = {}
        self._live(sorted(world.events, key=lambda event: event.at))

    def of(self, training: int) -> list[Letter]:
        """The letters of one training, in the order in which they went."""
        return [letter for letter in self.sent if letter.training == training]

    def _live(self, events: list[Event]) -> None:
        for event in events:
            self._send_until(event.at)
            HAPPENS[event.what](self.trainings, event)
            for number in range(len(self.trainings)):
                if event.what in OF_THE_PERSON or number == event.training:
                    self._replan(number, event.at)
        self._send_until(None)

    def _replan(self, number: int, now: datetime) -> None:
        """As `services.nudges.replan` does it."""
        training = self.trainings[number]
        if not training.has_joined:
            return
        training.refresh()
        schedule = schedules.plan(training.cadence, training.facts, now=now)
        self.last[number] = schedule
        for step in schedule.planned:
            row = training.rows.get((step.step, step.occurrence))
            if row is None or row.status in (PLANNED, CANCELLED):
                self.planned.append(Planned(number, step, now, training.facts))
                training.rows[step.step, step.occurrence] = Row(
                    step.due_at, step.due_on, step.last_on, step.rank, step.also
                )
        left_out = {(each.step, each.occurrence): each for each in schedule.left_out}
        for name, row in training.rows.items():
            if row.status != PLANNED:
                continue
            if name in left_out:
                _leave_out(row, left_out[name], now)
            elif name not in schedule.names:
                row.status, row.reason = CANCELLED, SkipReason.NOT_IN_CADENCE

    def _send_until(self, end: datetime | None) -> None:
        while (now := self._next_round()) is not None and (end is None or now < end):
            due = [
                (row.due_at, row.rank, number, name)
                for number, training in enumerate(self.trainings)
                for name, row in training.rows.items()
                if row.is_due(now)
            ]
            for _, _, number, name in sorted(due):
                self._decide(number, name, now)

    def _next_round(self) -> datetime | None:
        due = [row.due_at for each in self.trainings for row in each.rows.values() if row.status == PLANNED]
        if not due:
            return None
        began, ended = self._off
        return ended if began <= min(due) < ended else min(due)

    def _decide(self, number: int, name: Name, now: datetime) -> None:
        """As `rounds.nudge_letters` does it."""
        training = self.trainings[number]
        row = training.rows[name]
        training.refresh()
        due = Due(name[0], name[1], row.last_on)
        decision = nudges.decide(training.cadence, training.facts, due, now=now)
        today = moments.local(now, training.facts.time_zone).date()
        if isinstance(decision, Send) and not self._take(row, today):
            decision = nudges.move_on(training.facts, due, now=now)
        match decision:
            case Send():
                row.status = SENT
                names = (name, (row.also, 1)) if row.also else (name,)
                self.sent.append(
                    Letter(number, names, now, today, row.last_on, row.rank, training.facts, training.window)
                )
            case Wait(until=until):
                assert until > now
                row.due_at, row.was_moved = until, True
                row.due_on = moments.local(until, training.facts.time_zone).date()
            case Skip(reason=reason):
                row.status, row.reason = SKIPPED, reason

    def _take(self, row: Row, on: date) -> bool:
        """As `services.budgets.Book` does it."""
        taken = self._slots.setdefault(budget.iso_week(on), set())
        slot = budget.free_slot(row.rank, taken)
        if on in self._days or slot is None:
            return False
        others = [
            Coming(other.rank, other.due_on)
            for training in self.trainings
            for other in training.rows.values()
            if other.status == PLANNED and other is not row
        ]
        if budget.gives_way(row.rank, on, others, taken):
            return False
        self._days.add(on)
        taken.add(slot)
        return True


def _leave_out(row: Row, left_out: LeftOut, now: datetime) -> None:
    reason = schedules.given_up(left_out, Standing(row.due_at, row.due_on, row.was_moved), now=now)
    if reason is not None:
        row.status, row.reason = CANCELLED, reason
    elif left_out.last_on is not None:
        row.last_on = left_out.last_on
