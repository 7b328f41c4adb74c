"""What ends a link to one's own words, and what leaves it as it is."""

from datetime import timedelta

import pytest

from lti_tool.domain.bounces import Report, Told
from lti_tool.models.archives import ArchiveLink
from lti_tool.models.people import MailboxStatus
from lti_tool.rounds import erasing, retention
from lti_tool.services import bounces, platforms
from lti_tool.services.bounces import Outcome
from tests.web.archives import GONE, TASK, asked_for, person_of, the_letter, way, writer
from tests.web.campus import LOOK_BACK
from tests.web.follow import ONE_CLICK, asking
from tests.web.mail import link
from tests.web.own_addresses import OWN, change, choosing, confirmed, later


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


def test_a_new_link_ends_the_one_before_once_its_letter_goes(campus, sanne, sent):
    with later(timedelta(days=1)):
        asking(campus, "sanne")("mine/archive", ask="1")
        until_then = campus.http.post(way(sent)).status_code
        letter = the_letter(campus)

        assert [campus.http.post(way(each)).status_code for each in (sent, letter)] == [410, 200]
    assert until_then == 200


def test_the_unsubscribe_of_a_mail_program_ends_mails_and_not_the_link(campus, sent):
    unsubscribe = link(sent, "/m/").removesuffix("/archive")

    assert campus.http.post(unsubscribe, data=ONE_CLICK).status_code == 200
    assert campus.http.get(way(sent)).status_code == 200


def test_what_opens_nothing_is_forgotten_after_a_week(campus, sanne, sent):
    kept = [retention.run(campus.work, now=campus.work.now()).archives]
    sanne("mine/archive", end="1")

    for days in (7, 8):
        with later(timedelta(days=days)):
            kept.append(retention.run(campus.work, now=campus.work.now()).archives)

    assert kept == [0, 0, 1]
    assert campus.all(ArchiveLink) == []
