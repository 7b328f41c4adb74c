"""What an adviser reads: what the ledger of the organisation holds, and nothing else."""

import re
from uuid import UUID

import pytest

from lti_tool.domain.figures import Share
from lti_tool.services import organisations
from tests.web.advisers import HOME, NL, Adviser
from tests.web.counted import BEFORE, NEWEST, Ledger
from tests.web.statements import counted
from tests.web.test_templates import Reader

NOT_THERE = UUID("00000000-0000-4000-8000-00000000beef")


@pytest.fixture
def signed_in(campus):
    campus.place()
    return Adviser(campus).appointed().signed_in()


@pytest.fixture
def ledger(campus, signed_in):
    return Ledger(campus)


@pytest.fixture
def look(campus, signed_in):
    def at(language="nl", **asked):
        return campus.http.get(HOME, params=asked, headers={**signed_in, "Accept-Language": language})

    return at


def cells(page):
    """The cells of all tables, by the heading of their row."""
    read, rows, now = Reader(page.text), {}, ""
    tags = [(tag, text) for tag, text in read.texts if text]
    for tag, text in tags:
        if tag in {"th", "a"}:
            now = text
        elif tag in {"td", "span"}:
            rows.setdefault(now, []).append(text)
    return rows


def test_before_anything_was_counted_it_says_when_that_will_be(look):
    page = look()

    assert page.status_code == 200
    assert "Hier staat straks elk kwartaal" in page.text
    assert "De volgende keer is op" in page.text
    assert "<table" not in page.text


def test_the_newest_quarter_comes_first_with_what_the_ledger_holds(look, ledger):
    for quarter, people in ((BEFORE, 30), (NEWEST, 64)):
        ledger.counted(quarter).told("people", "all", people, people, quarter)
    ledger.told("plan", "made", 41, 64)
    ledger.told("mails", "stopped", 6, 64)
    ledger.waited(3)

    page = look()

    assert "Kwartaal 3 van 2026. Beklijf telde dit op 1 oktober 2026." in page.text
    assert "64 mensen deden mee." in page.text
    assert cells(page)["Maakte een plan"][0] == "41 van 64"
    assert cells(page)["Stopte de mails"] == ["6 van 64"]
    assert "binnen 3 werkdagen" in page.text


def test_what_the_ledger_does_not_hold_is_said_to_be_too_small(look, ledger):
    ledger.counted().told("people", "all", 12, 12)

    assert cells(look())["Gebruikte het plan binnen twee weken"][0] == "te klein om te laten zien"


def test_a_quarter_of_which_nothing_may_be_told_says_so(look, ledger):
    ledger.counted()

    page = look()

    assert page.status_code == 200
    assert "In dit kwartaal deden hier te weinig mensen mee." in page.text


def test_an_earlier_quarter_is_a_link_away(look, ledger):
    for quarter, people in ((BEFORE, 30), (NEWEST, 64)):
        ledger.counted(quarter).told("people", "all", people, people, quarter)

    newest, earlier = look(), look(quarter=str(BEFORE))

    assert f"{HOME}?quarter=2026-Q2" in Reader(newest.text).values("href")
    assert "30 mensen deden mee." in earlier.text


def test_from_the_whole_one_goes_down_to_a_unit_and_to_its_training_and_back(look, ledger):
    unit_id, training_id = ledger.unit("Dienstverlening"), ledger.training("Helder schrijven")
    ledger.counted().told("people", "all", 40, 40)
    ledger.told("people", "all", 25, 25, unit_id=unit_id)
    ledger.told("people", "all", 11, 11, unit_id=unit_id, track_id=training_id)

    whole = look()
    unit = look(quarter="2026-Q3", unit=unit_id)
    training = look(quarter="2026-Q3", unit=unit_id, training=training_id)

    in_unit = f"{HOME}?quarter=2026-Q3&unit={unit_id}"
    assert in_unit in Reader(whole.text).values("href")
    assert "Helder schrijven" not in whole.text
    assert f"{in_unit}&training={training_id}" in Reader(unit.text).values("href")
    assert ("25 mensen deden mee." in unit.text, "11 mensen deden mee." in training.text) == (True, True)
    assert in_unit in Reader(training.text).values("href")


def test_a_training_leads_back_to_a_unit_of_which_itself_nothing_is_told(look, ledger):
    unit_id, training_id = ledger.unit("Dienstverlening"), ledger.training("Helder schrijven")
    ledger.counted().told("people", "all", 11, 11, unit_id=unit_id, track_id=training_id)

    unit = look(unit=unit_id)

    assert unit.status_code == 200
    assert "Helder schrijven" in unit.text
    assert "In dit kwartaal deden hier te weinig mensen mee." in unit.text


def test_trainings_of_one_name_are_told_apart(look, ledger):
    ledger.counted()
    for _ in range(2):
        ledger.told("people", "all", 11, 11, track_id=ledger.training("Helder schrijven"))

    page = look()

    assert {"Helder schrijven · 1", "Helder schrijven · 2"} <= set(cells(page))


def test_the_same_obstacles_stand_beside_each_other_before_during_and_after(look, ledger):
    ledger.counted()
    ledger.in_words("before", "time", Share.MOST)
    ledger.in_words("after", "time", Share.FEW)

    row = cells(look())["Te weinig tijd"]

    assert [word for word in row if word not in {"Vooraf", "Tijdens", "Achteraf"}][:3] == [
        "de meeste mensen",
        "niet te zien",
        "een paar mensen",
    ]


def test_who_answered_each_mail_stands_in_words(look, ledger):
    ledger.counted().answered("own_date", Share.MOST)

    page = look()

    assert cells(page)["Eigen dag"] == ["de meeste mensen"]
    assert "Mails die iets vragen" in page.text


def test_what_the_organisation_can_take_away_comes_with_what_a_manager_can_do(look, ledger):
    ledger.counted().in_words("after", "time")

    page = look(language="en")

    assert "What the organisation can take away" in page.text
    assert "This week, set aside half an hour together and plan nothing over it." in page.text


@pytest.mark.parametrize(
    "asked",
    [{"quarter": "2026-Q1"}, {"quarter": "nu"}, {"unit": "x"}, {"unit": NOT_THERE}, {"training": NOT_THERE}],
    ids=str,
)
def test_what_was_never_told_is_not_there(look, ledger, asked):
    ledger.counted().told("people", "all", 12, 12)

    assert look(**asked).status_code == 404


def test_nothing_of_another_organisation_is_there(campus, look, ledger):
    with campus.work.sessions.begin() as session:
        organisations.add(session, "other", "Andere gemeente", "Europe/Amsterdam", campus.work.now().real)
    theirs = Ledger(campus, "other").counted()
    unit_id = theirs.unit("Belastingen")
    theirs.told("people", "all", 77, 77)
    theirs.told("people", "all", 77, 77, unit_id=unit_id)
    ledger.counted(BEFORE).told("people", "all", 12, 12, BEFORE)

    page = look()

    assert "77" not in page.text
    assert "12 mensen deden mee." in page.text
    assert look(quarter=str(NEWEST)).status_code == 404
    assert look(unit=unit_id, quarter=str(BEFORE)).status_code == 404


def test_the_other_language_stays_where_one_goes_on(campus, ledger, signed_in):
    ledger.counted().told("people", "all", 25, 25, unit_id=ledger.unit("Dienstverlening"))

    page = campus.http.get(f"{HOME}?lang=en", headers={**signed_in, **NL})

    assert "Figures of your organisation" in page.text
    assert all("lang=en" in url for url in Reader(page.text).values("href") if url.startswith(f"{HOME}?"))


def test_it_reads_the_ledger_alone_however_much_that_holds(look, ledger):
    unit_id = ledger.unit("Dienstverlening")
    for quarter in (BEFORE, NEWEST):
        ledger.counted(quarter).told("people", "all", 60, 60, quarter)

    def statements(count):
        for number in range(count):
            training_id = ledger.training(f"Training {number}")
            ledger.told("people", "all", 11, 11, unit_id=unit_id, track_id=training_id)
            ledger.told("people", "all", 11, 11, track_id=training_id)
        with counted() as sent:
            assert look().status_code == 200
        return sent

    few, many = statements(1), statements(30)

    assert len(few) == len(many)
    people = ("person", "enrolment", "cohort", "plan", "answer", "check_in")
    assert [table for table in people if re.search(rf"(FROM|JOIN) {table}\b", " ".join(many))] == []
