"""Who opened what people let others read: noted once for a thing and a reader, for those people alone."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from lti_tool.domain.terms import BOUNDS, Matter
from lti_tool.models.contacts import ContactKind
from lti_tool.models.courses import Membership
from lti_tool.models.people import Person
from lti_tool.models.readings import ReaderKind, Reading
from lti_tool.rounds import erasing, retention
from lti_tool.rounds import readings as noting
from lti_tool.services import contact_expiry, moves, readings
from lti_tool.services.readings import Reader, Seen
from lti_tool.services.tracks import Dates
from tests import factories, following
from tests.factories import ENDED_ON, at
from tests.web.statements import counted

NEXT = ENDED_ON + timedelta(days=1)
LATER = ENDED_ON + timedelta(days=9)
KEPT = timedelta(days=BOUNDS[Matter.READINGS].usual)
pytestmark = pytest.mark.database


@pytest.fixture
def where(work, session):
    return factories.place(work, session)


@pytest.fixture
def trainer(session, where):
    return Reader.trainer(session.scalars(select(Person).where(Person.sub == "trainer")).one())


@pytest.fixture
def who(session, where):
    return factories.learner(session, where)


def seen(session, work, who):
    session.expire_all()
    person = session.get_one(Person, who.person.id)
    found = readings.of_person(session, person, work.keyring.named).get(who.enrolment.id, [])
    session.commit()
    return found


def test_however_often_a_thing_is_opened_it_is_one_row_with_its_first_and_last_day(
    work, session, who, trainer
):
    for day in (NEXT, NEXT, LATER, ENDED_ON):
        readings.note(session, trainer, [(who.enrolment.id, "pre.goal")] * 2, on=day)
    session.commit()

    assert seen(session, work, who) == [Seen(ReaderKind.TRAINER, None, "pre.goal", NEXT, LATER)]
    assert len(session.scalars(select(Reading)).all()) == 1


def test_two_trainers_are_one_to_whoever_was_read_and_each_thing_stands_by_itself(
    work, session, where, who, trainer
):
    colleague = Reader.trainer(factories.learner(session, where, "colleague").person)
    readings.note(session, trainer, [(who.enrolment.id, "pre.goal")], on=ENDED_ON)
    readings.note(session, colleague, [(who.enrolment.id, "pre.goal")], on=NEXT)
    readings.note(session, colleague, [(who.enrolment.id, "pre.relevance.self")], on=NEXT)
    session.commit()

    assert seen(session, work, who) == [
        Seen(ReaderKind.TRAINER, None, "pre.goal", ENDED_ON, NEXT),
        Seen(ReaderKind.TRAINER, None, "pre.relevance.self", NEXT, NEXT),
    ]


def test_a_whole_group_takes_as_many_statements_as_one_person(session, where, trainer):
    people = [factories.learner(session, where, f"p{number}").enrolment.id for number in range(40)]
    sent = []

    for group in (people[:1], people[1:]):
        with counted() as statements:
            readings.note(session, trainer, [(one, "pre.goal") for one in group], on=ENDED_ON)
        sent.append(len(statements))

    assert sent == [2, 2]


def test_the_second_time_on_a_day_writes_nothing(work, session, who, trainer):
    session.commit()
    shown = [(who.enrolment.id, "pre.goal")]
    noting.note(work, trainer, shown, on=ENDED_ON)

    with counted() as statements:
        noting.note(work, trainer, shown, on=ENDED_ON)

    assert not [one for one in statements if one.startswith(("INSERT", "UPDATE"))]


def test_what_is_somebodys_own_is_no_reading(work, session, who):
    own = Reader(ReaderKind.TEAM, who.person.organisation_id, person_id=who.person.id)
    session.commit()

    noting.note(work, own, [(who.enrolment.id, "pre.goal")], on=ENDED_ON)

    assert seen(session, work, who) == []


def test_who_was_erased_meanwhile_is_left_out_and_the_others_are_noted(work, session, where, who, trainer):
    other = factories.learner(session, where, "other")
    session.commit()
    erasing.erase(work, other.person.id, now=at(ENDED_ON))

    readings.note(session, trainer, [(who.enrolment.id, "plan"), (other.enrolment.id, "plan")], on=ENDED_ON)

    session.commit()
    assert [one.what for one in seen(session, work, who)] == ["plan"]


def test_what_was_read_goes_with_whose_it_was(work, session, who, trainer):
    readings.note(session, trainer, [(who.enrolment.id, "pre.goal")], on=ENDED_ON)
    session.commit()

    erasing.erase(work, who.person.id, now=at(ENDED_ON))

    assert session.scalars(select(Reading)).all() == []


def test_a_trainer_who_is_erased_leaves_that_a_trainer_read_it_and_not_which(work, session, who, trainer):
    readings.note(session, trainer, [(who.enrolment.id, "pre.goal")], on=ENDED_ON)
    session.commit()

    erasing.erase(work, trainer.person_id, now=at(ENDED_ON))

    assert seen(session, work, who) == [Seen(ReaderKind.TRAINER, None, "pre.goal", ENDED_ON, ENDED_ON)]
    assert session.scalars(select(Reading.reader_id)).all() == [None]


def test_a_buddy_is_named_until_nothing_is_kept_of_them(work, session, where, who):
    buddy = following.confirmed(session, where, who, kind=ContactKind.BUDDY)
    readings.note(session, Reader.buddy(buddy), [(who.enrolment.id, "plan")], on=ENDED_ON)
    session.commit()
    named = seen(session, work, who)

    contact_expiry.expire(session, at(ENDED_ON + timedelta(days=200)).calendar)
    session.commit()

    assert [(one.kind, one.name) for one in named] == [(ReaderKind.BUDDY, "Ingrid Postma")]
    assert [(one.kind, one.name) for one in seen(session, work, who)] == [(ReaderKind.BUDDY, None)]


def test_who_moves_to_another_group_keeps_who_read_what(work, session, where, who, trainer):
    readings.note(session, trainer, [(who.enrolment.id, "pre.goal")], on=ENDED_ON)
    moves.add_group(session, where.track, "Twee", Dates(NEXT, LATER), at(ENDED_ON).calendar)

    moves.regroup(session, where.track, {who.enrolment.id: 2}, work.catalogue, at(ENDED_ON).calendar)

    session.commit()
    assert [one.what for one in seen(session, work, who)] == ["pre.goal"]


def test_it_is_kept_for_a_year_after_the_last_day(work, session, who, trainer):
    readings.note(session, trainer, [(who.enrolment.id, "pre.goal")], on=ENDED_ON)
    session.execute(update(Membership).values(seen_at=at(ENDED_ON + KEPT).real))
    session.commit()

    counts = [
        retention.run(work, now=at(ENDED_ON + KEPT + timedelta(days=more))).past[Matter.READINGS]
        for more in (0, 1, 2)
    ]

    assert counts == [0, 1, 0]
    assert seen(session, work, who) == []
