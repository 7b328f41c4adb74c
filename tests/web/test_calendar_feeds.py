"""A calendar that a program reads: what is still to come, and nothing that anybody wrote."""

import pytest
from icalendar import Calendar

from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.feeds import CalendarFeed
from lti_tool.models.people import Person
from lti_tool.rounds import erasing
from lti_tool.services import links
from tests.web.campus import write
from tests.web.mail import MONDAY, Mail, link
from tests.web.tables import dump

MAKE, NEW, STOP = "Maak agenda-adres", "Maak nieuw adres", "Stop deze agenda"


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
