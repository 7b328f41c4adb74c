"""A mail server that takes whole letters and then says nothing, minute after minute."""

from datetime import date, timedelta

import pytest

from lti_tool.domain.clock import Now
from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.rounds import deliver
from tests import factories
from tests.factories import at

MONDAY = date(2026, 12, 7)
PEOPLE = 20


@pytest.fixture
def work(build, sink):
    return build(smtp_url=f"smtp://127.0.0.1:{sink.port}").extensions["beklijf"]


@pytest.fixture
def crowd(work, session):
    where = factories.place(work, session)
    for number in range(PEOPLE):
        factories.learner(session, where, f"p{number}")
    session.commit()


def states(session):
    session.expire_all()
    rows = session.query(Delivery).filter(Delivery.step == "plan").all()
    session.commit()
    return [row.status for row in rows]


def run_each_minute(work, first, minutes):
    start = at(MONDAY, 9, first)
    for minute in range(minutes):
        later = timedelta(minutes=minute)
        deliver.run(work, now=Now(start.real + later, start.calendar + later))


@pytest.mark.database
def test_one_letter_without_an_answer_is_enough_for_a_round(work, session, sink, crowd):
    sink.silent = True

    deliver.run(work, now=at(MONDAY))

    assert len(sink.taken) == 1
    assert sorted(states(session)) == [DeliveryStatus.PLANNED] * (PEOPLE - 1) + [DeliveryStatus.UNKNOWN]


def test_an_hour_of_silence_costs_a_letter_each_time_it_has_lasted_twice_as_long(work, session, sink, crowd):
    sink.silent = True

    run_each_minute(work, 30, 60)

    assert states(session).count(DeliveryStatus.UNKNOWN) == len(sink.taken) <= 8


@pytest.mark.database
def test_all_others_go_once_when_the_server_speaks_again(work, session, sink, crowd):
    sink.silent = True
    run_each_minute(work, 30, 10)
    lost = len(sink.taken)
    sink.silent = False

    run_each_minute(work, 40, 30)

    assert states(session).count(DeliveryStatus.UNKNOWN) == lost
    assert states(session).count(DeliveryStatus.SENT) == PEOPLE - lost
    assert len(set(sink.addressees)) == len(sink.taken) == PEOPLE


def test_a_letter_without_an_answer_among_many_holds_the_others_a_minute(work, session, sink, crowd):
    sink.silent = True
    deliver.run(work, now=at(MONDAY))
    sink.silent = False

    run_each_minute(work, 31, 3)

    assert states(session).count(DeliveryStatus.SENT) == PEOPLE - 1


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("words", ["421 too busy, goodbye", "451 not now"])
def test_a_server_that_refuses_for_now_gets_each_letter_once_later(
    work, session, sink, crowd, command, words
):
    sink.says = {command: words}
    run_each_minute(work, 30, 3)
    refused = list(sink.taken)
    sink.says = {}

    run_each_minute(work, 40, 2)

    assert refused == []
    assert states(session) == [DeliveryStatus.SENT] * PEOPLE
    assert len(set(sink.addressees)) == len(sink.taken) == PEOPLE


@pytest.mark.database
@pytest.mark.parametrize("command", ["RCPT", "DATA"])
def test_a_server_that_says_goodbye_at_each_letter_is_asked_twice_in_a_round(
    work, session, sink, crowd, command
):
    sink.says = {command: "421 too busy, goodbye"}

    deliver.run(work, now=at(MONDAY))

    reasons = [row.reason for row in session.query(Delivery).filter(Delivery.step == "plan")]
    assert sink.asked == 2
    assert states(session) == [DeliveryStatus.PLANNED] * PEOPLE
    assert sorted(reasons) == ["refused_for_now"] * 2 + ["unreachable"] * (PEOPLE - 2)
