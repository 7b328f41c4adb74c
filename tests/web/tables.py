"""What stands in the tables, whole: to see that something changed nothing."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from lti_tool.models.base import Base
from lti_tool.rounds.workplace import Workplace

PEOPLES = {"person", "course", "resource_link", "membership", "visit", "reflection", "enrolment", "answer"}
"""The tables into which a refused launch may write nothing."""

Dump = dict[str, list[tuple[Any, ...]]]


def dump(work: Workplace, only: Iterable[str] | None = None) -> Dump:
    """All rows of all tables, or of some; a plain comparison says whether anything changed."""
    wanted = None if only is None else set(only)
    with work.reading() as session:
        return {
            table.name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
            for table in Base.metadata.sorted_tables
            if wanted is None or table.name in wanted
        }
