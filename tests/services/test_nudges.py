"""Planning anew: which letters stay, move or fall away as things change."""

from datetime import date, time

import pytest
from sqlalchemy import select

from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.services import availability
from lti_tool.services.availability import Availability
from tests import factories
from tests.factories import at

MONDAY = date(2026, 12, 7)


@pytest.fixture
def who(work, session):
    """Somebody without a plan, whose first letter comes on Monday at two."""
    where = factories.place(work, session)
    found = factories.learner(session, where)
    choose_hour(session, where, found, time(14), at(date(2026, 12, 5)))
    return where, found


def choose_hour(session, where, who, hour, now):
    wanted = Availability(frozenset(), hour, without_words=False, mail_locale=None)
    availability.set_out(session, who.person, wanted, where.work.catalogue, now.calendar)


def reminder(session):
    return session.scalars(select(Delivery).where(Delivery.step == "plan")).one()


def test_an_earlier_hour_chosen_on_the_very_day_leaves_the_letter_of_that_day(session, who):
    choose_hour(session, *who, time(9), at(MONDAY, 12))

    row = reminder(session)
    assert (row.status, row.due_at) == (DeliveryStatus.PLANNED, at(MONDAY, 14, 0).calendar)


def test_a_later_hour_chosen_on_the_very_day_moves_the_letter_of_that_day(session, who):
    choose_hour(session, *who, time(16), at(MONDAY, 12))

    row = reminder(session)
    assert (row.status, row.due_at) == (DeliveryStatus.PLANNED, at(MONDAY, 16, 0).calendar)


def test_another_hour_chosen_after_the_letter_went_brings_no_second_one(session, who):
    reminder(session).status = DeliveryStatus.SENT

    choose_hour(session, *who, time(17), at(MONDAY, 15))

    assert reminder(session).status is DeliveryStatus.SENT
    assert session.scalars(select(Delivery).where(Delivery.step == "plan")).all() == [reminder(session)]
