"""How often a learner's page asks the database: as often in a busy training as in a quiet one."""

from uuid import UUID

import pytest
from sqlalchemy import select

from lti_tool.models.base import Base
from lti_tool.models.people import Person
from lti_tool.models.tracks import Enrolment
from lti_tool.services import activities, instruments
from tests import lives
from tests.factories import Learner
from tests.web import visit_pages
from tests.web.campus import PREPARE
from tests.web.statements import MANY, counted, let_launch, let_take_part

MOST = 22
"""Statements of one page, those of the pass and of the key store among them."""
MOST_OF_ALL = {"mine": 34, "mine/download": 31}
"""Pages that put together what stands elsewhere on all others."""
BETWEEN = 6
"""Meetings of the busy training that are looked back on."""


@pytest.fixture
def life(campus):
    """A learner who did each thing once, and what they ask of the tool."""
    where = campus.place()
    campus.place(PREPARE, instrument="pre")
    browser, page = campus.open("sanne")
    who = found(campus)
    now = campus.work.now()
    with campus.work.sessions.begin() as session:
        look_back_on(session, where, now, 1)
        lives.write_everything(session, where, who, now)
        lives.let_read(session, where, who, now)
        lives.go_on(session, where, who, now, 1)
        lives.be_away(session, where, who, now, range(1))
        lives.have_buddies(session, where, who, now, range(1))
        lives.leave_drafts(session, where, who, now, range(1, 2))
    return where, who, page.url, campus.cookie_of(browser)


def found(campus):
    (enrolment,) = campus.all(Enrolment)
    (person,) = [one for one in campus.all(Person) if one.id == enrolment.person_id]
    return Learner(person, campus.work.keyring.of([person.key_id])[person.key_id], enrolment)


def look_back_on(session, where, now, number):
    """A look back on a meeting, which nobody opened yet."""
    mid = instruments.version_of(session, where.work.catalogue.latest("mid"))
    activities.add(session, where.track, mid.id, now.calendar, number)


def grow(campus, where, who):
    """The same training with many people, who did as much; and what the learner did in it, often."""
    let_launch(campus, 0, MANY)
    let_take_part(campus, where)
    now = campus.work.now()
    with campus.work.sessions.begin() as session:
        for number in range(2, BETWEEN + 1):
            look_back_on(session, where, now, number)
        lives.go_on(session, where, who, now, MANY)
        lives.be_away(session, where, who, now, range(1, 8))
        lives.have_buddies(session, where, who, now, range(1, 3))
        lives.leave_drafts(session, where, who, now, range(2, 5))
    with campus.work.sessions.begin() as session:
        for one in session.scalars(select(Enrolment).where(Enrolment.id != who.enrolment.id)):
            person = session.get_one(Person, one.person_id)
            key = campus.work.keyring.of([person.key_id])[person.key_id]
            other = Learner(person, key, one)
            lives.write_everything(session, where, other, now)
            lives.let_read(session, where, other, now)


def of_learner(campus, person_id):
    """Finds a row of a learner's own, by the name of its table."""
    tables = {mapper.local_table.name: mapper.class_ for mapper in Base.registry.mappers}
    enrolled = select(Enrolment.id).where(Enrolment.person_id == person_id)

    def find(name) -> UUID | None:
        model = tables.get(name)
        with campus.work.reading() as session:
            for column, owner in (("person_id", person_id), ("enrolment_id", enrolled)):
                if hasattr(model, column):
                    mine = getattr(model, column).in_(owner if column == "enrolment_id" else [owner])
                    return session.scalars(select(model.id).where(mine).order_by(model.id)).first()
        return None

    return find


def asked_of_each_page(campus, who, url, cookie):
    """How many statements each page takes, of those that are there."""
    numbers = {}
    for name, path in visit_pages.paths(campus.app, of_learner(campus, who.person.id)):
        # Twice: once a minute a page also notes that the visit is used.
        twice = [statements_of(campus, url + path, cookie) for _ in range(2)]
        if None not in twice:
            numbers[name] = min(twice)
    return numbers


def statements_of(campus, url, cookie):
    """How many statements a page takes; None for what leads elsewhere."""
    with counted() as sent:
        answer = campus.http.get(url, headers=cookie)
    return len([one for one in sent if one != "BEGIN"]) if answer.status_code == 200 else None


def test_a_page_asks_as_often_in_a_busy_training_as_in_a_quiet_one_and_not_often(campus, life):
    where, who, url, cookie = life
    quiet = asked_of_each_page(campus, who, url, cookie)
    grow(campus, where, who)

    busy = asked_of_each_page(campus, who, url, cookie)

    assert {"", "logbook", "check-in", "mails", "buddies", "reflect/plan/1"} <= set(quiet)
    assert set(busy) == set(quiet)
    assert {path: (quiet[path], busy[path]) for path in busy if busy[path] != quiet[path]} == {}
    assert {path: number for path, number in busy.items() if number > MOST_OF_ALL.get(path, MOST)} == {}
