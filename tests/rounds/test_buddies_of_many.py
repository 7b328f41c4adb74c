"""Who is a buddy of several learners: one question a week, and two in all."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.rounds import deliver
from tests import factories, following
from tests.factories import ENDED_ON, at
from tests.rounds.buddies import live_through, question, willing
from tests.rounds.contacts import to


@pytest.fixture
def where(work, session):
    return factories.place(work, session)


@pytest.mark.database
def test_a_buddy_of_several_gets_one_question_a_week(work, session, mailbox):
    for name in ("first", "second"):
        place = factories.place(work, session, organisation=name)
        willing(session, place, factories.learner(session, place))

    for day in range(20):
        deliver.run(work, now=at(ENDED_ON + timedelta(days=day), 10))

    questions = [mail for mail in to(mailbox) if mail["Subject"] == "Een vraag voor uw collega"]
    rows = session.scalars(
        select(Delivery).where(Delivery.step == "buddy", Delivery.kind == Kind.DIGEST)
    ).all()
    assert len(questions) == 2
    assert {row.due_on.isocalendar().week for row in rows} == {50, 51}


def asked_by(session, where, *names):
    """Everybody of these names chose Ingrid, who said yes to each."""
    for name in names:
        willing(session, where, factories.learner(session, where, name))


def told_of(session):
    session.expire_all()
    rows = session.scalars(select(Delivery).where(Delivery.step == "buddy").order_by(Delivery.status)).all()
    session.commit()
    return [(row.status, row.reason) for row in rows]


@pytest.mark.database
def test_who_is_a_buddy_of_many_gets_two_questions_in_all_over_all_trainings(work, session, mailbox, where):
    elsewhere = factories.place(work, session, organisation="elsewhere", ends_on=ENDED_ON + timedelta(days=7))
    asked_by(session, where, "first", "second")
    asked_by(session, elsewhere, "third", "fourth")

    live_through(work, 30)

    questions = [mail for mail in to(mailbox) if mail["Subject"] == "Een vraag voor uw collega"]
    gone = (DeliveryStatus.SENT, None)
    asked_enough = (DeliveryStatus.SKIPPED, "buddy_asked_enough")
    assert len(questions) == 2
    assert told_of(session) == [gone, gone, asked_enough, asked_enough]


def test_a_question_that_did_not_arrive_takes_no_place_of_the_two(work, session, mailbox, where):
    asked_by(session, where, "first")
    live_through(work, 10)
    question(session).status = DeliveryStatus.FAILED
    session.commit()
    elsewhere = factories.place(work, session, organisation="elsewhere", ends_on=ENDED_ON + timedelta(days=7))
    asked_by(session, elsewhere, "second")
    third = factories.place(work, session, organisation="third", ends_on=ENDED_ON + timedelta(days=14))
    asked_by(session, third, "third")

    live_through(work, 40, first=10)

    assert [status for status, _ in told_of(session)] == ["failed", "sent", "sent"]


def test_who_had_all_questions_as_a_buddy_still_gets_cards(work, session, mailbox, where):
    asked_by(session, where, "first")
    elsewhere = factories.place(work, session, organisation="elsewhere", ends_on=ENDED_ON + timedelta(days=7))
    asked_by(session, elsewhere, "second")
    following.confirmed(session, where)
    session.commit()

    live_through(work, 25)

    sent = session.scalars(select(Delivery.step).where(Delivery.status == DeliveryStatus.SENT)).all()
    assert sent.count("buddy") == 2
    assert {"leader", "closed", "value_check"} & set(sent)
