"""Giving an address of one's own, and where mails then go."""

from datetime import UTC, datetime

import time_machine

from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.people import Mailbox, Person
from lti_tool.services import mailboxes
from tests.web.mail import link

OWN, COURSE = "sanne@thuis.example", "sanne.dewit@gemeente.example"
SANNE = "1041"


def choosing(browser, page):
    """The page about addresses, from a first page."""
    return browser.open(browser.open(page, "/mails"), "/address")


def ask(browser, page, address=OWN):
    """Gives an address; the page after it."""
    return browser.submit(choosing(browser, page), {"address": address}, having="address")


def address_page(page):
    return page.url.partition("?")[0] + "address"


def post(campus, browser, page, **sent):
    return campus.http.post(address_page(page), data=sent, headers=campus.cookie_of(browser))


def asked_for(campus, browser, page, address=OWN):
    """The address of the page behind the letter that asks."""
    ask(browser, page, address)
    return link(the_question(campus, address), "/k/").partition("?")[0]


def the_question(campus, address=OWN):
    (letter,) = [one for one in campus.deliver() if one.recipients == (address,)]
    return letter


def confirmed(campus, browser, page, address=OWN):
    url = asked_for(campus, browser, page, address)
    campus.http.post(url, data={"answer": "yes"})
    return url


def goes_to(campus, sub=SANNE):
    """Where somebody's mails go."""
    with campus.work.reading() as session:
        person = next(one for one in campus.all(Person) if one.sub == sub)
        mailbox = session.get(Mailbox, person.mailbox_id) if person.mailbox_id else None
        return mailboxes.address_of(mailbox, campus.work.keyring.named) if mailbox else None


def planned_for(campus):
    """The addresses that mails still to come are planned for."""
    with campus.work.reading() as session:
        rows = [one for one in campus.all(Delivery) if one.kind is Kind.NUDGE]
        ids = {one.mailbox_id for one in rows if one.status is DeliveryStatus.PLANNED}
        return {mailboxes.address_of(session.get(Mailbox, one), campus.work.keyring.named) for one in ids}


def change(campus, address, status):
    with campus.work.sessions.begin() as session:
        named, now = campus.work.keyring.named, campus.work.now().real
        mailboxes.find_or_make(session, address, named, now).status = status


def later(delay):
    return time_machine.travel(datetime.now(UTC) + delay)
