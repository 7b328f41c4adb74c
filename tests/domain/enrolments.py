"""One enrolment of January 2027 without and with a plan, and its schedule in figures."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from config import content
from lti_tool.domain import cadences, moments, schedules
from lti_tool.domain.cadences import Cadence
from lti_tool.domain.nudges import EnrolmentFacts, SkipReason
from lti_tool.domain.schedules import Schedule
from lti_tool.domain.workdays import WorkCalendar

AMSTERDAM = "Europe/Amsterdam"
CADENCES = {path.stem: cadences.parse(content.read(path).raw) for path in content.cadences()}
STANDARD = CADENCES["standard"]
# The steps about the plan alone: what most tests of the window need.
ABOUT_THE_PLAN = replace(
    STANDARD,
    steps=tuple(
        step
        for step in STANDARD.steps
        if step.id in {"plan", "rehearse", "own_date", "check_in", "last_call"}
    ),
)
CHRISTMAS = {date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1)}
SPRING = {date(2027, 3, 28), date(2027, 3, 29), date(2027, 4, 27), date(2027, 5, 6), date(2027, 5, 17)}
HOLIDAYS = frozenset(CHRISTMAS | SPRING)

# No holidays: the window runs from Friday 15 to Thursday 28 January 2027, W+1 to W+10 being
# 15, 18, 19, 20, 21, 22, 25, 26, 27 and 28 January.
T0 = date(2027, 1, 14)
WITHOUT_PLAN = EnrolmentFacts(
    anchor_on=T0,
    calendar=WorkCalendar(HOLIDAYS),
    time_zone=AMSTERDAM,
    joined_at=datetime(2027, 1, 4, 12, tzinfo=UTC),
    parts={"post.plan": False},
)
WITH_PLAN = replace(WITHOUT_PLAN, plan_made_on=T0, own_on=date(2027, 1, 20))


def january(day: int, hour: int = 12, minute: int = 0) -> datetime:
    return moments.at(date(2027, 1, day), time(hour, minute), AMSTERDAM)


def days(schedule: Schedule) -> dict[str, int]:
    """The days of January 2027 on which steps come; what comes in February counts on."""
    return {step.step: (step.due_on - date(2026, 12, 31)).days for step in schedule.planned}


def reasons(schedule: Schedule) -> dict[str, SkipReason]:
    return {step.step: step.reason for step in schedule.left_out}


def plan(facts: EnrolmentFacts, now: datetime, cadence: Cadence = ABOUT_THE_PLAN) -> Schedule:
    return schedules.plan(cadence, facts, now=now)
