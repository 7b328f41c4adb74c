"""What stands in a file that somebody took along."""

import csv
import re
from html import unescape
from io import BytesIO, StringIO
from zipfile import ZipFile


def rows_of_csv(answer):
    """The rows of a CSV, as a spreadsheet takes them."""
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def parts_of_xlsx(answer):
    """The parts of an Excel file by name."""
    with ZipFile(BytesIO(answer.content)) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist()}


def texts_of_xlsx(answer):
    """All texts in the cells of an Excel file."""
    shared = parts_of_xlsx(answer)["xl/sharedStrings.xml"]
    return [unescape(text) for text in re.findall(r"<t[^>]*>([^<]*)</t>", shared)]
