"""Which cadence fits what a training is for."""

import pytest

from lti_tool.domain.aims import Aim, Fit, GoalLevel, Kind, Reason, fit
from lti_tool.domain.cadences import StepId
from lti_tool.services import catalogue

CATALOGUE = catalogue.load()
OTHERS = [level for level in GoalLevel if level is not GoalLevel.INDIVIDUAL]


@pytest.mark.parametrize("level", [None, *GoalLevel])
def test_knowledge_is_asked_for_again_and_a_skill_is_followed_whoever_it_is_for(level):
    assert fit(Aim(level, Kind.KNOWLEDGE), 1) == Fit("intensive", Reason.KNOWLEDGE)
    assert fit(Aim(level, Kind.SKILL), 1) == Fit("standard", Reason.SKILL)


@pytest.mark.parametrize("level", [None, *GoalLevel])
def test_insight_that_people_make_in_several_sessions_is_looked_back_on_in_between(level):
    assert fit(Aim(level, Kind.INSIGHT), 2) == Fit("standard", Reason.TOGETHER)


@pytest.mark.parametrize("kind", [None, Kind.INSIGHT])
@pytest.mark.parametrize("level", OTHERS)
def test_what_is_for_more_than_one_person_is_asked_after_a_month_later(level, kind):
    assert fit(Aim(level, kind), 1) == Fit("standard", Reason.OTHERS)


def test_insight_for_oneself_of_one_day_needs_few_mails():
    assert fit(Aim(GoalLevel.INDIVIDUAL, Kind.INSIGHT), 1) == Fit("light", Reason.OWN)


@pytest.mark.parametrize("aim", [Aim(), Aim(GoalLevel.INDIVIDUAL), Aim(kind=Kind.INSIGHT)])
def test_too_little_said_says_nothing(aim):
    assert fit(aim, 1) is None


@pytest.mark.parametrize("step", [StepId.CHECK_IN, StepId.BETWEEN, StepId.YIELD])
def test_standard_has_the_letters_that_make_it_fit_and_light_has_not(step):
    assert CATALOGUE.cadence("standard").find(step)
    assert CATALOGUE.cadence("light").find(step) is None


def test_only_intensive_brings_questions_about_the_content():
    assert [each.key for each in CATALOGUE.cadences if each.recalls] == ["intensive"]


def test_whom_a_goal_is_for_is_said_in_the_words_of_the_preparation():
    items = {item.id: item for part in CATALOGUE.latest("pre").parts for item in part.items}

    options = [option.id for option in items["pre.goal_level"].options]

    assert options == [*GoalLevel, "unsure"]
