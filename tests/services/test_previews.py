"""Who else may get mail, as a trainer sees it before anybody was asked."""

from datetime import date

import pytest
from sqlalchemy import select

from lti_tool.models.contacts import ContactKind
from lti_tool.models.deliveries import Delivery, Kind
from lti_tool.services import previews
from tests import factories, following
from tests.factories import ENDED_ON, at

NOW = at(date(2026, 11, 16), 12)
STARTS_ON = date(2026, 11, 30)


@pytest.fixture
def where(work, session):
    return factories.place(work, session, starts_on=STARTS_ON, ends_on=ENDED_ON, now=NOW)


def asked(session, where, now=NOW):
    """What the calendar of the group says: of each whom a learner may ask, the days."""
    training = previews.of_track(session, where.track, where.cohort)
    shown = previews.calendar(training, where.work.catalogue, now.calendar)
    return {one.who: one.days for one in shown.asked}


def test_it_names_the_days_of_a_buddy_and_of_a_manager(session, where):
    assert asked(session, where) == {
        ContactKind.BUDDY: (date(2026, 12, 11),),
        ContactKind.LEADER: (date(2026, 11, 23), date(2026, 12, 14)),
    }


@pytest.mark.parametrize("kind", [ContactKind.BUDDY, ContactKind.LEADER])
def test_the_days_are_those_of_the_letters_that_are_planned_after_a_yes(session, where, kind):
    promised = asked(session, where)[kind]
    who = factories.learner(session, where, now=NOW)

    following.confirmed(session, where, who, kind=kind, now=NOW)

    rows = select(Delivery.due_on).where(Delivery.kind == Kind.DIGEST).order_by(Delivery.due_on)
    assert tuple(session.scalars(rows)) == promised


def test_who_gets_nothing_any_more_is_not_named(session, where):
    assert set(asked(session, where, at(date(2026, 12, 14), 12))) == {ContactKind.BUDDY}
    assert asked(session, where, at(date(2026, 12, 31), 12)) == {}
