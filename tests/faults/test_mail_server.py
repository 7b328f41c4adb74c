"""A mail server that is down, slow or falls silent while a round sends."""

import threading
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.rounds import deliver
from lti_tool.services import deliveries, learner_facts, nudges
from tests import factories
from tests.factories import at

MONDAY = date(2026, 12, 7)
TUESDAY = date(2026, 12, 8)
SECOND = timedelta(seconds=1)


@pytest.fixture
def work(build, sink):
    return build(smtp_url=f"smtp://127.0.0.1:{sink.port}").extensions["beklijf"]


def letter(session):
    session.expire_all()
    row = session.scalars(select(Delivery).where(Delivery.step == "plan")).one()
    session.commit()  # so that reading here holds nobody up
    return row


def one_learner(work, session):
    where = factories.place(work, session)
    who = factories.learner(session, where)
    session.commit()
    return who


def lose_a_letter(work, sink):
    """The server takes the letter, and the line goes dead before its answer."""
    sink.silent = True
    deliver.run(work, now=at(MONDAY))
    sink.silent = False


@pytest.mark.database
def test_a_letter_without_an_answer_is_unknown_and_shown_as_such(work, session, sink):
    who = one_learner(work, session)

    lose_a_letter(work, sink)

    row = letter(session)
    (learner,) = learner_facts.gather(session, [who.enrolment.id])
    assert (row.status, row.reason) == (DeliveryStatus.UNKNOWN, "no_answer")
    assert [shown.id for shown in nudges.unknown(learner)] == [row.id]


def test_a_letter_that_is_unknown_never_goes_out_by_itself(work, session, sink):
    one_learner(work, session)
    lose_a_letter(work, sink)

    for day in range(14):
        deliver.run(work, now=at(MONDAY + timedelta(days=day)))

    assert sink.identities.count(letter(session).message_id) == 1
    assert letter(session).status is DeliveryStatus.UNKNOWN


@pytest.mark.database
@pytest.mark.parametrize("day", [MONDAY, TUESDAY])
def test_a_trainer_may_send_an_unknown_letter_again_and_it_goes_once(work, session, sink, day):
    one_learner(work, session)
    lose_a_letter(work, sink)
    row = letter(session)

    said_yes = deliveries.send_again(session, row.organisation_id, row.id, at(day, 10, 0))
    session.commit()
    for minute in (1, 2, 3):
        deliver.run(work, now=at(day, 10, minute))

    assert said_yes
    assert len(sink.taken) == 2
    assert letter(session).status is DeliveryStatus.SENT
    assert sink.identities[1] == letter(session).message_id != sink.identities[0]


def test_a_second_click_on_send_again_changes_nothing(work, session, sink):
    one_learner(work, session)
    lose_a_letter(work, sink)
    row = letter(session)
    deliveries.send_again(session, row.organisation_id, row.id, at(MONDAY, 10, 0))
    session.commit()
    deliver.run(work, now=at(MONDAY, 10, 1))

    assert not deliveries.send_again(session, row.organisation_id, row.id, at(MONDAY, 10, 2))
    session.commit()
    deliver.run(work, now=at(MONDAY, 10, 3))

    assert len(sink.taken) == 2


def test_a_server_that_is_slower_than_the_lease_is_waited_for_and_the_letter_counts_as_sent(
    work, session, sink
):
    one_learner(work, session)
    sink.seconds = 2.0
    round_of_ours = threading.Thread(target=lambda: deliver.run(work, now=at(MONDAY)))
    round_of_ours.start()
    while letter(session).status is not DeliveryStatus.SENDING:
        pass

    deliver.run(work, now=at(MONDAY, 9, 31))
    meanwhile = letter(session).status
    round_of_ours.join()

    assert meanwhile is DeliveryStatus.UNKNOWN
    assert letter(session).status is DeliveryStatus.SENT
    assert len(sink.taken) == 1


@pytest.mark.database
def test_a_refusal_that_comes_after_the_lease_lets_the_letter_wait_for_another_try(work, session):
    one_learner(work, session)
    (claim,) = deliveries.claim(session, ["nudge"], 1, SECOND, at(MONDAY))
    deliveries.mark_sending(session, claim, "<one>", "1", SECOND, at(MONDAY).real)
    deliveries.recover(session, at(MONDAY, 9, 40).real)

    deliveries.retry(session, claim.delivery_id, "<one>", "refused_for_now", at(MONDAY, 9, 45).real)
    session.commit()

    assert letter(session).status is DeliveryStatus.PLANNED


def test_a_server_that_comes_back_gets_every_letter_once(work, build, session, sink):
    where = factories.place(work, session)
    for name in "abcde":
        factories.learner(session, where, name)
    session.commit()
    nobody_there = build(smtp_url="smtp://127.0.0.1:9").extensions["beklijf"]
    for minute in (30, 32, 34):
        deliver.run(nobody_there, now=at(MONDAY, 9, minute))

    for minute in (36, 38):
        deliver.run(work, now=at(MONDAY, 9, minute))

    assert sorted(sink.addressees) == [f"{name}@gemeente.example" for name in "abcde"]
