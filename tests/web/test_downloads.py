"""A download that an administrator has sent: to the person's own address, for them alone, once."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine

from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.people import Mailbox, MailboxDay, MailboxStatus, Person
from lti_tool.models.privacy import Download
from lti_tool.rounds import erasing
from lti_tool.services import links, organisations
from tests.web.about_people import ADMINISTRATOR, SANNE, about, heading, unpacked
from tests.web.campus import TRAINER, write
from tests.web.mail import link
from tests.web.policies import directive
from tests.web.tables import dump

ADDRESS = "sanne.dewit@gemeente.example"
SEND = "Stuur een download"
THEMSELVES = "Die kan het zelf op deze pagina meenemen."


@pytest.fixture
def sanne(campus):
    """A learner who wrote something."""
    campus.place()
    browser, page = campus.open("sanne")
    return write(browser, page)


@pytest.fixture
def overview(campus, sanne):
    """An administrator's launch about her; the browser and the page that comes."""

    def open_page():
        browser = campus.sign_in(TRAINER)
        campus.next_claims(about(SANNE, roles=ADMINISTRATOR))
        return browser, browser.launch("3112")

    return open_page


@pytest.fixture
def sent(campus, overview):
    """The letter that came, after the button was pressed."""
    browser, page = overview()
    browser.submit(page, button=SEND)
    (letter,) = campus.deliver()
    return letter


def at_once(campus, url, times, **more):
    """So many presses of the button at the same moment; the answers."""
    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(lambda _: campus.http.post(url, **more), range(times)))


def change_mailbox(campus, status):
    with campus.work.sessions.begin() as session:
        mailbox_id = next(one.mailbox_id for one in campus.all(Person) if one.sub == SANNE)
        session.get_one(Mailbox, mailbox_id).status = status


def allow(campus, *domains):
    with campus.work.sessions.begin() as session:
        organisations.allow_mail(session, organisations.find(session, "default"), domains)


def of_her(campus):
    return [row for row in campus.all(Delivery) if row.kind is Kind.SERVICE]


def test_an_administrator_has_a_download_sent_to_the_persons_own_address(campus, sent):
    assert sent.recipients == (ADDRESS,)
    assert "/a/" in sent.text
    assert not [word for word in ("terras", "inwoner belt", "doorvragen") if word in sent.text + sent.subject]


def test_who_has_it_sent_never_sees_the_link_or_the_address(campus, overview):
    browser, page = overview()

    done = browser.submit(page, button=SEND)
    (letter,) = campus.deliver()
    _, again = overview()

    token = link(letter, "/a/").rpartition("/")[2]
    assert "Deze persoon krijgt een mail met een download." in done.text
    for shown in (page.text, done.text, again.text):
        assert "/a/" not in shown
        assert token not in shown
        assert ADDRESS not in shown


def test_the_person_takes_the_file_along(campus, sent):
    file = campus.http.post(link(sent, "/a/"))

    assert file.status_code == 200
    assert file.headers["Content-Disposition"] == 'attachment; filename="beklijf.zip"'
    page, export = unpacked(file)
    (training,) = export["trainings"]
    assert "de brief over het terras" in page
    assert training["plan"]["then"] == "vraag ik eerst door"
    assert "de brief over het terras" in {said["words"] for said in training["answers"]}


def test_looking_at_the_page_never_uses_it_up(campus, sent):
    url = link(sent, "/a/")
    before = dump(campus.work)

    pages = [campus.http.request(method, url) for method in ("GET", "HEAD", "GET")]

    assert [page.status_code for page in pages] == [200] * 3
    assert dump(campus.work) == before
    assert "Uw bestand downloaden" in pages[0].text
    assert "terras" not in pages[0].text
    assert "Sanne" not in pages[0].text
    assert campus.http.post(url).status_code == 200


def test_the_page_and_the_file_are_protected_like_all_behind_a_letter(campus, sent):
    url = link(sent, "/a/")

    for answer in (campus.http.get(url), campus.http.post(url), campus.http.post(url)):
        assert directive(answer, "frame-ancestors") == {"'none'"}
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_it_works_once(campus, sent):
    url = link(sent, "/a/")
    campus.http.post(url)

    answers = [campus.http.get(url), campus.http.post(url)]

    assert [answer.status_code for answer in answers] == [410, 410]
    assert "Deze link werkt niet meer" in answers[1].text
    assert "terras" not in answers[1].text


@pytest.mark.database
def test_of_two_who_press_at_once_one_gets_the_file(campus, sent):
    answers = at_once(campus, link(sent, "/a/"), 4)

    (taken, *late) = sorted(answers, key=lambda answer: answer.status_code)
    assert [taken.status_code, *(answer.status_code for answer in late)] == [200, 410, 410, 410]
    assert "de brief over het terras" in unpacked(taken)[0]
    assert not any("terras" in answer.text for answer in late)


def test_it_can_be_taken_for_seven_days(campus, sent):
    url = link(sent, "/a/")
    statuses = []

    for days, method in ((6.9, "GET"), (7.1, "GET"), (7.1, "POST"), (6.9, "POST")):
        with time_machine.travel(datetime.now(UTC) + timedelta(days=days)):
            statuses.append(campus.http.request(method, url).status_code)

    assert statuses == [200, 410, 410, 200]


def test_who_was_erased_left_no_file(campus, sent):
    url = link(sent, "/a/")
    person = next(one for one in campus.all(Person) if one.sub == SANNE)

    erasing.erase(campus.work, person.id, now=campus.work.now())

    assert [campus.http.get(url).status_code, campus.http.post(url).status_code] == [410, 410]
    assert campus.all(Download) == []


def test_without_the_key_nothing_is_given_or_used_up(campus, sent):
    campus.work.keyring.forget(next(one.key_id for one in campus.all(Person) if one.sub == SANNE))

    assert campus.http.post(link(sent, "/a/")).status_code == 410
    assert campus.only(Download).used_at is None


def test_a_link_for_something_else_opens_no_download(campus, sent):
    secret = campus.work.settings.secret_key.get_secret_value()
    download = campus.only(Download)
    tokens = [
        link(sent, "/m/").rpartition("/")[2],
        links.token(secret, links.Purpose.DOWNLOAD, uuid4()),
        links.token(secret, links.Purpose.DOWNLOAD, download.id),
        links.token(secret, links.Purpose.CARD, download.delivery_id),
    ]

    assert {campus.http.post(f"/a/{token}").status_code for token in tokens} == {410}
    assert campus.only(Download).used_at is None


@pytest.mark.database
def test_one_is_sent_a_day_however_often_it_is_asked(campus, overview):
    browser, page = overview()
    at_once(campus, page.url + "send", 3, headers=campus.cookie_of(browser))

    letters = campus.deliver()
    _, again = overview()

    assert len(letters) == len(campus.all(Download)) == 1
    assert "Deze persoon krijgt een mail met een download." in again.text
    assert SEND not in again.text


def test_the_next_day_another_one_can_be_sent(campus, sent, overview):
    with time_machine.travel(datetime.now(UTC) + timedelta(days=1)):
        browser, page = overview()
        browser.submit(page, button=SEND)
        (letter,) = campus.deliver()

        assert campus.http.post(link(letter, "/a/")).status_code == 200
    assert campus.http.post(link(sent, "/a/")).status_code == 200


def test_it_takes_no_place_in_the_week(campus, sent):
    (row,) = of_her(campus)

    assert row.status is DeliveryStatus.SENT
    assert row.id not in {day.delivery_id for day in campus.all(MailboxDay)}


@pytest.mark.parametrize("status", [MailboxStatus.STOPPED, MailboxStatus.REFUSED])
def test_to_an_address_that_wants_no_mail_nothing_can_be_sent(campus, overview, status):
    change_mailbox(campus, status)
    browser, page = overview()

    campus.http.post(page.url + "send", headers=campus.cookie_of(browser))

    assert THEMSELVES in page.text
    assert SEND not in page.text
    assert campus.all(Download) == []
    assert of_her(campus) == []


def test_who_stops_all_mail_after_the_button_gets_nothing(campus, overview):
    browser, page = overview()
    browser.submit(page, button=SEND)
    change_mailbox(campus, MailboxStatus.STOPPED)

    assert campus.deliver() == []
    assert [(row.status, row.reason) for row in of_her(campus)] == [(DeliveryStatus.SKIPPED, "no_mail")]


@pytest.mark.parametrize(
    ("domains", "is_offered"),
    [([], True), (["gemeente.example"], True), (["waterschap.example"], False)],
)
def test_an_organisation_that_names_mail_domains_sends_within_them(campus, overview, domains, is_offered):
    allow(campus, *domains)

    _, page = overview()

    assert (SEND in page.text) is is_offered
    assert (THEMSELVES in page.text) is not is_offered


def test_who_asks_about_themselves_sends_nothing(campus, sanne):
    browser = campus.sign_in("sanne")
    campus.next_claims(about())
    page = browser.launch("3112")

    answer = campus.http.post(page.url + "send", headers=campus.cookie_of(browser))

    assert answer.status_code == 404
    assert SEND not in page.text
    assert campus.all(Download) == []


def test_the_log_says_that_it_was_sent_and_taken_and_no_more(campus, overview, caplog):
    browser, page = overview()
    browser.submit(page, button=SEND)
    (letter,) = campus.deliver()
    url = link(letter, "/a/")
    campus.http.post(url)

    told = [line.getMessage() for line in caplog.records if "privacy.download" in line.getMessage()]
    assert [line.split()[1] for line in told] == ["sent", "taken"]
    assert not [word for word in (url.rpartition("/")[2], "terras", ADDRESS, "Sanne") if word in caplog.text]


def test_the_letter_and_its_page_speak_the_language_of_the_person(campus, sanne, overview):
    with campus.work.sessions.begin() as session:
        person_id = next(one.id for one in campus.all(Person) if one.sub == SANNE)
        session.get_one(Person, person_id).locale = "en"
    browser, page = overview()
    browser.submit(page, button=SEND)
    (letter,) = campus.deliver()

    shown = campus.http.get(link(letter, "/a/"))

    assert letter.subject == "Your download from Beklijf"
    assert re.search(r"<h1[^>]*>Download your file", shown.text)
    assert heading(page) == "Wat Beklijf van iemand bewaart"
