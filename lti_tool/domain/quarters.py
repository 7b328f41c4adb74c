"""Quarters of a year, in which an organisation is counted."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from lti_tool.domain.workdays import DAY

MONTHS = 3
WRITTEN = re.compile(r"([1-9][0-9]{3})-Q([1-4])", re.ASCII)


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter of a calendar year. number: 1 to 4."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Self:
        """The quarter that a day is in."""
        return cls(day.year, (day.month - 1) // MONTHS + 1)

    @classmethod
    def read(cls, text: str) -> Self:
        """The quarter in a text like 2026-Q4; raises ValueError."""
        found = WRITTEN.fullmatch(text)
        if found is None:
            raise ValueError(text)
        return cls(int(found[1]), int(found[2]))

    @property
    def first_on(self) -> date:
        """Its first day."""
        return date(self.year, (self.number - 1) * MONTHS + 1, 1)

    @property
    def last_on(self) -> date:
        """Its last day."""
        following = date(self.year + self.number // 4, self.number % 4 * MONTHS + 1, 1)
        return following - DAY

    @property
    def after(self) -> Self:
        """The quarter that follows."""
        return type(self).of(self.last_on + DAY)

    @property
    def before(self) -> Self:
        """The quarter before it."""
        return type(self).of(self.first_on - DAY)

    def __str__(self) -> str:
        """As it is stored: 2026-Q4."""
        return f"{self.year}-Q{self.number}"
