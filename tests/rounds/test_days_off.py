"""Good Friday and 5 May, by the choice of an organisation: the letters that were planned move along."""

from datetime import date

import pytest
from sqlalchemy import select

from lti_tool.models.deliveries import Delivery, Kind
from lti_tool.rounds import days_off
from tests import factories, following
from tests.factories import at

THURSDAY = date(2027, 3, 25)
GOOD_FRIDAY, TUESDAY_AFTER_EASTER = date(2027, 3, 26), date(2027, 3, 30)


def first_day(session, kind):
    session.expire_all()
    found = session.scalars(
        select(Delivery.due_on).where(Delivery.kind == kind).order_by(Delivery.due_on)
    ).first()
    session.commit()
    return found


def choose(work, session, where, *days):
    organisation_id = where.organisation.id
    session.commit()  # so that reading here holds nobody up
    return days_off.choose(work, organisation_id, days, now=at(THURSDAY, 12))


@pytest.fixture
def where(work, session):
    """A training that ended on the Thursday before Easter, with somebody who takes part and a contact."""
    now = at(THURSDAY, 8)
    found = factories.place(work, session, ends_on=THURSDAY, now=now)
    factories.learner(session, found, now=now)
    following.confirmed(session, found, now=now)
    session.commit()
    return found


@pytest.mark.database
@pytest.mark.parametrize("kind", [Kind.NUDGE, Kind.DIGEST])
def test_a_day_that_becomes_a_day_off_and_one_again_moves_what_was_planned(work, session, where, kind):
    before = first_day(session, kind)

    chosen = choose(work, session, where, "good_friday")
    off = first_day(session, kind)
    choose(work, session, where)

    assert chosen == "good_friday"
    assert (before, off) == (GOOD_FRIDAY, TUESDAY_AFTER_EASTER)
    assert first_day(session, kind) == GOOD_FRIDAY


def test_another_organisation_keeps_its_working_day(work, session, where):
    other = factories.place(work, session, organisation="other", ends_on=THURSDAY, now=at(THURSDAY, 8))

    choose(work, session, other, "good_friday")

    assert first_day(session, Kind.NUDGE) == GOOD_FRIDAY


def test_more_people_than_one_transaction_takes_all_move_along(work, session, where, monkeypatch):
    factories.learner(session, where, "second", now=at(THURSDAY, 8))
    session.commit()
    monkeypatch.setattr(days_off, "TOGETHER", 1)

    choose(work, session, where, "good_friday")

    assert first_day(session, Kind.NUDGE) == TUESDAY_AFTER_EASTER
