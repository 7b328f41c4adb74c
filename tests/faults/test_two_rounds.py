"""Two rounds at once, and people who change things while a round goes on."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.rounds import deliver
from lti_tool.services import deliveries, preferences
from tests import factories
from tests.factories import at

MONDAY = date(2026, 12, 7)
PEOPLE = 60
LEASE = timedelta(minutes=5)


@pytest.fixture
def work(build, sink):
    return build(smtp_url=f"smtp://127.0.0.1:{sink.port}").extensions["beklijf"]


def enrol_many(session, where, number):
    for one in range(number):
        factories.learner(session, where, f"p{one}")
    session.commit()


def run_twice_at_once(work):
    """How many letters each of two rounds sent."""
    with ThreadPoolExecutor(2) as two:
        return list(two.map(lambda _: deliver.run(work, now=at(MONDAY)), range(2)))


def first_letter(session):
    session.expire_all()
    row = session.scalars(select(Delivery).where(Delivery.step == "plan")).one()
    session.commit()
    return row


def claim(work, now):
    with work.sessions.begin() as session:
        return deliveries.claim(session, [Kind.NUDGE], 25, LEASE, now)


@pytest.mark.database
def test_two_rounds_at_once_share_the_letters_and_never_send_one_twice(work, session, sink):
    where = factories.place(work, session)
    enrol_many(session, where, PEOPLE)
    sink.seconds = 0.01

    sent = run_twice_at_once(work)

    assert sum(sent) == PEOPLE
    assert len(set(sink.addressees)) == len(sink.taken) == PEOPLE


@pytest.mark.database
def test_two_rounds_at_once_never_send_two_letters_to_one_mailbox_on_a_day(work, session, sink):
    for name in ("first", "second"):
        where = factories.place(work, session, organisation=name)
        enrol_many(session, where, PEOPLE // 2)

    run_twice_at_once(work)

    assert sorted(sink.addressees) == sorted(f"p{one}@gemeente.example" for one in range(PEOPLE // 2))


@pytest.mark.database
def test_a_claim_that_another_round_took_over_holds_no_more(work, session):
    where = factories.place(work, session)
    factories.learner(session, where)
    session.commit()
    (lost,) = claim(work, at(MONDAY))
    too_soon = claim(work, at(MONDAY, 9, 31))
    (ours,) = claim(work, at(MONDAY, 9, 40))

    assert too_soon == []
    assert deliveries.find_claimed(session, lost) is None
    assert deliveries.find_claimed(session, ours) is not None


@pytest.mark.database("postgresql")
def test_nobody_takes_over_a_claim_that_is_being_decided_upon(work, session, sink):
    where = factories.place(work, session)
    factories.learner(session, where)
    session.commit()
    (ours,) = claim(work, at(MONDAY))

    with work.sessions() as deciding:
        deliveries.find_claimed(deciding, ours)
        taken_over = claim(work, at(MONDAY, 9, 40))

        still_ours = deliveries.mark_sending(deciding, ours, "<id>", "1", LEASE, at(MONDAY, 9, 40).real)
        deciding.commit()

    assert taken_over == []
    assert still_ours


@pytest.mark.database("postgresql")
def test_a_page_that_was_read_before_a_letter_went_out_does_not_change_that_it_went(work, session, sink):
    where = factories.place(work, session)
    factories.learner(session, where)
    session.commit()
    found = preferences.find(session, first_letter(session).id)

    deliver.run(work, now=at(MONDAY))
    preferences.stop(session, found, work.catalogue, at(MONDAY, 9, 31).calendar)
    session.commit()

    assert first_letter(session).status is DeliveryStatus.SENT


@pytest.mark.database("postgresql")
def test_a_letter_that_somebody_is_stopping_is_left_to_them(work, session, sink):
    where = factories.place(work, session)
    factories.learner(session, where)
    session.commit()
    found = preferences.find(session, first_letter(session).id)

    preferences.stop(session, found, work.catalogue, at(MONDAY).calendar)
    deliver.run(work, now=at(MONDAY, 9, 31))
    session.commit()

    assert sink.taken == []
    assert first_letter(session).status is DeliveryStatus.CANCELLED
