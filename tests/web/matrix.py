"""Who may read what, as `docs/who-may-read.md` says it for every address and everybody."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

TABLE = Path(__file__).parents[2] / "docs" / "who-may-read.md"
ADDRESS = re.compile(r"^`([A-Z, ]+) (/.*)`$")

ONES = {
    "draft_id", "note_id", "contact_id", "enrolment_id", "delivery_id", "activity_id", "track_id", "begun_as",
}  # fmt: skip
"""Parts of an address that name something of somebody, or of a training."""


class Gets(StrEnum):
    """What somebody gets at an address, by its sign in the tables."""

    WORDS = "R"
    NAME = "N"
    OPENS = "O"
    AT_TIMES = "o"
    REFUSED = "–"
    NOT_THERE = "?"
    GONE = "×"
    SIGN_IN = "S"
    KEY = "K"
    SAME = "="


LETS_IN = {Gets.WORDS, Gets.NAME, Gets.OPENS, Gets.AT_TIMES}
STATUS = {Gets.REFUSED: {403}, Gets.NOT_THERE: {404}, Gets.GONE: {410}, Gets.SIGN_IN: {303}, Gets.KEY: {401}}
OPENED = {200, 303, 400, 409, 422}
"""Of an address that lets somebody in: a page, the way to one, or what to mend in a form."""


@dataclass(frozen=True)
class Row:
    """One address. cells: what everybody gets, by the name of their column."""

    methods: frozenset[str]
    rule: str
    cells: dict[str, Gets]

    @property
    def names(self) -> set[str]:
        """The parts of the address that say which one."""
        return set(re.findall(r"<(?:[^<>]+:)?(\w+)>", self.rule)) & ONES

    @property
    def is_of_a_visit(self) -> bool:
        return self.rule.startswith("/v/")


def rows() -> Iterator[Row]:
    """The rows of all tables; raises ValueError for a sign that is none."""
    people: list[str] = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        columns = [column.strip() for column in line.strip("| ").split(" | ")]
        if columns[0] == "address":
            people = columns[2:]
        if address := ADDRESS.match(columns[0]):
            cells = {name: Gets(sign) for name, sign in zip(people, columns[2:], strict=True)}
            yield Row(frozenset(address[1].split(", ")), address[2], cells)
