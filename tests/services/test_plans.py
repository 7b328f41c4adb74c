"""The learner's own plan, and the letters that follow from it."""

from datetime import date

import pytest
from sqlalchemy import select

from lti_tool.domain.answers import Answer
from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.plans import PlanStatus
from lti_tool.services import nudges, plans
from lti_tool.services.plans import Sentence
from tests import factories
from tests.factories import ENDED_ON, at

MONDAY, WEDNESDAY = date(2026, 12, 7), date(2026, 12, 9)
THURSDAY, TUESDAY = date(2026, 12, 10), date(2026, 12, 15)
NOTHING = Sentence("", "")
TICKED, UNKNOWN = Answer(words=THURSDAY.isoformat()), Answer(unknown=True)


@pytest.fixture
def where(work, session):
    return factories.place(work, session)


@pytest.fixture
def who(session, where):
    return factories.learner(session, where)


def steps(session, status):
    rows = session.scalars(select(Delivery).where(Delivery.status == status).order_by(Delivery.due_at))
    return [(row.step, row.due_on) for row in rows]


def test_a_plan_brings_its_letters_and_takes_the_reminder_to_make_one_away(session, where, who):
    factories.plan(session, where, who, own_on=THURSDAY)

    assert [step for step, _ in steps(session, DeliveryStatus.PLANNED)] == [
        "rehearse",
        "own_date",
        "check_in",
        "harvest",
        "last_call",
    ]
    assert [step for step, _ in steps(session, DeliveryStatus.CANCELLED)] == ["plan"]


def test_another_day_moves_the_cue_that_has_not_gone_out(session, where, who):
    plan = factories.plan(session, where, who, own_on=THURSDAY)

    plans.change(session, plan, who.person, who.key, NOTHING, TUESDAY, at(ENDED_ON, 17).calendar)
    nudges.replan(session, [who.enrolment.id], where.work.catalogue, at(ENDED_ON, 17).calendar)

    assert ("own_date", TUESDAY) in steps(session, DeliveryStatus.PLANNED)
    assert plan.own_date_number == 1


def test_another_day_after_the_cue_went_out_gets_a_cue_of_its_own(session, where, who):
    plan = factories.plan(session, where, who, own_on=THURSDAY)
    cue = session.scalars(select(Delivery).where(Delivery.step == "own_date")).one()
    cue.status = DeliveryStatus.SENT

    plans.change(session, plan, who.person, who.key, NOTHING, TUESDAY, at(THURSDAY, 10).calendar)
    nudges.replan(session, [who.enrolment.id], where.work.catalogue, at(THURSDAY, 10).calendar)

    assert ("own_date", TUESDAY) in steps(session, DeliveryStatus.PLANNED)
    assert (plan.own_date_number, cue.status) == (2, DeliveryStatus.SENT)


def test_whoever_used_it_and_chooses_another_day_is_reminded_again(session, where, who):
    plan = factories.plan(session, where, who, own_on=THURSDAY)
    plans.mark_used(plan, THURSDAY, at(THURSDAY, 10).calendar)

    plans.change(session, plan, who.person, who.key, NOTHING, TUESDAY, at(THURSDAY, 11).calendar)

    assert (plan.status, plan.used_on) == (PlanStatus.MADE, None)


def test_planning_twice_adds_nothing(session, where, who):
    factories.plan(session, where, who, own_on=THURSDAY)
    before = steps(session, DeliveryStatus.PLANNED)

    nudges.replan(session, [who.enrolment.id], where.work.catalogue, at(ENDED_ON, 17).calendar)

    assert steps(session, DeliveryStatus.PLANNED) == before


def test_a_rehearsal_that_waits_for_room_gives_way_to_an_own_date_that_comes_nearer(session, where, who):
    plan = factories.plan(session, where, who, own_on=TUESDAY)
    rehearsal = session.scalars(select(Delivery).where(Delivery.step == "rehearse")).one()
    rehearsal.due_at, rehearsal.due_on = at(WEDNESDAY).calendar, WEDNESDAY
    rehearsal.reason = "no_room_today"

    plans.change(session, plan, who.person, who.key, NOTHING, WEDNESDAY, at(MONDAY, 10).calendar)
    nudges.replan(session, [who.enrolment.id], where.work.catalogue, at(MONDAY, 10).calendar)

    assert ("own_date", WEDNESDAY) in steps(session, DeliveryStatus.PLANNED)
    assert ("rehearse", WEDNESDAY) in steps(session, DeliveryStatus.CANCELLED)


def test_a_rehearsal_that_waits_for_room_may_wait_until_the_day_before_the_own_date(session, where, who):
    plan = factories.plan(session, where, who, own_on=TUESDAY)
    rehearsal = session.scalars(select(Delivery).where(Delivery.step == "rehearse")).one()
    rehearsal.due_at, rehearsal.due_on = at(WEDNESDAY).calendar, WEDNESDAY
    rehearsal.reason = "no_room_today"

    plans.change(session, plan, who.person, who.key, NOTHING, THURSDAY, at(MONDAY, 10).calendar)
    nudges.replan(session, [who.enrolment.id], where.work.catalogue, at(MONDAY, 10).calendar)

    assert ("rehearse", WEDNESDAY) in steps(session, DeliveryStatus.PLANNED)
    assert rehearsal.last_on == WEDNESDAY


@pytest.mark.parametrize(
    "said", [{}, {"post.task_on": TICKED}, {"post.if_then": UNKNOWN, "post.task_on": TICKED}]
)
def test_without_a_sentence_the_plan_stays_open_whatever_day_was_ticked(session, where, who, said):
    plan = plans.make(session, who.person, who.enrolment, said, who.key, ENDED_ON, at(ENDED_ON).calendar)
    nudges.replan(session, [who.enrolment.id], where.work.catalogue, at(ENDED_ON, 17).calendar)

    assert (plan.status, plan.made_on, plan.own_on) == (PlanStatus.PREPARED, None, None)
    assert [step for step, _ in steps(session, DeliveryStatus.PLANNED)] == ["plan", "harvest", "last_call"]


def test_a_sentence_that_is_taken_back_leaves_the_plan_open_again(session, where, who):
    factories.plan(session, where, who, own_on=THURSDAY)

    plan = plans.make(session, who.person, who.enrolment, {}, who.key, ENDED_ON, at(ENDED_ON, 17).calendar)
    nudges.replan(session, [who.enrolment.id], where.work.catalogue, at(ENDED_ON, 17).calendar)

    assert (plan.status, plan.made_on) == (PlanStatus.PREPARED, None)
    assert [step for step, _ in steps(session, DeliveryStatus.PLANNED)] == ["plan", "harvest", "last_call"]


def test_half_a_sentence_is_a_plan(session, who):
    said = {"post.if_then": Answer(then="vraag ik eerst door"), "post.task_on": TICKED}

    plan = plans.make(session, who.person, who.enrolment, said, who.key, ENDED_ON, at(ENDED_ON).calendar)

    assert (plan.status, plan.own_on) == (PlanStatus.MADE, THURSDAY)
