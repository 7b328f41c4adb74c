"""What the samples of pages share: a page, whose it is, and when."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from lti_tool.web.operators import Operator

TODAY = date(2026, 11, 13)
NOW = datetime(2026, 11, 13, 14, 5, tzinfo=UTC)
TITLE = "Helder schrijven voor inwoners"
VISIT = {"token": "v1", "person_name": "Samira Bakkali", "course_title": TITLE, "role": "learner"}
OPERATOR = Operator("Gemeente Waterhoek", "leren@waterhoek.example", "https://waterhoek.example/privacy")
AN_ID = UUID("00000000-0000-4000-8000-000000000001")


@dataclass(frozen=True)
class Page:
    """A page as one person sees it."""

    template: str
    shown: dict[str, Any] = field(default_factory=dict)
    name: str = ""

    def __str__(self) -> str:
        """For the name of a test."""
        return f"{self.template}{'-' if self.name else ''}{self.name}"
