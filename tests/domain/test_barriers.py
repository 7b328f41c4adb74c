"""What gets in the way before, during and after, and what an organisation can take away of it."""

from lti_tool.domain import barriers
from lti_tool.domain.figures import Share
from lti_tool.domain.insights import When
from lti_tool.services import catalogue

MENU = catalogue.load().actions
LISTED = list(MENU.pointers)


def told(**shares):
    """Obstacles by what was said of each afterwards, or before and afterwards."""
    return {
        (when, obstacle): share
        for obstacle, by_when in shares.items()
        for when, share in zip((When.AFTER, When.BEFORE), by_when, strict=False)
        if share
    }


def order(found):
    return [each.obstacle for each in found]


def test_what_weighs_most_afterwards_stands_first():
    shares = told(time=(Share.FEW, Share.MOST), leader=(Share.HALF, None), habit=(None, Share.MOST))

    found = barriers.barriers(shares, LISTED)

    assert order(found) == ["leader", "time", "habit"]


def test_of_two_that_weigh_the_same_the_order_of_the_list_decides():
    found = barriers.barriers(told(leader=(Share.HALF,), time=(Share.HALF,)), LISTED)

    assert order(found) == ["time", "leader"]


def test_what_lies_with_one_person_is_nothing_that_an_organisation_takes_away():
    found = barriers.barriers(told(habit=(Share.MOST,), time=(Share.FEW,)), LISTED)

    assert order(barriers.to_take_away(found, MENU)) == ["time"]


def test_three_at_most_are_to_be_taken_away_each_with_what_a_manager_can_do():
    shares = told(**dict.fromkeys(["time", "occasion", "process", "colleagues"], (Share.HALF,)))

    found = barriers.to_take_away(barriers.barriers(shares, LISTED), MENU)

    assert order(found) == ["time", "occasion", "process"]
    assert all(each.actions for each in found)
    assert {action.who for each in found for action in each.actions} == {"leader"}
