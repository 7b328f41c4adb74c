"""What the samples of pages share: a page, whose it is, when, and what is to come."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from lti_tool.domain.instruments import Instrument
from lti_tool.domain.paces import Pace
from lti_tool.services import catalogue
from lti_tool.services.coming import Coming
from lti_tool.web.item_fields import DayTile
from lti_tool.web.operators import Operator

TODAY = date(2026, 11, 13)
NOW = datetime(2026, 11, 13, 14, 5, tzinfo=UTC)
TITLE = "Helder schrijven voor inwoners"
VISIT = {"token": "v1", "person_name": "Samira Bakkali", "course_title": TITLE, "role": "learner"}
VISIT |= {"trial": None, "link_id": None}
OPERATOR = Operator("Gemeente Waterhoek", "leren@waterhoek.example", "https://waterhoek.example/privacy")
AN_ID = UUID("00000000-0000-4000-8000-000000000001")
COURSE = "/course"
AROUND = {"title": TITLE, "course_url": COURSE, "preferences_url": "/m/t2"}


@dataclass(frozen=True)
class Page:
    """A page as one person sees it."""

    template: str
    shown: dict[str, Any] = field(default_factory=dict)
    name: str = ""

    def __str__(self) -> str:
        """For the name of a test."""
        return f"{self.template}{'-' if self.name else ''}{self.name}"


def instrument(key: str) -> Instrument:
    """An instrument of the catalogue, as it is."""
    return catalogue.load().latest(key)


def days() -> list[DayTile]:
    """Ten weekdays over the end of a month, with every kind of day."""
    weekdays = [date(2026, 11, 19) + timedelta(days=n) for n in range(14)]
    why = {0: "past", 1: "past", 2: "today", 4: "free_day", 6: "holiday"}
    found = [day for day in weekdays if day.weekday() < 5]
    return [DayTile(day, n not in why, why.get(n, ""), is_late=n > 6) for n, day in enumerate(found)]


def letters() -> list[Coming]:
    """What is still to come, with a reason that the schedule gives."""
    plan = [("own_date", "own_date", 16), ("check_in", "after_own_date", 19), ("last_call", "last_day", 24)]
    return [Coming(step, 1, date(2026, 11, on), why, TITLE, Pace.TOGETHER) for step, why, on in plan]
