"""When a group is counted: at fixed moments, once each, whoever looks and whether or not anybody does.

The figures of plans and of what gets in the way at W+6 and after the two weeks, as the cards for contacts
have them. The answers about the training once, when the last letter has come and may have been late. What
was said after a meeting on the morning of the last working day before the next one.

Nobody is counted in two groups for one thing (privacy 4). Each group has a ledger of its own; of 25 who were
told of and 24 of them in another group, the difference would be the one who stayed. So a group that somebody
comes into who may have been counted elsewhere is never counted for that: all that is told of the groups of a
training is then of people who have nobody in common, and there is nothing to subtract. The figures in and
after the two weeks count as one thing, since the second are of the same plans as the first.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from lti_tool.domain import digests, moments
from lti_tool.domain.digests import DigestFacts, DigestStep
from lti_tool.domain.workdays import DAY, WorkCalendar

# The last letter comes a month after the training, and may be late itself.
HARVEST_AFTER = timedelta(days=45)
AFTER_LAST_MEETING = timedelta(days=7)
# So long a moment that the machine slept through is made up for.
STAYS = timedelta(days=13)
LONGEST = HARVEST_AFTER + STAYS
ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)


class Moment(StrEnum):
    """What a group is counted for."""

    LEADER = "leader"  # W+6
    CLOSED = "closed"
    HARVEST = "harvest"
    MEETING = "meeting"
    QUARTER = "quarter"  # with all groups of its organisation that were over by then (`insights`)


FIGURES = (Moment.LEADER, Moment.CLOSED)


@dataclass(frozen=True)
class Group:
    """What decides when a group is counted.

    meetings: its days. looked_back: the meetings that are looked back on, counted from 1.
    """

    ends_on: date
    calendar: WorkCalendar
    time_zone: str
    meetings: Sequence[date] = ()
    looked_back: Collection[int] = ()


@dataclass(frozen=True)
class Slot:
    """One moment of one group. number: of a meeting, else 0. last_on: the last day to make up for it."""

    moment: Moment
    number: int
    due_at: datetime
    due_on: date
    last_on: date

    def is_due(self, now: datetime, zone: str) -> bool:
        """Whether it is to be counted now (calendar clock)."""
        return self.due_at <= now and moments.local(now, zone).date() <= self.last_on


def slots(group: Group) -> list[Slot]:
    """All moments of a group, in order."""
    found = (*_meetings(group), *_figures(group), _harvest(group))
    return sorted(found, key=lambda slot: slot.due_at)


def alike(moment: Moment, number: int) -> tuple[tuple[Moment, int], ...]:
    """All that counts the same answers as a moment does, with the number of the meeting."""
    return tuple((each, 0) for each in FIGURES) if moment in FIGURES else ((moment, number),)


def _figures(group: Group) -> Iterator[Slot]:
    """On the very day on which the cards go, and that decides as they do."""
    steps = (DigestStep.LEADER, DigestStep.CLOSED)
    for place in digests.places(DigestFacts(group.ends_on, group.calendar, group.time_zone, ALWAYS, steps)):
        yield Slot(Moment(place.step.value), 0, place.due_at, place.due_on, place.last_on)


def _harvest(group: Group) -> Slot:
    return _slot(group, Moment.HARVEST, 0, group.ends_on + HARVEST_AFTER, STAYS)


def _meetings(group: Group) -> Iterator[Slot]:
    days = sorted(group.meetings)
    for number in sorted(group.looked_back):
        if not 1 <= number <= len(days):
            continue
        held_on = days[number - 1]
        following = days[number] if number < len(days) else held_on + AFTER_LAST_MEETING
        before = group.calendar.before(following, 1)
        on = before if before is not None and before > held_on else following
        yield _slot(group, Moment.MEETING, number, on, max(following - on, 2 * DAY))


def _slot(group: Group, moment: Moment, number: int, on: date, stays: timedelta) -> Slot:
    return Slot(moment, number, moments.due_at(on, None, group.time_zone), on, on + stays)
