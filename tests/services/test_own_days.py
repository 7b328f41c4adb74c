"""A day that a learner chose and that gets no mail is told, whatever the cause."""

from datetime import date

import pytest
from sqlalchemy import select

from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.services import budgets, learner_facts, nudges, own_days, plans, tracks
from lti_tool.services.own_days import NoMail
from lti_tool.services.tracks import Dates
from tests import factories
from tests.factories import ENDED_ON, at

MONDAY, TUESDAY, THURSDAY, FRIDAY = (date(2026, 12, day) for day in (7, 8, 10, 11))
NEXT_WEEK = date(2026, 12, 16)
NOW = at(MONDAY, 12).calendar


@pytest.fixture
def where(work, session):
    return factories.place(work, session)


@pytest.fixture
def who(session, where):
    return factories.learner(session, where)


def asked(session, where, who, now=NOW):
    session.flush()
    (learner,) = learner_facts.gather(session, [who.enrolment.id])
    return own_days.without_mail(session, learner, where.work.catalogue, now)


def take(session, who, on, step):
    """A letter of that step has gone to this person on a day."""
    row = session.scalars(select(Delivery).where(Delivery.step == step)).one()
    mailbox = who.person.mailbox_id
    assert budgets.Book(session, [mailbox], on).take(mailbox, row, on)
    row.status, row.due_on = DeliveryStatus.SENT, on
    session.flush()


def test_an_own_day_with_room_needs_no_word(session, where, who):
    factories.plan(session, where, who, own_on=THURSDAY)

    assert asked(session, where, who) is None


def test_an_own_day_before_the_new_end_of_the_training_is_told(session, where, who):
    factories.plan(session, where, who, own_on=THURSDAY)
    tracks.move(session, where.cohort, Dates(FRIDAY, FRIDAY), NOW)
    session.expire_all()

    assert asked(session, where, who) is NoMail.OUTSIDE_WINDOW


def test_an_own_day_in_a_week_whose_slots_have_gone_is_told_at_once(session, where, who):
    take(session, who, MONDAY, "plan")
    plan = factories.plan(session, where, who, own_on=NEXT_WEEK, made_on=MONDAY, now=at(MONDAY, 11))
    take(session, who, TUESDAY, "rehearse")
    plans.change(session, plan, who.person, who.key, factories.SENTENCE, FRIDAY, NOW)

    assert asked(session, where, who, at(TUESDAY, 12).calendar) is NoMail.NO_ROOM


def test_an_own_day_whose_mail_found_no_room_is_told_on_that_day_and_not_after(session, where, who):
    factories.plan(session, where, who, own_on=THURSDAY)
    cue = session.scalars(select(Delivery).where(Delivery.step == "own_date")).one()
    cue.status, cue.reason = DeliveryStatus.SKIPPED, "budget"

    assert asked(session, where, who, at(THURSDAY, 12).calendar) is NoMail.NO_ROOM
    assert asked(session, where, who, at(FRIDAY, 12).calendar) is None


def test_whoever_used_the_plan_needs_no_word(session, where, who):
    plan = factories.plan(session, where, who, own_on=THURSDAY)
    tracks.move(session, where.cohort, Dates(FRIDAY, FRIDAY), NOW)
    session.expire_all()
    plans.mark_used(plan, MONDAY, NOW)

    assert asked(session, where, who) is None


def test_another_day_makes_the_letters_come_again(session, where, who):
    plan = factories.plan(session, where, who, own_on=THURSDAY)
    tracks.move(session, where.cohort, Dates(FRIDAY, FRIDAY), NOW)
    session.expire_all()

    plans.change(session, plan, who.person, who.key, factories.SENTENCE, NEXT_WEEK, NOW)
    nudges.replan(session, [who.enrolment.id], where.work.catalogue, NOW)

    cue = session.scalars(select(Delivery).where(Delivery.step == "own_date")).one()
    assert (asked(session, where, who), cue.due_on) == (None, NEXT_WEEK)
    assert cue.status is DeliveryStatus.PLANNED
    assert cue.due_on > ENDED_ON
