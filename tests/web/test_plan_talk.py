"""A sheet for a talk about the plan: its learner picks what stands on it, and it goes nowhere."""

import pytest

from tests.web.campus import LOOK_BACK, PREPARE, TRAINER, WRITING, write
from tests.web.planning import asking, place
from tests.web.tables import dump

GOAL, REASON = "Eerst horen wat iemand zoekt.", "Minder bellen."
IN_THE_WAY = "Mijn chef vraagt er niet naar."


@pytest.fixture
def training(campus):
    return place(campus)


@pytest.fixture
def ask(training):
    """What a learner with a plan asks of the tool."""
    browser, page = training.open("sanne", PREPARE)
    write(browser, page, {"pre.goal": GOAL, "pre.relevance.self": REASON})
    write(browser, browser.launch(LOOK_BACK), {**WRITING, "post.obstacles.text": IN_THE_WAY})
    return asking(training, browser, LOOK_BACK)


def test_what_fits_the_talk_is_ticked_beforehand_and_nothing_about_what_gets_in_the_way(ask):
    leader, team = ask("plan/talk?with=leader").text, ask("plan/talk?with=team").text

    assert 'value="pre.goal" checked' in leader
    assert 'value="post.if_then" checked' in leader
    assert IN_THE_WAY in leader
    assert 'value="post.obstacles.text" checked' not in leader
    assert 'value="post.if_then" checked' not in team
    assert REASON in leader


def test_the_sheet_holds_what_was_ticked_and_nothing_else(ask):
    text = ask("plan/talk?with=team&show=1&item=pre.relevance.self&item=made.up").text

    assert "Gesprek met uw team" in text
    assert "Wie heeft zoiets al eens geprobeerd?" in text
    assert REASON in text
    assert GOAL not in text
    assert "een inwoner belt" not in text
    assert "verstuurt het blad niet" in text


@pytest.mark.parametrize("query", ["", "?with=boss", "?with=leader&with=team"])
def test_an_address_that_says_nothing_useful_is_a_talk_with_the_manager(ask, query):
    assert 'name="with" value="leader"' in ask(f"plan/talk{query}").text


def test_without_a_plan_there_is_nothing_to_tick(training):
    text = asking(training, training.sign_in("youssef"), LOOK_BACK)("plan/talk").text

    assert "Uw plan is nog leeg" in text
    assert "checkbox" not in text


def test_making_a_sheet_leaves_nothing_behind(training, ask):
    before = dump(training.work)

    ask("plan/talk?with=buddy&show=1&item=pre.goal")

    assert dump(training.work) == before


def test_a_trainer_has_no_sheet(training):
    assert asking(training, training.sign_in(TRAINER), LOOK_BACK)("plan/talk").status_code == 403
