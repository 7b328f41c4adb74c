"""What of a group's answers may be shown, so that fewer than five are never found in it."""

from collections import Counter, defaultdict
from itertools import combinations, pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.domain import spreads
from lti_tool.domain.spreads import Cell, Spread
from lti_tool.services import catalogue

LOW, MIDDLE, HIGH, NEITHER = Cell
BATCHES = st.lists(st.lists(st.sampled_from(Cell), min_size=5, max_size=9), min_size=1, max_size=8)


def snapshots(batches):
    """What is shown after each batch that shows something anew."""
    now, found = Counter(), []
    for batch in batches:
        now.update(batch)
        if shown := spreads.publishable(now, found[-1] if found else None):
            found.append(shown)
    return found


def is_nobody_or_many(people):
    return people == 0 or people >= 5


def test_a_cell_of_five_is_shown_when_nobody_or_five_remain():
    assert spreads.publishable({HIGH: 5}, None) == Spread({HIGH: 5}, 5)
    assert spreads.publishable({HIGH: 7, LOW: 3, MIDDLE: 2}, None) == Spread({HIGH: 7}, 12)
    assert spreads.publishable({HIGH: 6, LOW: 4}, None) is None


def test_a_second_cell_is_shown_only_when_the_rest_is_large_enough_too():
    assert spreads.publishable({HIGH: 7, LOW: 8, MIDDLE: 2}, None) == Spread({LOW: 8}, 17)
    assert spreads.publishable({HIGH: 7, LOW: 8}, None) == Spread({LOW: 8, HIGH: 7}, 15)


def test_a_later_snapshot_waits_until_each_part_of_it_gained_five_or_nobody():
    before = Spread({HIGH: 7}, 12)

    assert spreads.publishable({HIGH: 9, LOW: 8}, before) is None
    assert spreads.publishable({HIGH: 12, LOW: 5}, before) == Spread({HIGH: 12, LOW: 5}, 17)


@given(BATCHES)
def test_no_part_and_no_gain_is_ever_one_to_four_people(batches):
    found = snapshots(batches)

    for one in found:
        assert all(counted >= 5 for counted in one.counts.values())
        assert is_nobody_or_many(one.rest)
    for before, after in pairwise(found):
        assert all(is_nobody_or_many(after.counts[cell] - before.counts[cell]) for cell in before.counts)
        outside = after.people - sum(after.counts[cell] for cell in before.counts)
        assert is_nobody_or_many(outside - before.rest)


@pytest.mark.parametrize("people", [5, 6, 9, 10, 12, 15, 20])
def test_of_no_cells_that_are_missing_it_is_known_that_they_are_one_to_four_people(people):
    possible = defaultdict(list)
    for low, middle, high in product(range(people + 1), repeat=3):
        if low + middle + high <= people:
            counts = {LOW: low, MIDDLE: middle, HIGH: high, NEITHER: people - low - middle - high}
            shown = spreads.publishable(counts, None)
            possible[tuple(sorted(shown.counts.items())) if shown else None].append(counts)

    found_out = [
        (shown, part)
        for shown, worlds in possible.items()
        for size in range(1, 5)
        for part in combinations(Cell, size)
        if {sum(world[cell] for cell in part) for world in worlds} <= {1, 2, 3, 4}
    ]
    assert found_out == []


@pytest.mark.parametrize(
    ("choice", "cell"),
    [
        ("very_little", LOW), ("little", LOW), ("between", MIDDLE), ("much", HIGH), ("very_much", HIGH),
        ("not_applicable", NEITHER), (None, NEITHER),
    ],
)  # fmt: skip
def test_the_words_of_a_scale_fall_into_four_cells(choice, cell):
    (item, *_) = catalogue.load().latest("climate").parts[0].items

    assert spreads.cell_of(item, choice) is cell
