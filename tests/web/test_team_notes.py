"""What a team says at a value check: noted and read behind the card of a contact alone, and gone in time."""

import sqlite3
from contextlib import closing
from datetime import date, timedelta

import pytest

from lti_tool.models.contacts import Contact, ContactStatus
from lti_tool.models.deliveries import Delivery
from lti_tool.models.people import Mailbox
from lti_tool.models.team_notes import TeamNote
from lti_tool.rounds import retention
from lti_tool.services.links import Purpose
from tests import following
from tests.factories import ENDED_ON
from tests.following import MONDAY
from tests.web.campus import TRAINER
from tests.web.follow import asking, letters, set_up, token
from tests.web.mail import link

WORDS = {"brought": "zebraopbrengst", "agreed": "zebraafspraak", "next_on": ""}


@pytest.fixture
def where(campus):
    made = set_up(campus)
    with campus.work.sessions.begin() as session:
        following.confirmed(session, made, now=campus.work.now())
    return made


@pytest.fixture
def checks(campus, where):
    """The days of the value checks."""
    rows = [row for row in campus.all(Delivery) if row.step == "value_check"]
    return sorted(row.due_on for row in rows)


def notes_of(campus, day):
    (letter,) = letters(campus, day, 10)
    return link(letter, "/o/").partition("?")[0] + "/value-check"


def test_what_is_noted_stands_there_and_at_the_next_value_check(campus, checks):
    first = notes_of(campus, checks[0])
    kept = campus.http.post(first, data={**WORDS, "next_on": f"{checks[1]:%d-%m-%Y}"})
    again = campus.http.get(first).text

    later = notes_of(campus, checks[1])
    page = campus.http.get(later).text

    assert kept.status_code == 303
    assert all(word in again for word in ("zebraopbrengst", "zebraafspraak"))
    assert all(word in page for word in ("Een eerdere keer", "zebraopbrengst", "zebraafspraak"))
    assert campus.http.get(later.removesuffix("/value-check")).text.count("zebra") == 0


def test_above_each_text_stands_who_reads_it(campus, checks):
    page = campus.http.get(notes_of(campus, checks[0])).text

    assert page.count("Alleen wie deze link heeft, leest dit. De trainer niet.") == 2


def test_looking_keeps_nothing(campus, checks):
    url = notes_of(campus, checks[0])

    campus.http.get(url)

    assert campus.all(TeamNote) == []


def test_the_words_stand_nowhere_in_the_bytes_of_the_stores(campus, checks, tmp_path):
    campus.http.post(notes_of(campus, checks[0]), data=WORDS)

    with closing(sqlite3.connect(tmp_path / "beklijf.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    stored = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(b"zebra" in content for content in stored)


def test_neither_the_trainer_nor_a_mail_holds_a_word_of_it(campus, where, checks):
    campus.http.post(notes_of(campus, checks[0]), data=WORDS)
    trainer = asking(campus, TRAINER)

    pages = [trainer(path).text for path in ("", "contacts", "before", "after", "during")]
    mails = [letter.source for letter in letters(campus, checks[1], 10)]

    assert not any("zebra" in str(each) for each in [*pages, *mails])


def test_a_text_that_is_too_long_is_still_there_and_nothing_is_kept(campus, checks):
    url = notes_of(campus, checks[0])

    answer = campus.http.post(url, data={**WORDS, "agreed": "zebra" * 300})

    assert answer.status_code == 422
    assert "zebra" * 300 in answer.text
    assert campus.all(TeamNote) == []


def test_of_two_windows_the_second_sees_what_the_first_kept(campus, checks):
    url = notes_of(campus, checks[0])
    campus.http.post(url, data=WORDS)

    answer = campus.http.post(url, data={"brought": "zebraanders", "agreed": "", "filled_from": "older"})

    assert answer.status_code == 409
    assert all(word in answer.text for word in ("zebraanders", "zebraopbrengst"))


@pytest.mark.parametrize("sent", [{"remove": "1"}, {"brought": "", "agreed": "", "next_on": ""}])
def test_notes_that_are_removed_go_with_their_key(campus, checks, sent):
    url = notes_of(campus, checks[0])
    campus.http.post(url, data=WORDS)
    (note,) = campus.all(TeamNote)

    campus.http.post(url, data=sent)

    assert campus.all(TeamNote) == []
    assert campus.work.keyring.there([note.key_id]) == []


def test_who_is_taken_back_by_the_trainer_leaves_no_notes_and_no_key(campus, where, checks):
    url = notes_of(campus, checks[0])
    campus.http.post(url, data=WORDS)
    (note,) = campus.all(TeamNote)

    asking(campus, TRAINER)(f"contacts/{campus.only(Contact).id}/remove", x="y")

    assert campus.all(TeamNote) == []
    assert campus.work.keyring.there([note.key_id]) == []
    assert campus.http.get(url).status_code == 410


def test_who_asks_to_be_forgotten_leaves_no_name_no_address_no_notes_and_no_key(campus, checks):
    url = notes_of(campus, checks[0])
    campus.http.post(url, data=WORDS)
    (note,) = campus.all(TeamNote)
    stop = f"{url.removesuffix('value-check')}stop"
    campus.http.post(stop, data={"stop": "1"})

    answer = campus.http.post(stop, data={"forget": "1"})

    assert answer.status_code == 200
    assert "Uw naam en adres zijn hier weg" in answer.text
    assert campus.all(TeamNote) == []
    assert campus.work.keyring.there([note.key_id]) == []
    assert campus.only(Contact).status is ContactStatus.REMOVED
    mailbox = next(row for row in campus.all(Mailbox) if row.id == campus.only(Contact).mailbox_id)
    assert mailbox.address is None
    assert campus.http.get(stop).status_code == 410


def test_notes_go_once_the_last_card_opens_no_more(campus, checks):
    campus.http.post(notes_of(campus, checks[-1]), data=WORDS)
    (note,) = campus.all(TeamNote)
    campus.go_to(ENDED_ON + timedelta(days=500))

    retention.run(campus.work, now=campus.work.now())

    assert campus.all(TeamNote) == []
    assert campus.work.keyring.there([note.key_id]) == []


def test_behind_a_card_that_closed_meanwhile_what_was_typed_stands_to_copy(campus, checks):
    url = notes_of(campus, checks[0])
    campus.go_to(checks[0] + timedelta(days=61))

    answer = campus.http.post(url, data=WORDS)

    assert answer.status_code == 410
    assert "zebraopbrengst" in answer.text
    assert campus.all(TeamNote) == []


def test_a_card_that_asks_for_no_value_check_has_no_room_for_notes(campus, where):
    (letter,) = letters(campus, MONDAY, 9)
    url = link(letter, "/o/").partition("?")[0]

    assert campus.http.get(url).status_code == 200
    assert campus.http.get(f"{url}/value-check").status_code == 410


def test_the_manager_of_one_person_has_no_room_for_notes_of_a_team(campus, where):
    with campus.work.sessions.begin() as session:
        (who,) = following.group(session, where, 1)
        following.confirmed(session, where, who, address="ineke@gemeente.example", now=campus.work.now())
    campus.go_to(date(2026, 12, 14), 9)
    campus.deliver()
    row = next(row for row in campus.all(Delivery) if row.step == "leader")

    answer = campus.http.get(f"/o/{token(campus, Purpose.CARD, row.id)}/value-check")

    assert answer.status_code == 410
