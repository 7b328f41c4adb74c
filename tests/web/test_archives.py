"""A link to one's own words, for who leaves: mailed to their own address, shown by a press, ended with it."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from lti_tool.domain.bounces import Report, Told
from lti_tool.models.archives import ArchiveLink
from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.people import MailboxStatus, Person
from lti_tool.models.tracks import Enrolment, EnrolmentStatus
from lti_tool.rounds import erasing, retention
from lti_tool.services import archive_links, bounces, links, platforms
from lti_tool.services.bounces import Outcome
from tests.web.about_people import unpacked
from tests.web.campus import LOOK_BACK, write
from tests.web.follow import ONE_CLICK, asking
from tests.web.mail import link
from tests.web.own_addresses import COURSE, OWN, SANNE, change, choosing, confirmed, later
from tests.web.policies import directive
from tests.web.tables import dump

TASK, THEN = "de brief over het terras", "vraag ik eerst door"
GONE = "Deze link werkt niet meer"


@pytest.fixture
def launched(campus):
    """A learner who wrote something, and the page she is on."""
    campus.place()
    browser, page = campus.open("sanne")
    return browser, write(browser, page)


@pytest.fixture
def sanne(campus, launched):
    """What she asks of the tool, with an address of her own."""
    confirmed(campus, *launched)
    return asking(campus, "sanne")


@pytest.fixture
def sent(campus, sanne):
    """The letter with a link that she asked for."""
    assert sanne("mine/archive", ask="1").status_code == 303
    return the_letter(campus)


def the_letter(campus):
    (letter,) = [one for one in campus.deliver() if "/a/" in one.text]
    return letter


def way(letter):
    """Where a letter leads."""
    return link(letter, "/a/").removesuffix("/stop")


def person_of(campus):
    return next(one for one in campus.all(Person) if one.sub == SANNE)


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


@pytest.mark.parametrize(("days", "status"), [(89.9, 200), (90.1, 410)])
def test_it_lives_for_ninety_days(campus, sent, days, status):
    with later(timedelta(days=days)):
        assert [campus.http.request(how, way(sent)).status_code for how in ("GET", "POST")] == [status] * 2


def take_address_back(campus, _sanne, launched, _sent):
    browser, _ = launched
    page = browser.launch(LOOK_BACK)
    browser.submit(choosing(browser, page), button="Adres uit leeromgeving gebruiken")


def give_another(campus, _sanne, launched, _sent):
    browser, _ = launched
    confirmed(campus, browser, browser.launch(LOOK_BACK), "nieuw@thuis.example")


def end_in_the_tool(_campus, sanne, _launched, _sent):
    sanne("mine/archive", end="1")


def end_behind_it(campus, _sanne, _launched, sent):
    assert "Uw link is gestopt" in campus.http.post(f"{way(sent)}/stop").text


def have_it_come_back(campus, _sanne, _launched, sent):
    report = Report(sent.message_id, (Told("failed", "5.1.1", addresses=(OWN,)),))
    with campus.work.sessions.begin() as session:
        named = campus.work.keyring.named
        assert bounces.record(session, report, named, campus.work.now()) is Outcome.REFUSED
    # The next who has the address says that it works again.
    change(campus, OWN, MailboxStatus.OPEN)


def erase(campus, _sanne, _launched, _sent):
    erasing.erase(campus.work, person_of(campus).id, now=campus.work.now())
    assert campus.all(ArchiveLink) == []


def lose_the_key(campus, _sanne, _launched, _sent):
    campus.work.keyring.forget(person_of(campus).key_id)


@pytest.mark.parametrize(
    "end",
    [take_address_back, give_another, end_in_the_tool, end_behind_it, have_it_come_back, erase, lose_the_key],
)
def test_it_ends_with_its_address_its_owner_and_its_owners_word(campus, launched, sanne, sent, end):
    end(campus, sanne, launched, sent)

    answer = campus.http.post(way(sent))

    assert answer.status_code == 410
    assert GONE in answer.text
    assert TASK not in answer.text


def test_an_address_that_wants_no_mail_keeps_its_link_and_gets_no_other(campus, sanne, sent):
    change(campus, OWN, MailboxStatus.STOPPED)

    with later(timedelta(days=1)):
        page = asking(campus, "sanne")("mine/archive")

    assert TASK in campus.http.post(way(sent)).text
    assert "Beklijf kan u nu geen mail sturen, dus ook geen link." in page.text


def test_it_outlives_the_registration_of_the_lms(campus, sent):
    with campus.work.sessions.begin() as session:
        platforms.remove(session.merge(campus.platform))

    assert TASK in campus.http.post(way(sent)).text


def test_one_is_mailed_a_day_however_often_and_wherever_it_is_asked(campus, sanne, sent):
    again = re.search(r"/m/\S+/archive", sent.text)[0]

    for _ in range(3):
        sanne("mine/archive", ask="1")
        campus.http.post(again, data={"ask": "1"})
    sanne("mine/archive", end="1")
    sanne("mine/archive", ask="1")

    assert campus.deliver() == []
    assert "Uw link is gestopt. Morgen kunt u een andere vragen." in sanne("mine/archive").text


@pytest.mark.database
def test_of_many_who_ask_at_once_one_is_mailed(campus, sanne):
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: sanne("mine/archive", ask="1"), range(4)))

    assert {answer.status_code for answer in answers} == {303}
    assert len([one for one in campus.deliver() if "/a/" in one.text]) == 1


def test_a_new_link_ends_the_one_before_once_its_letter_goes(campus, sanne, sent):
    with later(timedelta(days=1)):
        asking(campus, "sanne")("mine/archive", ask="1")
        until_then = campus.http.post(way(sent)).status_code
        letter = the_letter(campus)

        assert [campus.http.post(way(each)).status_code for each in (sent, letter)] == [410, 200]
    assert until_then == 200


def test_a_link_that_was_ended_before_its_letter_went_is_not_mailed(campus, sanne):
    sanne("mine/archive", ask="1")

    sanne("mine/archive", end="1")

    assert campus.deliver() == []
    (row,) = [one for one in campus.all(Delivery) if one.step == archive_links.STEP]
    assert (row.status, row.reason) == (DeliveryStatus.SKIPPED, "archive_over")


def test_without_an_address_of_ones_own_there_is_none(campus, launched):
    sanne = asking(campus, "sanne")

    page = sanne("mine/archive")
    sanne("mine/archive", ask="1")

    assert "Hiervoor is een eigen mailadres nodig" in page.text
    assert "/address" in page.text
    assert COURSE not in page.text
    assert campus.all(ArchiveLink) == []


def test_asking_takes_a_fresh_launch_and_ending_does_not(campus, sanne, sent):
    with later(timedelta(minutes=16)):
        asked = sanne("mine/archive", ask="1")
        ended = sanne("mine/archive", end="1")

    assert (asked.status_code, ended.status_code) == (403, 303)
    assert campus.http.get(way(sent)).status_code == 410


def test_a_press_on_no_button_asks_for_nothing(campus, sanne):
    assert sanne("mine/archive", other="1").status_code == 400
    assert campus.all(ArchiveLink) == []


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


def test_nobody_else_ends_or_asks_for_it(campus, sanne, sent):
    other = asking(campus, "youssef")

    other("mine/archive", end="1")
    other("mine/archive", ask="1")

    assert campus.http.get(way(sent)).status_code == 200
    assert campus.deliver() == []


def test_the_unsubscribe_of_a_mail_program_ends_mails_and_not_the_link(campus, sent):
    unsubscribe = link(sent, "/m/").removesuffix("/archive")

    assert campus.http.post(unsubscribe, data=ONE_CLICK).status_code == 200
    assert campus.http.get(way(sent)).status_code == 200


def test_what_somebody_takes_along_says_until_when_and_not_where(campus, sanne, sent):
    page, export = unpacked(sanne("mine/download"))

    token = way(sent).rpartition("/")[2]
    assert "Link naar uw woorden werkt tot" in page
    assert export["archive_link_until"]
    assert token not in f"{page}{export}"


def test_what_opens_nothing_is_forgotten_after_a_week(campus, sanne, sent):
    kept = [retention.run(campus.work, now=campus.work.now()).archives]
    sanne("mine/archive", end="1")

    for days in (7, 8):
        with later(timedelta(days=days)):
            kept.append(retention.run(campus.work, now=campus.work.now()).archives)

    assert kept == [0, 0, 1]
    assert campus.all(ArchiveLink) == []


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
