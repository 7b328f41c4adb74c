"""`docs/conformance.md` names tests that are there."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"`(?P<path>tests/[\w/]+\.py)?(?:::(?P<test>test_\w+))?(?:\[[^`]*\])?(?: -k [^`]*)?`")
STATES = ("done", "partly", "not done", "not needed")


def rows() -> Iterator[list[str]]:
    """The cells of each row of each table, without headings."""
    for line in (ROOT / "docs/conformance.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("| ").split(" | ")]
        if line.startswith("| ") and cells[0] not in {"what", "platform"}:
            yield cells


def named_tests() -> Iterator[tuple[str, str | None]]:
    """Each file, and the test in it if one is named; a name alone is of the file before it."""
    for cells in rows():
        path = ""
        for found in NAMED.finditer(cells[-1]):
            path = found["path"] or path
            if found["path"] or found["test"]:
                yield path, found["test"]


def test_every_test_that_the_table_names_is_there() -> None:
    missing = []
    for path, test in named_tests():
        file = ROOT / path
        if not file.is_file() or (test and f"def {test}(" not in file.read_text()):
            missing.append(f"{path}::{test}")

    assert missing == []


def test_every_row_says_its_state() -> None:
    without = [cells for cells in rows() if not any(cell.startswith(STATES) for cell in cells[1:])]

    assert without == []
    assert len(list(rows())) > 50
