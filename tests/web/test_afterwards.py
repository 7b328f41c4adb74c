"""What a training brought, as its trainer reads it."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from lti_tool.models.people import Person
from lti_tool.models.readings import Reading
from lti_tool.models.tracks import Enrolment
from lti_tool.rounds import figures
from tests import following, lives
from tests.factories import ENDED_ON, Learner
from tests.following import NEXT_MONDAY
from tests.web.campus import ASSISTANT, TRAINER
from tests.web.follow import asking
from tests.web.statements import FEW, MANY, counted, let_launch, let_take_part

HARVEST_ON = ENDED_ON + timedelta(days=45)
SECRET = "geheim woord"


@pytest.fixture
def training(campus):
    """A training that ended on a Friday; the page as its trainer sees it on a day."""
    campus.go_to(ENDED_ON, 16)
    where = campus.place(ends_on=ENDED_ON)

    def look(day=NEXT_MONDAY, **more):
        campus.go_to(day, 10)
        figures.run(campus.work, now=campus.work.now())
        browser, home = campus.open(TRAINER, **more)
        return browser.open(home, "/after")

    return where, look


def take_part(campus, where, first, last, *obstacles):
    """So many people, who name these obstacles."""
    let_launch(campus, first, last)
    let_take_part(campus, where)
    with campus.work.sessions.begin() as session:
        rows = session.scalars(select(Enrolment).order_by(Enrolment.joined_at, Enrolment.id)).all()
        for enrolment in rows[first:last] if obstacles else ():
            following.hindered(session, learner(campus, session, enrolment), *obstacles)


def learner(campus, session, enrolment):
    person = session.get_one(Person, enrolment.person_id)
    return Learner(person, campus.work.keyring.of([person.key_id])[person.key_id], enrolment)


def test_before_the_day_the_page_says_when_the_group_is_counted(campus, training):
    where, look = training
    take_part(campus, where, 0, 6, "time")

    page = look(ENDED_ON + timedelta(days=3))

    assert "Beklijf telt op" in page.text
    assert "14 december 2026" in page.text
    assert "Te weinig tijd" not in page.text


def test_a_small_group_is_told_of_in_words(campus, training):
    where, look = training
    take_part(campus, where, 0, 7, "time")
    take_part(campus, where, 7, 12)

    page = look()

    assert "ongeveer de helft" in page.text
    assert "7 van 12" not in page.text
    assert "bk-bar__on" not in page.text


def test_a_large_group_is_told_of_in_numbers_with_a_bar_that_says_the_same(campus, training):
    where, look = training
    take_part(campus, where, 0, 12, "time")
    take_part(campus, where, 12, 24)

    page = look()

    assert "12 van 24" in page.text
    assert 'aria-label="50 procent"' in page.text


def test_beside_what_got_in_the_way_stands_what_may_help_and_who_can_do_it(campus, training):
    where, look = training
    take_part(campus, where, 0, 6, "time")

    page = look()

    assert "Dit kan een leidinggevende" in page.text
    assert "Uit de Handreiking Leren op de werkplek" in page.text


def test_a_group_of_four_sees_nothing_and_why(campus, training):
    where, look = training
    take_part(campus, where, 0, 4, "time")

    page = look()

    assert "Te klein om te laten zien." in page.text
    assert "Waarom staat er" in page.text


def test_the_page_does_not_change_while_answers_come_in(campus, training):
    where, look = training
    take_part(campus, where, 0, 6, "time")
    before = look().text.split("<main")[1].split("</main>")[0]

    take_part(campus, where, 6, 12, "habit")

    after = look().text.split("<main")[1].split("</main>")[0]
    assert shape(after) == shape(before)


def shape(text):
    """A page without the address of its visit."""
    return re.sub(r"/v/[^/]+/", "/v/x/", text)


def test_no_word_of_anybody_stands_on_the_page(campus, training):
    where, look = training
    take_part(campus, where, 0, 6, "time")

    assert SECRET not in look(HARVEST_ON).text


def test_who_may_only_look_reads_the_same(campus, training):
    where, look = training
    take_part(campus, where, 0, 6, "time")

    page = look(roles=[ASSISTANT])

    assert page.status == 200
    assert "de meeste mensen" in page.text


def test_a_group_that_there_is_not_is_not_found(campus, training):
    _, look = training
    look()

    assert asking(campus, TRAINER)("after?group=7").status_code == 404


def test_the_page_asks_as_much_however_many_people_there_are(campus, training):
    where, look = training
    take_part(campus, where, 0, FEW)
    look()
    with counted() as few:
        look()

    take_part(campus, where, FEW, MANY)
    look()
    with counted() as many:
        look()

    assert len(by_the_tool(many)) == len(by_the_tool(few))


def by_the_tool(statements):
    """Without the one that moves the test's own clock: not needed where it stands there to the second."""
    return [each for each in statements if not each.startswith("UPDATE calendar_offset")]


def test_what_people_let_be_read_of_what_it_brought_is_for_a_trainer_and_is_noted(campus, training):
    where, look = training
    let_launch(campus, 0, 1)
    let_take_part(campus, where)
    now = campus.work.now()
    with campus.work.sessions.begin() as session:
        who = learner(campus, session, session.scalars(select(Enrolment)).one())
        lives.write_everything(session, where, who, now)
        lives.let_read(session, where, who, now)

    looked = look(roles=[ASSISTANT])
    before = campus.all(Reading)
    page = look()

    assert lives.WORDS.strip() not in looked.text
    assert before == []
    assert lives.WORDS.strip() in page.text
    assert {row.what for row in campus.all(Reading)} == {"story", "applied", "results"}
