"""Calendars, trainings and what happens in them, as Hypothesis draws them."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from lti_tool.domain import moments
from lti_tool.domain.nudges import EnrolmentFacts
from lti_tool.domain.paces import Pace
from lti_tool.domain.workdays import Period, WorkCalendar
from lti_tool.services import holidays
from tests.domain.enrolments import AMSTERDAM, CADENCES
from tests.domain.happenings import OFTEN, SOMETIMES, Event
from tests.domain.luck import Luck, drawn
from tests.domain.mailbox import World

# Four hundred days, with Christmas, Easter and King's Day: the clock goes back, forward and back again.
FIRST = date(2026, 10, 1)
YEARS = (2026, 2027, 2028)
HOLIDAYS = {
    chosen: frozenset[date]().union(*(holidays.dutch(year, chosen) for year in YEARS))
    for chosen in ("", "good_friday", "good_friday liberation_day")
}
ASKED = (("post.plan", "post.harvest", "post.yield"), ("pre.short", "mid.1", "mid.2"))
WEEK = timedelta(days=7)


def world(luck: Luck) -> World:
    """A person with one to three trainings at about the same time."""
    base = FIRST + timedelta(days=100 * luck.number(0, 3) + luck.number(0, 99))
    zone = luck.one_of(
        AMSTERDAM, AMSTERDAM, AMSTERDAM, "America/New_York", "Pacific/Auckland", "America/Curacao"
    )
    days = calendar(luck, base, HOLIDAYS[luck.one_of(*HOLIDAYS)])
    hour = luck.one_of(None, None, time(8), time(13, 30), time(17, 59), time(18), time(2, 30))
    trainings, happens = [], []
    for number in range(luck.number(1, 3)):
        facts = enrolment(luck, luck.day(base, 0, 20), days, zone, hour)
        trainings.append((CADENCES[luck.one_of("standard", "standard", *CADENCES)], facts))
        happens.append(Event(facts.joined_at, number, "join", 0))
        if luck.number(0, 1):
            made_at = moments.at(facts.anchor_on, time(15), zone)
            happens.append(Event(made_at, number, "plan", luck.number(0, 255)))
    happens += events(luck, base, len(trainings), zone)
    return World(tuple(trainings), tuple(happens), outage(luck, base))


def enrolment(
    luck: Luck, anchor_on: date, days: WorkCalendar, zone: str, hour: time | None
) -> EnrolmentFacts:
    """Somebody who did nothing yet, in a training of one to three meetings."""
    gap = luck.number(2, 9) * timedelta(days=1)
    meetings = tuple(anchor_on - gap * back for back in range(luck.number(0, 2), -1, -1))
    joined_on = luck.day(anchor_on, -35, 0) if luck.number(0, 3) else luck.day(anchor_on, 0, 16)
    parts = ASKED[0] + (ASKED[1] if luck.number(0, 1) else ())
    return EnrolmentFacts(
        anchor_on=anchor_on,
        calendar=days,
        time_zone=zone,
        joined_at=moments.at(joined_on, time(luck.number(6, 20), 5), zone),
        meetings=meetings if luck.number(0, 5) else (),
        days_known_on=luck.day(meetings[0], -30, 0),
        closes_on=luck.one_of(None, anchor_on + timedelta(days=60), anchor_on + timedelta(days=10)),
        parts=dict.fromkeys(parts, False),
        mail_hour=hour,
        pace=luck.one_of(*Pace),
    )


def events(luck: Luck, base: date, trainings: int, zone: str) -> Iterator[Event]:
    """Up to eight, over nine weeks."""
    for _ in range(luck.number(0, 8)):
        what = luck.one_of(*OFTEN) if luck.number(0, 2) else luck.one_of(*SOMETIMES)
        yield Event(
            at=moments.at(luck.day(base, -10, 55), time(luck.number(0, 23), 10), zone),
            training=luck.number(0, trainings - 1),
            what=what,
            number=luck.number(0, 255),
        )


def outage(luck: Luck, base: date) -> tuple[datetime, datetime]:
    """A time in which nothing is sent, mostly none."""
    began = moments.at(luck.day(base, -5, 30), time(luck.number(0, 23)), "UTC")
    return began, began + timedelta(hours=luck.one_of(0, 0, 0, 5, 30, 80, 200))


def calendar(luck: Luck, base: date, holidays: frozenset[date]) -> WorkCalendar:
    """A working week and leave."""
    free: tuple[tuple[int, ...], ...] = ((), (), (4,), (2,), (0, 4), (0, 1, 2), (1, 2, 3, 4))

    def leave() -> Period:
        first_on = luck.day(base, -3, 30)
        return Period(first_on, luck.day(first_on, 0, 22))

    return WorkCalendar(holidays, frozenset(luck.one_of(*free)), luck.some(2, leave))


worlds = drawn(world)
