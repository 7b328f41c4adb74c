"""A link to one's own words, for who leaves: mailed to their own address, shown by a press."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from lti_tool.models.archives import ArchiveLink
from lti_tool.models.people import Person
from lti_tool.models.tracks import Enrolment, EnrolmentStatus
from lti_tool.services import links
from tests.web.about_people import unpacked
from tests.web.archives import TASK, THEN, asked_for, person_of, the_letter, way, writer
from tests.web.follow import asking
from tests.web.own_addresses import OWN, confirmed, later
from tests.web.policies import directive
from tests.web.tables import dump


@pytest.fixture
def launched(campus):
    return writer(campus)


@pytest.fixture
def sanne(campus, launched):
    """What she asks of the tool, with an address of her own."""
    confirmed(campus, *launched)
    return asking(campus, "sanne")


@pytest.fixture
def sent(campus, sanne):
    return asked_for(campus, sanne)


def test_it_is_mailed_to_the_address_of_ones_own_and_nowhere_else(campus, sanne):
    page = sanne("mine/archive", ask="1")

    letter = the_letter(campus)

    assert letter.recipients == (OWN,)
    assert page.status_code == 303
    assert "Beklijf mailt de link naar het adres dat u gaf." in sanne("mine/archive").text
    assert not [word for word in (TASK, THEN, "Sanne", "Doorvragen") if word in letter.text + letter.subject]


def test_no_page_of_the_tool_and_no_table_holds_the_link(campus, sanne, sent):
    token = way(sent).rpartition("/")[2]

    assert token not in sanne("mine/archive").text + sanne("mine").text
    assert token not in repr(dump(campus.work))
    assert len(token) >= 43


def test_opening_it_shows_nothing_of_anybody_and_a_press_shows_all_that_she_wrote(campus, sent):
    looked, opened = campus.http.get(way(sent)), campus.http.post(way(sent))

    assert (looked.status_code, opened.status_code) == (200, 200)
    assert not [word for word in (TASK, THEN, "Sanne", "Doorvragen", OWN) if word in looked.text]
    assert all(words in opened.text for words in (TASK, THEN))


def test_the_file_is_that_of_ones_own_words(campus, sent):
    file = campus.http.post(way(sent), data={"file": "1"})

    page, export = unpacked(file)
    assert file.headers["Content-Disposition"] == 'attachment; filename="beklijf.zip"'
    assert (TASK in page, export["trainings"][0]["plan"]["then"]) == (True, THEN)


def test_it_opens_again_while_it_lives_and_its_owner_sees_the_day(campus, sanne, sent):
    before = sanne("mine/archive").text

    statuses = [campus.http.post(way(sent)).status_code for _ in range(3)]

    assert statuses == [200, 200, 200]
    assert "Voor het laatst geopend op" not in before
    assert "Voor het laatst geopend op" in sanne("mine/archive").text


def test_looking_ten_times_changes_nothing(campus, sent):
    url = way(sent)
    before = dump(campus.work)

    for path in ("", "/stop", "?file=1"):
        for method in ("GET", "HEAD") * 5:
            assert campus.http.request(method, url + path).status_code == 200

    assert dump(campus.work) == before


def test_every_answer_is_protected_like_all_behind_a_letter(campus, sent):
    url = way(sent)

    for answer in (campus.http.get(url), campus.http.post(url), campus.http.get(f"{url}/stop")):
        assert directive(answer, "frame-ancestors") == {"'none'"}
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "Set-Cookie" not in answer.headers


def test_who_left_the_organisation_still_reads_and_may_ask_anew_behind_a_mail(campus, sanne, sent):
    with campus.work.sessions.begin() as session:
        session.scalars(select(Enrolment)).one().status = EnrolmentStatus.LEFT
    again = re.search(r"/m/\S+/archive", sent.text)[0]

    with later(timedelta(days=91)):
        gone = campus.http.get(way(sent))
        asked = campus.http.post(again, data={"ask": "1"})
        letter = the_letter(campus)
        opened = campus.http.post(way(letter))

    assert (gone.status_code, asked.status_code, letter.recipients) == (410, 303, (OWN,))
    assert TASK in opened.text


def test_the_page_behind_a_mail_shows_nobodys_words_and_no_link(campus, sent):
    again = re.search(r"/m/\S+/archive", sent.text)[0]

    page = campus.http.get(again).text

    assert not [word for word in (TASK, THEN, OWN, "/a/") if word in page]
    assert "Uw link werkt tot" in page


@pytest.mark.parametrize("token", ["x", "x" * 43, "x" * 5000, "%F0%9F%8E%88", "%00"])
def test_what_was_never_made_opens_nothing(campus, sent, token):
    assert campus.http.get(f"/a/{token}").status_code in {404, 410}
    assert campus.http.post(f"/a/{token}").status_code in {404, 410}
    assert campus.http.post(f"/a/{token}/stop").status_code in {404, 405, 410}
    assert campus.http.get(way(sent)).status_code == 200


def test_a_link_for_something_else_opens_no_words(campus, sent):
    secret, row = campus.work.settings.secret_key.get_secret_value(), campus.only(ArchiveLink)
    tokens = [links.token(secret, purpose, row.delivery_id) for purpose in links.Purpose]
    tokens += [row.token_hash, str(row.id)]

    assert {campus.http.post(f"/a/{each}").status_code for each in tokens} == {410}


def test_what_somebody_takes_along_says_until_when_and_not_where(campus, sanne, sent):
    page, export = unpacked(sanne("mine/download"))

    token = way(sent).rpartition("/")[2]
    assert "Link naar uw woorden werkt tot" in page
    assert export["archive_link_until"]
    assert token not in f"{page}{export}"


def test_its_letter_and_pages_speak_the_language_of_its_owners_mails(campus, sanne):
    with campus.work.sessions.begin() as session:
        session.get_one(Person, person_of(campus).id).mail_locale = "en"
    sanne("mine/archive", ask="1")
    letter = the_letter(campus)

    pages = [
        campus.http.get(way(letter)),
        campus.http.post(way(letter)),
        campus.http.get(f"{way(letter)}/stop"),
    ]

    assert letter.subject == "A link to your own words"
    found = [re.search(r"<h1[^>]*>([^<]*)", page.text)[1] for page in pages]
    assert found == ["Your own words", "What you wrote", "Stop this link?"]


def test_the_log_says_what_was_done_and_never_which_link_or_whose(campus, sanne, caplog):
    caplog.set_level("INFO", "beklijf")
    sanne("mine/archive", ask="1")
    url = way(the_letter(campus))
    campus.http.post(url)
    campus.http.post(f"{url}/stop")
    campus.http.get(url)

    said = "\n".join(record.getMessage() for record in caplog.records)
    told = re.findall(r"archive\.\w+", said)
    assert told == ["archive.asked", "archive.opened", "archive.ended", "archive.refused"]
    assert not [word for word in (url.rpartition("/")[2], TASK, OWN, "Sanne") if word in said]
