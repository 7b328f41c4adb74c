"""What came of a comparison is told no surer than it is, and gives nobody away."""

import math
from random import Random

import pytest

from lti_tool.domain import comparisons, findings
from lti_tool.domain.comparisons import Arm, By
from lti_tool.domain.findings import Group, Verdict

STILL = {Arm.USUAL: 0, Arm.OTHER: 0}
TIMES = 1500


def some(random, number, share, size=20, alike=0.0):
    """Groups of about one size. alike: how much of the spread is between groups (a beta distribution)."""
    found = []
    for _ in range(number):
        own = share
        if alike:
            both = (1 - alike) / alike
            own = random.betavariate(share * both, (1 - share) * both)
        found.append(Group(size, sum(random.random() < own for _ in range(size))))
    return found


def blurred(random):
    return {arm: findings.noise(1 - random.random(), 1 - random.random()) for arm in Arm}


def test_noise_is_even_around_none_and_as_wide_as_is_counted_with():
    random = Random(7)  # noqa: S311

    found = [findings.noise(1 - random.random(), 1 - random.random()) for _ in range(20_000)]

    assert abs(sum(found) / len(found)) < 0.03
    assert sum(each**2 for each in found) / len(found) == pytest.approx(findings.SPREAD, rel=0.05)


@pytest.mark.parametrize(("share", "other"), [(0.5, 0.5), (0.2, 0.2), (0.2, 0.35), (0.6, 0.7)])
def test_by_people_the_interval_holds_the_difference_nineteen_times_out_of_twenty(share, other):
    random, held = Random(11), 0  # noqa: S311

    for _ in range(TIMES):
        arms = {Arm.USUAL: some(random, 5, share), Arm.OTHER: some(random, 5, other)}
        told = findings.find(arms, By.PERSON, blurred(random))
        held += told.low <= 100 * (other - share) <= told.high

    assert held / TIMES >= 0.94


@pytest.mark.parametrize("alike", [0.02, 0.1, 0.3])
def test_by_groups_it_does_however_alike_people_of_a_group_are(alike):
    random, held = Random(13), 0  # noqa: S311

    for _ in range(TIMES):
        arms = {
            Arm.USUAL: some(random, 10, 0.4, alike=alike),
            Arm.OTHER: some(random, 10, 0.5, alike=alike),
        }
        told = findings.find(arms, By.GROUP, blurred(random))
        held += told.low <= 10 <= told.high

    assert held / TIMES >= 0.93


@pytest.mark.parametrize("by", By)
def test_with_as_many_as_it_takes_the_difference_is_seen_four_times_out_of_five(by):
    random, seen = Random(17), 0  # noqa: S311
    wanted = comparisons.need(15, [20] * 60, by)
    number = max(math.ceil(wanted.people / 2 / 20), wanted.groups // 2)
    alike = comparisons.ALIKE if by is By.GROUP else 0.0

    for _ in range(TIMES):
        arms = {
            Arm.USUAL: some(random, number, 0.425, alike=alike),
            Arm.OTHER: some(random, number, 0.575, alike=alike),
        }
        seen += findings.find(arms, by, blurred(random)).verdict is Verdict.OTHER_IS_MORE

    assert seen / TIMES >= 0.78


def test_no_clear_difference_is_the_outcome_where_there_is_none():
    random, clear = Random(19), 0  # noqa: S311

    for _ in range(TIMES):
        arms = {Arm.USUAL: some(random, 9, 0.5), Arm.OTHER: some(random, 9, 0.5)}
        told = findings.find(arms, By.PERSON, blurred(random))
        clear += told.verdict is not Verdict.NO_CLEAR_DIFFERENCE

    assert clear / TIMES < 0.06


@pytest.mark.parametrize("count", [4, 96])
def test_nothing_is_told_where_a_share_is_of_fewer_than_five(count):
    arms = {Arm.USUAL: [Group(100, 50)], Arm.OTHER: [Group(100, count)]}

    assert findings.find(arms, By.PERSON, STILL) is None


def test_people_are_told_of_in_tens():
    arms = {Arm.USUAL: [Group(109, 50)], Arm.OTHER: [Group(111, 50)]}

    told = findings.find(arms, By.PERSON, STILL)

    assert (told.usual_people, told.other_people) == (100, 110)


@pytest.mark.parametrize(
    ("groups", "by"), [([Group(19, 9)], By.PERSON), ([Group(20, 9)] * 7, By.GROUP), ([], By.PERSON)]
)
def test_nothing_is_told_where_too_few_are_left(groups, by):
    arms = {Arm.USUAL: [Group(20, 9)] * 10, Arm.OTHER: groups}

    assert findings.find(arms, by, STILL) is None


def test_the_same_is_told_of_counts_that_differ_by_what_the_noise_may_be():
    one = {Arm.USUAL: [Group(100, 40)], Arm.OTHER: [Group(100, 50)]}
    other = {Arm.USUAL: [Group(100, 43)], Arm.OTHER: [Group(100, 46)]}

    told = findings.find(one, By.PERSON, {Arm.USUAL: 2, Arm.OTHER: -3})

    assert told == findings.find(other, By.PERSON, {Arm.USUAL: -1, Arm.OTHER: 1})
