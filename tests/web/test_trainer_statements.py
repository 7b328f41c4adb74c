"""How often a trainer's page asks the database: as often for many learners and activities as for a few."""

from uuid import UUID

from sqlalchemy import select

from lti_tool.models.activities import Activity
from lti_tool.models.courses import ResourceLink
from lti_tool.models.people import Person
from lti_tool.models.tracks import Enrolment
from lti_tool.services import activities, instruments
from tests import lives
from tests.factories import Learner
from tests.web import visit_pages
from tests.web.campus import PREPARE, TRAINER
from tests.web.statements import FEW, MANY, let_launch, let_take_part
from tests.web.test_learner_statements import statements_of

MOST = 30
"""Statements of one page, those of the pass and of the key store among them."""
ITEMS = 20


def fill(campus, where, learners, items):
    """A training with so many people who wrote everything and let it be read, and so many items."""
    now, had = campus.work.now(), {one.id for one in campus.all(Enrolment)}
    let_launch(campus, len(had), learners)
    let_take_part(campus, where)
    with campus.work.sessions.begin() as session:
        mid = instruments.version_of(session, where.work.catalogue.latest("mid"))
        for number in range(len(campus.all(Activity)), items):
            activities.add(session, where.track, mid.id, now.calendar, number)
    with campus.work.sessions.begin() as session:
        for one in session.scalars(select(Enrolment).where(Enrolment.id.not_in(had))):
            person = session.get_one(Person, one.person_id)
            key = campus.work.keyring.of([person.key_id])[person.key_id]
            who = Learner(person, key, one)
            lives.write_everything(session, where, who, now)
            lives.let_read(session, where, who, now)


def row_of(campus):
    """Finds a row of the training by the name of its table: an item that is open, or any other one."""

    def find(name) -> UUID | None:
        with campus.work.reading() as session:
            if name == "activity":
                links = select(ResourceLink.id)
                return session.scalars(select(Activity.id).where(Activity.link_id.in_(links))).first()
        return None

    return find


def asked_of_each_page(campus, url, cookie):
    """How many statements each page takes, of those that are there."""
    numbers = {}
    for name, path in visit_pages.paths(campus.app, row_of(campus), visit_pages.TRAINER):
        # Twice: once a minute a page also notes that the visit is used.
        twice = [statements_of(campus, url + path, cookie) for _ in range(2)]
        if None not in twice:
            numbers[name] = min(twice)
    return numbers


def test_a_page_asks_as_often_for_sixty_people_as_for_three_and_not_often(campus):
    where = campus.place()
    campus.place(PREPARE, instrument="pre")
    fill(campus, where, FEW, 3)
    browser, page = campus.open(TRAINER)
    cookie = campus.cookie_of(browser)
    few = asked_of_each_page(campus, page.url, cookie)
    fill(campus, where, MANY, ITEMS)

    many = asked_of_each_page(campus, page.url, cookie)

    assert {"", "letters", "settings", "dates", "groups", "contacts"} <= set(few)
    assert {name: (few[name], many[name]) for name in few if many.get(name) != few[name]} == {}
    assert {name: number for name, number in many.items() if number > MOST} == {}
