"""Counting a group: in memory, once a moment, and only what may be published is kept."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lti_tool.models.courses import Membership, Role
from lti_tool.models.figures import Figure
from lti_tool.models.people import Person
from lti_tool.models.plans import PlanStatus
from lti_tool.rounds import deliver
from lti_tool.services import figures
from tests import factories, following
from tests.factories import ENDED_ON, at
from tests.following import AFTER_IT, NEXT_MONDAY


def ledger(session, moment="leader"):
    session.expire_all()
    rows = session.scalars(select(Figure).where(Figure.moment == moment)).all()
    found = {row.cell: (row.count, row.people) for row in rows}
    session.commit()
    return found


@pytest.fixture
def where(work, session):
    made = factories.place(work, session)
    following.confirmed(session, made)
    return made


@pytest.mark.database
def test_a_group_is_counted_when_its_card_goes_out(work, session, mailbox, where):
    following.group(session, where, 6, "time", "habit")
    following.group(session, where, 6, first=6)
    session.commit()

    deliver.run(work, now=at(NEXT_MONDAY))

    assert ledger(session) == {"all": (12, 12), "time": (6, 12), "habit": (6, 12)}
    assert {cell.cell for cell in figures.newest(session, where.cohort.id)} == {"all", "time", "habit"}


def test_made_a_plan_and_used_it_are_counted_inside_the_window_only(work, session, mailbox, where):
    people = following.group(session, where, 12)
    for number, who in enumerate(people):
        plan = factories.plan(session, where, who)
        if number < 7:
            plan.status, plan.used_on = PlanStatus.USED, ENDED_ON + timedelta(days=3 if number < 6 else -1)
    session.commit()

    deliver.run(work, now=at(NEXT_MONDAY))

    assert ledger(session) == {"all": (12, 12), "made": (12, 12), "used": (6, 12)}


def test_of_a_group_under_five_nothing_is_written(work, session, mailbox, where):
    following.group(session, where, 4, "time")
    session.commit()

    deliver.run(work, now=at(NEXT_MONDAY))

    assert ledger(session) == {}


def test_people_who_only_try_and_trainers_count_nowhere(work, session, mailbox, where):
    people = following.group(session, where, 7, "time")
    session.get_one(Person, people[0].person.id).is_test = True
    session.scalars(
        select(Membership).where(Membership.person_id == people[1].person.id)
    ).one().role = Role.TRAINER
    session.commit()

    deliver.run(work, now=at(NEXT_MONDAY))

    assert ledger(session) == {"all": (5, 5), "time": (5, 5)}


def test_what_is_about_the_reader_is_not_counted(work, session, mailbox, where):
    following.group(session, where, 6, "leader")
    session.commit()

    deliver.run(work, now=at(NEXT_MONDAY))

    assert ledger(session) == {"all": (6, 6)}


def test_who_was_erased_is_counted_no_more(work, session, mailbox, where):
    people = following.group(session, where, 6, "time")
    session.commit()
    work.keyring.forget(people[0].person.key_id)

    deliver.run(work, now=at(NEXT_MONDAY))

    assert ledger(session) == {"all": (5, 5), "time": (5, 5)}


def test_a_group_is_counted_once_a_moment_however_many_contacts_it_has(work, session, mailbox, where):
    following.confirmed(session, where, name="Bram", address="bram@gemeente.example")
    people = following.group(session, where, 4)
    session.commit()
    deliver.run(work, now=at(NEXT_MONDAY))
    following.group(session, where, 6, first=4)
    session.commit()

    deliver.run(work, now=at(date(2026, 12, 15)))

    assert len(people) == 4
    assert ledger(session) == {}


def test_a_second_snapshot_of_a_group_that_hardly_changed_is_withheld(work, session, mailbox, where):
    people = following.group(session, where, 10)
    for who in people[:5]:
        following.hindered(session, who, "time")
    session.commit()
    deliver.run(work, now=at(NEXT_MONDAY))
    following.hindered(session, people[5], "time")
    session.commit()

    deliver.run(work, now=at(AFTER_IT))

    assert ledger(session) == {"all": (10, 10), "time": (5, 10)}
    assert ledger(session, "closed") == {}
    assert {cell.cell: cell.count for cell in figures.newest(session, where.cohort.id)} == {
        "all": 10,
        "time": 5,
    }


def test_a_second_snapshot_of_a_group_that_changed_enough_is_written(work, session, mailbox, where):
    people = following.group(session, where, 10)
    for who in people[:5]:
        following.hindered(session, who, "time")
    session.commit()
    deliver.run(work, now=at(NEXT_MONDAY))
    for who in people[5:]:
        following.hindered(session, who, "time")
    session.commit()

    deliver.run(work, now=at(AFTER_IT))

    assert ledger(session, "closed") == {"all": (10, 10), "time": (10, 10)}


def test_the_leader_of_one_person_has_nobody_counted(work, session, mailbox):
    where = factories.place(work, session)
    people = following.group(session, where, 6, "time")
    following.confirmed(session, where, people[0])
    session.commit()

    deliver.run(work, now=at(NEXT_MONDAY))

    assert len([mail for mail in mailbox.mails if mail["To"] == following.INGRID]) == 1
    assert ledger(session) == {}
