"""A link to one's own words, as its letter brings it."""

from lti_tool.models.people import Person
from tests.web.campus import write
from tests.web.mail import link
from tests.web.own_addresses import SANNE

TASK, THEN = "de brief over het terras", "vraag ik eerst door"
GONE = "Deze link werkt niet meer"


def writer(campus):
    """A learner who wrote something, and the page she is on."""
    campus.place()
    browser, page = campus.open("sanne")
    return browser, write(browser, page)


def asked_for(campus, sanne):
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
