"""What people type: texts without what no text needs, and days."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from lti_tool.web.problems import Problem, ProblemKind

# A day that somebody types lies in a year or two: anything else is a slip of the finger.
TYPED_DAYS_BACK = timedelta(days=366)
TYPED_DAYS_AHEAD = timedelta(days=731)
EXAMPLE_AHEAD = timedelta(days=14)

DAY_FIRST = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


@dataclass(frozen=True)
class Span:
    """The days between which a typed day lies, and one of them to show how to write it."""

    first: date
    last: date
    example: date

    @classmethod
    def around(cls, today: date) -> "Span":
        """What is likely for somebody who types a day."""
        return cls(today - TYPED_DAYS_BACK, today + TYPED_DAYS_AHEAD, _example(today))

    def problem_with(self, typed: str) -> Problem | None:
        """What there is to mend about a day that was typed."""
        day = parse_day(typed)
        if day is None:
            return Problem(ProblemKind.NO_DATE, example=self.example)
        if not self.first <= day <= self.last:
            return Problem(ProblemKind.DAY_OUTSIDE, first=self.first, last=self.last)
        return None


def _example(today: date) -> date:
    """A coming day with a number that is no month's, so that nobody wonders which comes first."""
    day = today + EXAMPLE_AHEAD
    return day if day.day > 12 else day.replace(day=13)


def clean_text(text: str) -> str:
    """Text of several lines, with plain line ends and without control characters."""
    plain = LINE_ENDS.sub("\n", text)
    return "".join(c for c in plain if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"}).strip()


def clean_line(text: str) -> str:
    """Text of one line; whatever white space it holds becomes single spaces."""
    return " ".join(clean_text(text).split())


def parse_day(typed: str) -> date | None:
    """A day typed as 3-11-2026, 3/11/2026, 3.11.2026 or 2026-11-03; None when it is none."""
    typed = typed.strip()
    if found := DAY_FIRST.fullmatch(typed):
        day, month, year = found.groups()
    elif found := YEAR_FIRST.fullmatch(typed):
        year, month, day = found.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def write_day(day: date) -> str:
    """A day as people type it: 3-11-2026."""
    return f"{day.day}-{day.month}-{day.year}"
