"""Tables to take along, and how they become a file that any spreadsheet opens and none works out.

What a spreadsheet takes for a formula, it runs: a name such as `=HYPERLINK(…)` would then send what
stands beside it elsewhere. So such a value gets an apostrophe before it (OWASP, "CSV Injection").
"""

import csv
import unicodedata
from dataclasses import dataclass
from io import StringIO

Value = str | int | None

# The signs that begin a formula, the wide ones of East Asian keyboards among them.
BEGIN_A_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
KEPT_CONTROLS = frozenset("\n\t")
# These turn the direction of what follows, also in the next cell.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
NOT_SEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
DELIMITER = ";"


@dataclass(frozen=True)
class Table:
    """Rows under a heading. name: of its sheet; at most 31 characters, as Excel has it.

    file: what it is called as a file of its own, in letters that any system takes.
    """

    name: str
    heading: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    file: str = ""


def plain(text: str) -> str:
    """The same without characters that no file may hold, or that turn the direction of what follows."""
    ended = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        c
        for c in ended
        if c in KEPT_CONTROLS or (unicodedata.category(c) not in {"Cc", "Cs"} and c not in TURNING)
    )


def harmless(text: str) -> str:
    """The same, with an apostrophe before what a spreadsheet would take for a formula.

    Also where only spaces and signs that nobody sees stand before it: some programs leave those out.
    """
    kept = plain(text)
    seen = next((c for c in kept if unicodedata.category(c) not in NOT_SEEN), "")
    return f"'{kept}" if kept.startswith(BEGIN_A_FORMULA) or seen in BEGIN_A_FORMULA else kept


def as_csv(table: Table) -> bytes:
    """The table as UTF-8 with a mark at its beginning, without which Excel reads it as another alphabet."""
    written = StringIO()
    # All text is quoted, so that no sign in it ends it.
    out = csv.writer(written, delimiter=DELIMITER, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    out.writerows([_cell(value) for value in row] for row in (table.heading, *table.rows))
    return written.getvalue().encode("utf-8-sig")


def _cell(value: Value) -> str | int:
    if value is None:
        return ""
    return harmless(value) if isinstance(value, str) else value
