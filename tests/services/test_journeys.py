"""What is asked after an item, as its learner is told."""

from datetime import date

from lti_tool.services.journeys import Stop, following

DAY = date(2026, 11, 20)
PRE, PLAN = Stop("pre", None, True, None), Stop("post", None, False, DAY)
FIRST, SECOND = Stop("mid", 1, False, DAY), Stop("mid", 2, False, DAY)


def test_after_preparing_comes_the_first_session():
    assert following([PRE, FIRST, SECOND, PLAN], "pre", None) == FIRST


def test_after_a_session_comes_the_next_and_then_the_plan():
    assert following([PRE, FIRST, SECOND, PLAN], "mid", 1) == SECOND
    assert following([PRE, FIRST, SECOND, PLAN], "mid", 2) == PLAN


def test_what_was_done_is_not_asked_again():
    done = Stop("mid", 1, True, DAY)

    assert following([PRE, done, SECOND, PLAN], "pre", None) == SECOND


def test_after_the_last_item_comes_nothing():
    assert following([PRE, PLAN], "post", None) is None
