"""What a plan was before: kept when it changes, and only then."""

from datetime import date, timedelta

import pytest

from lti_tool.domain.answers import Answer
from lti_tool.models.plans import EarlierPlan
from lti_tool.services import learner_facts, plan_history, plans, responses
from lti_tool.services.plan_history import MOST, Version
from lti_tool.services.plans import Sentence
from tests import factories
from tests.factories import ENDED_ON, at

MONDAY, THURSDAY = date(2026, 12, 7), date(2026, 12, 10)
FIRST = {
    "post.task": Answer(words="de brief"),
    "post.if_then": Answer(words="de telefoon gaat", then="vraag ik door"),
    "post.task_on": Answer(words=MONDAY.isoformat()),
}
NOW = at(ENDED_ON).calendar


@pytest.fixture
def who(work, session):
    return factories.learner(session, factories.place(work, session))


@pytest.fixture
def plan(session, who):
    return plans.make(session, who.person, who.enrolment, FIRST, who.key, ENDED_ON, NOW)


def earlier(session, who):
    return plan_history.of(session, who.enrolment, who.person, who.key)


def test_a_plan_that_is_made_has_nothing_before_it(session, who, plan):
    assert plan.when_words is not None
    assert earlier(session, who) == []


def test_what_it_was_is_kept_with_the_moment_that_it_changed(session, who, plan):
    later = NOW + timedelta(days=2)

    plans.change(session, plan, who.person, who.key, Sentence("de bel gaat", ""), THURSDAY, later)

    (one,) = earlier(session, who)
    assert one.version == Version("de brief", "de telefoon gaat", "vraag ik door", MONDAY.isoformat())
    assert (one.version.day, one.until) == (MONDAY, later)


@pytest.mark.database("postgresql")  # where two who write wait for each other only once they hold the row
def test_who_had_to_wait_keeps_what_another_page_made_of_it_and_not_what_they_saw(work, session, who, plan):
    session.commit()
    with work.sessions.begin() as waiting:
        seen = learner_facts.gather(waiting, [who.enrolment.id])
        plans.change(session, plan, who.person, who.key, Sentence("de bel gaat", ""), None, NOW)
        session.commit()

        found = responses.in_the_tool(waiting, who.enrolment.id, NOW, to_change=True).learner.plan
        plans.change(waiting, found, who.person, who.key, Sentence("de post komt", ""), None, NOW)

    assert seen[0].plan is found
    assert {one.version.when for one in earlier(session, who)} == {"de telefoon gaat", "de bel gaat"}


@pytest.mark.parametrize("said", [FIRST, {**FIRST, "post.cue": Answer(words="doorvragen")}])
def test_saving_what_stands_there_already_keeps_nothing(session, who, plan, said):
    plans.make(session, who.person, who.enrolment, said, who.key, ENDED_ON, NOW)
    plans.change(session, plan, who.person, who.key, Sentence("de telefoon gaat", ""), MONDAY, NOW)

    assert earlier(session, who) == []


def test_using_it_is_no_change(session, who, plan):
    plans.mark_used(plan, ENDED_ON, NOW)
    plans.mark_open(plan, NOW)

    assert earlier(session, who) == []


def test_the_task_from_before_the_training_is_kept_too(session, who):
    for task in ("de nota", "de brief", "de brief"):
        said = {"pre.task": Answer(words=task)}
        plans.prepare(session, who.person, who.enrolment, said, who.key, NOW)

    assert [one.version for one in earlier(session, who)] == [Version(task="de nota")]


def test_only_the_last_ones_stay(session, who, plan):
    for number in range(MOST + 5):
        words, then = Sentence(f"keer {number}", ""), NOW + timedelta(hours=number + 1)
        plans.change(session, plan, who.person, who.key, words, None, then)

    found = [one.version.when for one in earlier(session, who)]
    assert found == [f"keer {number}" for number in range(MOST + 3, 3, -1)]


def test_it_is_sealed(session, who, plan):
    plans.change(session, plan, who.person, who.key, Sentence("de bel gaat", ""), None, NOW)

    row = session.query(EarlierPlan).one()
    assert b"telefoon" not in row.said.pack()
