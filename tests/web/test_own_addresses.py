"""An address of one's own: given in the tool, confirmed by mail, used until it is taken back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.own_addresses import AddressStatus, OwnAddress
from lti_tool.models.people import MailboxStatus, Person
from lti_tool.rounds import erasing
from lti_tool.services import links, mailboxes
from tests.web.about_people import about, unpacked
from tests.web.campus import LOOK_BACK, write
from tests.web.mail import link
from tests.web.own_addresses import (
    COURSE,
    OWN,
    SANNE,
    address_page,
    ask,
    asked_for,
    change,
    choosing,
    confirmed,
    goes_to,
    later,
    planned_for,
    post,
    the_question,
)
from tests.web.tables import dump

SENT = "Beklijf stuurt één mail naar dat adres."


@pytest.fixture
def sanne(campus):
    """A learner with a plan, on her first page; nothing is due."""
    campus.place()
    browser, page = campus.open("sanne")
    return browser, write(browser, page)


@pytest.fixture
def marloes(campus):
    """A learner of whom the LMS gives no address."""
    campus.place()
    return campus.open("marloes")


def test_nothing_changes_before_the_button_of_the_mail(campus, sanne):
    page = ask(*sanne)

    assert SENT in page.text
    assert OWN in page.text
    assert goes_to(campus) == COURSE


def test_the_mail_names_nobody_and_no_training(campus, sanne):
    ask(*sanne)

    letter = the_question(campus)

    told = letter.subject + letter.text
    assert not [word for word in ("Sanne", "Doorvragen", "inwoner belt", COURSE) if word in told]
    assert "/k/" in letter.text


def test_after_the_button_all_mails_go_there(campus, sanne):
    page = campus.http.post(asked_for(campus, *sanne), data={"answer": "yes"})

    assert "Uw mails komen hier" in page.text
    assert goes_to(campus) == OWN
    assert planned_for(campus) == {OWN}
    nudges = [one for one in campus.all(Delivery) if one.kind is Kind.NUDGE]
    campus.go_to(min(one.due_on for one in nudges if one.status is DeliveryStatus.PLANNED))
    assert {one.recipients for one in campus.deliver()} == {(OWN,)}


def test_looking_ten_times_changes_nothing(campus, sanne):
    url = asked_for(campus, *sanne)
    before = dump(campus.work)

    for query in ("", "?answer=yes", "?answer=no"):
        for _ in range(10):
            assert campus.http.get(url + query).status_code == 200
            assert campus.http.head(url + query).status_code == 200

    assert dump(campus.work) == before


@pytest.mark.database
def test_pressing_at_once_and_again_is_once(campus, sanne):
    url = asked_for(campus, *sanne)

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: campus.http.post(url, data={"answer": "yes"}), range(4)))

    assert {answer.status_code for answer in answers} == {200}
    assert (goes_to(campus), campus.only(OwnAddress).status) == (OWN, AddressStatus.CONFIRMED)


def test_the_link_holds_three_days_and_the_address_is_then_forgotten(campus, sanne):
    url = asked_for(campus, *sanne)

    with later(timedelta(days=3, minutes=1)):
        statuses = [
            campus.http.get(url).status_code,
            campus.http.post(url, data={"answer": "yes"}).status_code,
        ]
        campus.deliver()

    assert statuses == [410, 410]
    assert campus.all(OwnAddress) == []
    with campus.work.reading() as session:
        assert mailboxes.find(session, OWN, campus.work.keyring.named) is None


def test_who_reads_there_can_say_that_it_was_not_them(campus, sanne):
    url = asked_for(campus, *sanne)

    page = campus.http.post(url, data={"answer": "no"})

    assert "Die mails komen hier niet" in page.text
    assert campus.http.post(url, data={"answer": "yes"}).status_code == 410
    assert goes_to(campus) == COURSE


@pytest.mark.parametrize("is_in_use", [False, True])
def test_the_unsubscribe_of_a_mail_program_says_no(campus, sanne, is_in_use):
    url = (confirmed if is_in_use else asked_for)(campus, *sanne)

    answer = campus.http.post(url, data={"List-Unsubscribe": "One-Click"})

    assert (answer.status_code, goes_to(campus), planned_for(campus)) == (200, COURSE, {COURSE})


def test_an_answer_that_is_none_changes_nothing(campus, sanne):
    url = asked_for(campus, *sanne)
    before = dump(campus.work)

    assert [campus.http.post(url, data={"answer": said}).status_code for said in ("", "maybe")] == [422, 422]
    assert dump(campus.work) == before


def test_what_the_lms_says_later_never_takes_its_place(campus, sanne):
    browser, page = sanne
    confirmed(campus, browser, page)
    campus.next_claims(lambda claims: claims.update(email="s.dewit@elders.example"))

    page = browser.launch(LOOK_BACK)

    assert goes_to(campus) == OWN
    browser.submit(choosing(browser, page), button="Adres uit leeromgeving gebruiken")
    assert goes_to(campus) == planned_for(campus).pop() == "s.dewit@elders.example"


def test_taken_back_the_address_of_the_course_gets_the_mails_again(campus, sanne):
    browser, page = sanne
    url = confirmed(campus, browser, page)

    page = browser.submit(choosing(browser, page), button="Adres uit leeromgeving gebruiken")

    assert "Het adres dat u gaf, krijgt geen mails meer." in page.text
    assert (goes_to(campus), planned_for(campus)) == (COURSE, {COURSE})
    assert campus.http.post(url, data={"answer": "yes"}).status_code == 410


def test_who_has_no_address_can_give_one(campus, marloes):
    browser, page = marloes
    page = choosing(browser, page)
    browser.submit(page, {"address": OWN}, having="address")
    campus.http.post(link(the_question(campus), "/k/"), data={"answer": "yes"})

    page = browser.launch(LOOK_BACK)

    assert "Beklijf kreeg van uw leeromgeving geen mailadres." not in page.text
    page = browser.submit(choosing(browser, page), button="Adres intrekken")
    assert "Beklijf kreeg van uw leeromgeving geen mailadres." in page.text


@pytest.mark.parametrize("status", list(MailboxStatus))
def test_asking_says_the_same_whatever_is_known_of_the_address(campus, sanne, status):
    change(campus, OWN, status)

    page = ask(*sanne)

    assert SENT in page.text
    is_asked = OWN in {one.recipients[0] for one in campus.deliver()}
    assert is_asked is (status is MailboxStatus.OPEN)


def test_an_address_that_is_sent_twice_is_asked_once(campus, sanne):
    browser, page = sanne

    answers = [post(campus, browser, page, address=OWN).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert [one.recipients for one in campus.deliver()].count((OWN,)) == 1
    assert len(campus.all(OwnAddress)) == 1


def test_three_are_open_at_a_time(campus, sanne):
    browser, page = sanne
    for number in range(3):
        assert post(campus, browser, page, address=f"{number}@thuis.example").status_code == 303

    answer = post(campus, browser, page, address="3@thuis.example")

    assert answer.status_code == 422
    assert "3 adressen" in answer.text
    assert len(campus.all(OwnAddress)) == 3


def test_an_address_gets_three_service_mails_a_day(campus, sanne):
    browser, page = sanne
    other, first = campus.open("youssef")
    letters = []
    for asking in (*[(browser, page)] * 3, (other, first)):
        post(campus, *asking, address=OWN)
        letters += campus.deliver()

    assert len([one for one in letters if one.recipients == (OWN,)]) == 3
    waiting = [row for row in campus.all(Delivery) if row.reason == "no_room_today"]
    assert len(waiting) == 1


@pytest.mark.parametrize(
    "typed", ["", "sanne", "a@b@c", "sanne@thuis.example\r\nBcc: x@y.example", "é@thuis.nl"]
)
def test_what_is_no_address_is_told_so(campus, sanne, typed):
    answer = post(campus, *sanne, address=typed)

    assert answer.status_code == 422
    assert campus.all(OwnAddress) == []


def test_a_quarter_after_the_launch_nothing_shows_or_changes(campus, sanne):
    browser, page = sanne
    with later(timedelta(minutes=16)):
        shown = campus.http.get(address_page(page), headers=campus.cookie_of(browser))
        answer = post(campus, browser, page, address=OWN)

    assert (shown.status_code, answer.status_code) == (200, 403)
    assert COURSE not in shown.text
    assert campus.all(OwnAddress) == []


def test_a_link_for_something_else_confirms_nothing(campus, sanne):
    url = asked_for(campus, *sanne)
    secret = campus.work.settings.secret_key.get_secret_value()
    row = campus.only(OwnAddress)
    tokens = [
        links.token(secret, links.Purpose.OWN_ADDRESS, row.id),
        links.token(secret, links.Purpose.INVITATION, row.delivery_id),
        url[:-3],
    ]

    statuses = {campus.http.post(f"/k/{one}", data={"answer": "yes"}).status_code for one in tokens}

    assert statuses <= {404, 410}
    assert goes_to(campus) == COURSE


def test_who_is_erased_leaves_no_address(campus, sanne):
    browser, page = sanne
    url = confirmed(campus, browser, page)
    post(campus, browser, page, address="ander@thuis.example")
    campus.deliver()
    person = next(one for one in campus.all(Person) if one.sub == SANNE)

    erasing.erase(campus.work, person.id, now=campus.work.now())

    assert campus.all(OwnAddress) == []
    assert campus.http.get(url).status_code == 410
    with campus.work.reading() as session:
        named = campus.work.keyring.named
        known = [mailboxes.find(session, one, named) for one in (OWN, COURSE, "ander@thuis.example")]
    assert known == [None, None, None]


def test_what_somebody_takes_along_names_each_address(campus, sanne):
    browser, page = sanne
    confirmed(campus, browser, page)
    post(campus, browser, page, address="ander@thuis.example")
    campus.next_claims(about())
    page = browser.launch("3112")

    file = campus.http.get(page.url + "download", headers=campus.cookie_of(browser))

    shown, export = unpacked(file)
    assert (export["address"], export["own_address"]) == (COURSE, OWN)
    assert export["addresses_asked"] == ["ander@thuis.example"]
    assert all(one in shown for one in (COURSE, OWN, "ander@thuis.example"))
