"""Tables as a file of Excel: all text stays text."""

from collections.abc import Iterable
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from lti_tool.domain.tables import Table, Value, plain

MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What is written as text is never a formula, a link or a number, whatever it begins with.
AS_TEXT = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
NARROWEST, WIDEST = 10, 60
MOST_IN_A_CELL = 32_767


def as_xlsx(tables: Iterable[Table]) -> bytes:
    """A sheet for each table, whose heading stays in sight."""
    written = BytesIO()
    with Workbook(written, AS_TEXT) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for table in tables:
            sheet = book.add_worksheet(table.name)
            sheet.freeze_panes(1, 0)
            for number, row in enumerate((table.heading, *table.rows)):
                for column, value in enumerate(row):
                    _write(sheet, number, column, value, wrapped if number else bold)
            for column in range(len(table.heading)):
                sheet.set_column(column, column, _width(table, column))
    return written.getvalue()


def _write(sheet: Worksheet, row: int, column: int, value: Value, form: object) -> None:
    if isinstance(value, int):
        sheet.write_number(row, column, value, form)
    elif value is not None:
        sheet.write_string(row, column, plain(value)[:MOST_IN_A_CELL], form)


def _width(table: Table, column: int) -> int:
    cells = [str(row[column] or "") for row in (table.heading, *table.rows)]
    longest = max(len(line) for cell in cells for line in cell.split("\n"))
    return min(max(longest + 2, NARROWEST), WIDEST)
