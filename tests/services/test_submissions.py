"""What follows from a submit, part by part."""

import pytest
from sqlalchemy import select

from lti_tool.domain.answers import Answer
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.plans import PlanStatus
from lti_tool.services import desks, groups, plans, reflections, submissions
from tests import factories
from tests.factories import ENDED_ON, SENTENCE, at

NOW = at(ENDED_ON, 17).calendar
SAID = {
    "post.task": Answer(words="de brief over dakkapellen"),
    "post.if_then": Answer(words=SENTENCE.when, then=SENTENCE.then),
}


@pytest.fixture
def where(work, session):
    return factories.place(work, session)


@pytest.fixture
def who(session, where):
    return factories.learner(session, where)


def submit(session, where, who, part, said, now=NOW):
    catalogue = where.work.catalogue
    seat = desks.find(session, who.person, who.key, where.link, catalogue, part)
    reflections.save(session, seat.desk, said, 1, now)
    seat = desks.find(session, who.person, who.key, where.link, catalogue, part)
    submissions.submit(session, seat, catalogue, now)


def done(session, where):
    """How many their trainer sees as done."""
    (standing,) = groups.standings(session, where.track, where.activity.id).values()
    return standing.done


def scores(session):
    return len(session.scalars(select(Delivery).where(Delivery.kind == Kind.SCORE)).all())


@pytest.mark.parametrize("part", ["harvest", "yield"])
def test_looking_back_later_leaves_the_plan_as_it_is(session, where, who, part):
    submit(session, where, who, "plan", SAID)

    submit(session, where, who, part, {})

    plan = plans.find(session, who.enrolment.id)
    assert plan.status is PlanStatus.MADE
    assert plans.sentence_of(plan, who.person, who.key).then == SENTENCE.then
    assert plan.task is not None
    assert scores(session) == 1


def test_preparing_further_leaves_the_task_as_it_is(work, session):
    where = factories.place(work, session, instrument="pre")
    who = factories.learner(session, where)
    submit(session, where, who, "short", {"pre.task": Answer(words="de brief over dakkapellen")})
    task = plans.find(session, who.enrolment.id).task

    submit(session, where, who, "deeper", {})

    assert plans.find(session, who.enrolment.id).task == task


def test_only_the_first_part_counts_as_done(session, where, who):
    submit(session, where, who, "harvest", {})

    assert done(session, where) == 0
    assert scores(session) == 0

    submit(session, where, who, "plan", SAID)

    assert done(session, where) == 1


@pytest.mark.parametrize(("part", "comes"), [("plan", True), ("harvest", False), ("yield", False)])
def test_looking_back_in_the_course_is_an_answer_and_making_a_plan_is_none(session, where, who, part, comes):
    submit(session, where, who, part, SAID if part == "plan" else {})

    planned = select(Delivery.step).where(Delivery.status == DeliveryStatus.PLANNED)
    assert ("last_call" in session.scalars(planned).all()) is comes
