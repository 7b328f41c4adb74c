"""One statement at each turn: the letter before has gone, the next one is about to go."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.services import deliveries, turns
from lti_tool.services.turns import Gone, Next
from tests import factories
from tests.factories import at

pytestmark = pytest.mark.database

MONDAY = date(2026, 12, 7)
NOW = at(MONDAY)
LEASE = timedelta(minutes=5)


@pytest.fixture
def take(work):
    def take(gone, following):
        with work.sessions.kw["bind"].begin() as connection:
            return turns.take(connection, gone, following, NOW.real)

    return take


@pytest.fixture
def first_and_second(work, session):
    """Two letters that are claimed, the first of which was marked as being sent."""
    where = factories.place(work, session)
    for name in ("p1", "p2"):
        factories.learner(session, where, name)
    session.commit()
    first, second = deliveries.claim(session, [Kind.NUDGE], 100, LEASE, NOW)
    deliveries.mark_sending(session, first, "<first@x>", "plan-1", LEASE, NOW.real)
    box = session.scalars(select(Delivery.mailbox_id).where(Delivery.id == second.delivery_id)).one()
    session.commit()
    return Gone(first.delivery_id, "<first@x>"), Next(second, "<second@x>", "plan-1", box, NOW.real + LEASE)


def row(session, delivery_id):
    session.expire_all()
    found = session.get_one(Delivery, delivery_id)
    session.commit()
    return found


def change(session, delivery_id, **values):
    session.execute(update(Delivery).where(Delivery.id == delivery_id).values(**values))
    session.commit()


def test_the_letter_before_is_sent_and_the_next_one_under_way(session, take, first_and_second):
    gone, following = first_and_second

    assert take(gone, following)

    before = row(session, gone.delivery_id)
    assert (before.status, before.lease_until, before.finished_at) == (DeliveryStatus.SENT, None, NOW.real)
    assert (before.message_id, before.attempts) == ("<first@x>", 1)
    after = row(session, following.claim.delivery_id)
    assert (after.status, after.lease_until, after.finished_at) == (
        DeliveryStatus.SENDING,
        following.lease_until,
        None,
    )
    assert (after.message_id, after.template_version, after.attempts) == ("<second@x>", "plan-1", 1)


def test_a_claim_that_was_taken_back_stays_as_it_is_and_the_letter_before_is_recorded(
    session, take, first_and_second
):
    gone, following = first_and_second
    change(session, following.claim.delivery_id, status=DeliveryStatus.CANCELLED, lease_until=None)

    assert not take(gone, following)

    assert row(session, gone.delivery_id).status is DeliveryStatus.SENT
    after = row(session, following.claim.delivery_id)
    assert (after.status, after.message_id, after.attempts) == (DeliveryStatus.CANCELLED, None, 0)


def test_a_claim_that_another_worker_has_now_is_not_ours(session, take, first_and_second):
    gone, following = first_and_second
    change(session, following.claim.delivery_id, lease_until=NOW.real + 2 * LEASE)

    assert not take(gone, following)


def test_a_letter_that_was_held_for_unknown_has_gone_after_all(session, take, first_and_second):
    gone, following = first_and_second
    change(
        session, gone.delivery_id, status=DeliveryStatus.UNKNOWN, reason="worker_died", finished_at=NOW.real
    )

    take(gone, following)

    before = row(session, gone.delivery_id)
    assert (before.status, before.reason) == (DeliveryStatus.SENT, None)


def test_a_letter_that_was_asked_for_again_meanwhile_is_not_recorded_as_gone(session, take, first_and_second):
    gone, following = first_and_second
    change(session, gone.delivery_id, status=DeliveryStatus.PLANNED, message_id=None)

    take(gone, following)

    assert row(session, gone.delivery_id).status is DeliveryStatus.PLANNED


def test_the_first_letter_of_a_batch_has_none_before_it(session, take, first_and_second):
    gone, following = first_and_second

    assert take(None, following)

    assert row(session, gone.delivery_id).status is DeliveryStatus.SENDING
