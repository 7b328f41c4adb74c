"""Somebody who is named as a contact, asked, and gets cards: what the tests of the web do on the way."""

from lti_tool.services import links, organisations
from tests.factories import ENDED_ON
from tests.following import INGRID, MONDAY
from tests.web.mail import link

TYPED = {"name": "Ingrid Postma", "address": INGRID, "locale": "nl"}
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def set_up(campus):
    """A group whose organisation lets contacts have an address of the municipality."""
    campus.go_to(ENDED_ON, 10)
    made = campus.place(ends_on=ENDED_ON)
    with campus.work.sessions.begin() as session:
        organisations.allow_mail(session, organisations.find(session, "default"), ["gemeente.example"])
    return made


def asking(campus, name, **more):
    browser, page = campus.open(name, **more)
    cookie = campus.cookie_of(browser)

    def ask(path="", **data):
        method = "POST" if data else "GET"
        return campus.http.request(method, page.url + path, headers=cookie, data=data or None)

    return ask


def letters(campus, day=ENDED_ON, hour=11):
    campus.go_to(day, hour)
    return [letter for letter in campus.deliver() if letter.recipients == (INGRID,)]


def invited(campus, trainer):
    """The address of the page behind an invitation."""
    assert trainer("contacts", **TYPED).status_code == 303
    (letter,) = letters(campus)
    return link(letter, "/k/").partition("?")[0]


def carded(campus, trainer, day=MONDAY):
    """The address of the first card."""
    url = invited(campus, trainer)
    assert campus.http.post(url, data={"answer": "yes"}).status_code == 303
    (letter,) = letters(campus, day, 9)
    return link(letter, "/o/").partition("?")[0]


def token(campus, purpose, row_id):
    """A token as only the tool can make it."""
    return links.token(campus.work.settings.secret_key.get_secret_value(), purpose, row_id)
