"""Comparing two ways of following up: with enough people, and drawn by lot."""

import pytest

from lti_tool.domain import comparisons
from lti_tool.domain.comparisons import Arm, By


@pytest.mark.parametrize(("difference", "people"), [(21, 194), (16, 346), (11, 782)])
def test_how_many_people_it_takes_is_as_in_the_tables_for_a_point_less(difference, people):
    # Fleiss, Levin and Paik: 97, 173 and 391 an arm, without the correction for continuity.
    assert comparisons.need(difference, [], By.PERSON).people == pytest.approx(people, abs=6)


def test_drawing_groups_takes_more_people_and_at_least_so_many_groups():
    by_person = comparisons.need(20, [20] * 40, By.PERSON)

    by_group = comparisons.need(20, [20] * 40, By.GROUP)

    assert by_group.people == pytest.approx(by_person.people * (1 + 19 * 0.05) + 40, abs=2)
    assert comparisons.need(20, [200] * 40, By.GROUP).groups == 16


def test_groups_of_very_different_size_take_more_still():
    alike, different = [20] * 40, [5, 35] * 20

    assert comparisons.need(20, different, By.GROUP).people > comparisons.need(20, alike, By.GROUP).people


@pytest.mark.parametrize(
    ("sizes", "enough"),
    [([20] * 20, True), ([20] * 19, False), ([100] * 4, False)],
)
def test_it_is_enough_when_both_people_and_groups_are(sizes, enough):
    wanted = comparisons.Need(people=400, groups=16)

    assert comparisons.is_enough(wanted, sizes) is enough


def test_people_who_are_drawn_are_in_both_arms_alike_in_each_group():
    groups = [[f"{number}-{place}" for place in range(7)] for number in range(5)]

    arms = comparisons.draw(groups, By.PERSON, is_turned=False)

    assert len(arms) == 35
    for group in groups:
        assert abs(sum(arms[each] is Arm.OTHER for each in group) - 3.5) <= 0.5


def test_groups_that_are_drawn_stay_together_and_are_set_against_their_like():
    groups = [[f"{number}-{place}" for place in range(size)] for number, size in enumerate((30, 4, 31, 5))]

    arms = comparisons.draw(groups, By.GROUP, is_turned=False)

    by_group = [{arms[each] for each in group} for group in groups]
    assert all(len(each) == 1 for each in by_group)
    assert by_group[0] != by_group[2]
    assert by_group[1] != by_group[3]


@pytest.mark.parametrize("by", By)
def test_turned_around_everybody_is_in_the_other_arm(by):
    groups = [["a", "b"], ["c"], ["d", "e", "f"], ["g"]]

    one, other = (comparisons.draw(groups, by, is_turned=turned) for turned in (False, True))

    assert all(one[each] is not other[each] for each in one)
