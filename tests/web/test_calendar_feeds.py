"""A calendar that a program reads: what is still to come, and own words only if their owner wants them."""

import pytest
from icalendar import Calendar

from demo_lms.vocabulary import LAUNCH_PRESENTATION
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.feeds import CalendarFeed
from lti_tool.models.people import Person
from lti_tool.models.tracks import Enrolment, EnrolmentStatus
from lti_tool.rounds import erasing
from lti_tool.services import links
from tests.web.about_people import about, unpacked
from tests.web.campus import LOOK_BACK, write
from tests.web.mail import MONDAY, Mail, link
from tests.web.tables import dump

MAKE, NEW, STOP = "Agenda-adres maken", "Nieuw adres maken", "Deze agenda stoppen"


@pytest.fixture
def sanne(campus):
    """A learner with a plan, on her first page."""
    campus.place()
    browser, page = campus.open("sanne")
    return browser, write(browser, page)


def address_on(page):
    """The address of the calendar, as the page shows it."""
    return next(word for word in page.text.replace("<", " ").replace(">", " ").split() if ".ics" in word)


def take(browser, page):
    """Takes a calendar; its address and the page that shows it."""
    page = browser.submit(browser.open(browser.open(page, "/mails"), "/calendar"), button=MAKE)
    return address_on(page), page


def entries(answer):
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def planned(campus):
    rows = [row for row in campus.all(Delivery) if row.kind is Kind.NUDGE]
    return {row.due_at.replace(microsecond=0) for row in rows if row.status is DeliveryStatus.PLANNED}


def test_it_shows_each_moment_that_is_still_to_come(campus, sanne):
    url, _ = take(*sanne)

    answer = campus.http.get(url)

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert {each.start for each in entries(answer)} == planned(campus)
    assert "Eigen dag" in {str(each["summary"]) for each in entries(answer)}


def test_it_holds_no_words_of_anybody(campus, sanne):
    url, _ = take(*sanne)

    text = campus.http.get(url).text

    words = ("inwoner", "doorvragen", "terras", "Sanne", "gemeente.example", "Doorvragen")
    assert not [word for word in words if word in text]


def described(campus, url):
    """What the entries tell, by what they are called."""
    return {str(each["summary"]): str(each.get("description", "")) for each in entries(campus.http.get(url))}


SENTENCE = "Uw plan: Als een inwoner belt, dan vraag ik eerst door."


def test_it_holds_the_own_sentence_for_who_asks_for_that_and_only_about_the_plan(campus, sanne):
    browser, home = sanne
    url, page = take(browser, home)

    page = browser.submit(page, button="Mijn zin laten zien")
    with_words = described(campus, address_on(page))
    browser.submit(page, button="Mijn zin weglaten")

    assert address_on(page) == url
    assert SENTENCE in with_words["Eigen dag"]
    assert SENTENCE not in with_words["Terugkijken op de training"]
    assert "inwoner" not in campus.http.get(url).text


def test_who_takes_a_new_address_begins_without_words(campus, sanne):
    browser, home = sanne
    _, page = take(browser, home)

    page = browser.submit(browser.submit(page, button="Mijn zin laten zien"), button=NEW)

    assert "inwoner" not in campus.http.get(address_on(page)).text


def test_each_entry_leads_to_the_course_and_holds_no_key_of_a_visit_there(campus):
    campus.place()
    back = f"{campus.lms.url}/courses/311/return"
    presented = {LAUNCH_PRESENTATION: {"locale": "nl", "return_url": f"{back}?id=311&sesskey=Geheim123"}}
    browser = campus.sign_in("sanne")
    campus.next_claims(lambda claims: claims.update(presented))

    url, _ = take(browser, write(browser, browser.launch(LOOK_BACK)))

    assert {str(each["url"]).partition("?")[0] for each in entries(campus.http.get(url))} == {back}
    assert all(f"Naar uw leeromgeving: {back}" in told for told in described(campus, url).values())
    assert "Geheim123" not in campus.http.get(url).text


def test_who_takes_part_in_nothing_any_more_has_no_calendar_until_they_come_back(campus, sanne):
    url, _ = take(*sanne)
    before = campus.http.get(url).content
    enrolment = next(one for one in campus.all(Enrolment) if one.status is EnrolmentStatus.ACTIVE)

    for status, answer in ((EnrolmentStatus.LEFT, 410), (EnrolmentStatus.ACTIVE, 200)):
        with campus.work.sessions.begin() as session:
            session.get_one(Enrolment, enrolment.id).status = status
        assert campus.http.get(url).status_code == answer

    assert campus.http.get(url).content == before


def test_what_somebody_takes_along_says_that_there_is_one_and_not_where(campus, sanne):
    browser, home = sanne
    url, page = take(browser, home)
    browser.submit(page, button="Mijn zin laten zien")
    campus.next_claims(about())
    privacy = browser.launch("3112")

    file = campus.http.get(f"{privacy.url}download", headers=campus.cookie_of(browser))
    readable, for_programs = unpacked(file)

    assert "<dt>Uw eigen zin in uw agenda</dt><dd>ja</dd>" in readable
    assert (bool(for_programs["calendar_since"]), for_programs["calendar_with_own_words"]) == (True, True)
    assert url.rsplit("/", 1)[1] not in f"{readable}{for_programs}"


def test_it_is_as_the_standard_asks(campus, sanne):
    url, _ = take(*sanne)

    content = campus.http.get(url).content

    calendar = Calendar.from_ical(content)
    assert calendar.errors == []
    assert {line.endswith(b"\r") for line in content.split(b"\n")[:-1]} == {True}
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    found = entries(campus.http.get(url))
    assert len({each["uid"] for each in found}) == len(found)
    assert all(each["dtstamp"].dt.utcoffset().total_seconds() == 0 for each in found)


def test_who_asks_again_gets_it_only_when_something_moved(campus, sanne):
    url, _ = take(*sanne)
    first = campus.http.get(url)
    mark = {"If-None-Match": first.headers["ETag"]}

    again = campus.http.get(url, headers=mark)
    with campus.work.sessions.begin() as session:
        row = next(one for one in campus.all(Delivery) if one.status is DeliveryStatus.PLANNED)
        session.get_one(Delivery, row.id).status = DeliveryStatus.CANCELLED

    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert campus.http.get(url, headers=mark).status_code == 200


def test_reading_changes_nothing(campus, sanne):
    url, _ = take(*sanne)
    before = dump(campus.work)

    assert {campus.http.request(how, url).status_code for how in ("GET", "HEAD") * 5} == {200}
    assert dump(campus.work) == before


@pytest.mark.parametrize("button", [NEW, STOP])
def test_its_address_can_be_ended(campus, sanne, button):
    url, page = take(*sanne)

    sanne[0].submit(page, button=button)

    assert campus.http.get(url).status_code == 410
    assert len(campus.all(CalendarFeed)) == (button == NEW)


def test_who_has_no_address_gets_one_too(campus):
    campus.place()
    browser, page = campus.open("marloes")
    page = write(browser, page)

    url, _ = take(browser, page)

    assert entries(campus.http.get(url))


def test_it_is_offered_behind_each_mail(campus):
    page = link(Mail(campus).on(MONDAY), "/m/").partition("?")[0]
    assert "/calendar" in campus.http.get(page).text

    answer = campus.http.post(page + "/calendar", data={"make": "1"})

    shown = campus.http.get(answer.headers["Location"])
    assert entries(campus.http.get(address_on(shown)))


def test_a_link_for_something_else_opens_no_calendar(campus, sanne):
    url, _ = take(*sanne)
    secret = campus.work.settings.secret_key.get_secret_value()
    feed = campus.only(CalendarFeed)
    tokens = [links.token(secret, links.Purpose.PREFERENCES, feed.id), "x", url.split("/")[-1][:-6]]

    assert {campus.http.get(f"/f/{token}.ics").status_code for token in tokens} == {410}


def test_who_is_erased_leaves_no_calendar(campus, sanne):
    url, _ = take(*sanne)
    person = next(one for one in campus.all(Person) if one.sub == "1041")

    erasing.erase(campus.work, person.id, now=campus.work.now())

    assert campus.http.get(url).status_code == 410
    assert campus.all(CalendarFeed) == []
