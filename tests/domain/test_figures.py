"""Figures of a group, in which nobody can be recognised."""

from collections import defaultdict
from functools import cache
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lti_tool.domain import figures
from lti_tool.domain.figures import ALL, MADE, USED, Cell, Participant, Question, Share

OBSTACLES = ("time", "alone")


def cells(people, *, time=0, alone=0, made=0, used=0):
    """The counts of a group, as they are."""
    return (
        Cell(Question.PEOPLE, ALL, people, people),
        Cell(Question.OBSTACLE, "time", time, people),
        Cell(Question.OBSTACLE, "alone", alone, people),
        Cell(Question.PLAN, MADE, made, people),
        Cell(Question.PLAN, USED, used, people),
    )


def shown(published):
    return {cell.cell: cell.count for cell in published}


def test_each_person_counts_once_for_each_obstacle_and_only_a_plan_can_be_used():
    people = [
        Participant(True, True, frozenset({"time"})),
        Participant(True, False, frozenset({"time", "alone"})),
        Participant(False, True),
    ]

    assert figures.count(people, OBSTACLES) == cells(3, time=2, alone=1, made=2, used=1)


def test_of_a_group_under_five_nothing_is_published():
    assert figures.publishable(cells(4, time=4, made=4, used=4)) == ()


def test_a_cell_is_published_from_five_people_with_five_or_none_left():
    assert shown(figures.publishable(cells(9, time=6))) == {"all": 9}
    assert shown(figures.publishable(cells(9, time=9))) == {"all": 9, "time": 9}
    assert shown(figures.publishable(cells(10, time=5))) == {"all": 10, "time": 5}


def test_two_figures_are_equal_or_five_apart():
    assert shown(figures.publishable(cells(30, time=20, alone=17))) == {"all": 30, "time": 20}
    assert shown(figures.publishable(cells(30, time=20, alone=15))) == {"all": 30, "time": 20, "alone": 15}
    assert shown(figures.publishable(cells(30, time=20, alone=20))) == {"all": 30, "time": 20, "alone": 20}


def test_what_was_named_most_comes_first_or_nothing_does():
    assert shown(figures.publishable(cells(12, time=6, alone=9))) == {"all": 12}


def test_without_a_word_about_plans_there_is_none_about_their_use():
    assert shown(figures.publishable(cells(12, made=10, used=6))) == {"all": 12}
    assert shown(figures.publishable(cells(12, made=12, used=6))) == {"all": 12, "made": 12, "used": 6}


def test_a_group_that_hardly_changed_gets_no_second_snapshot():
    first = figures.publishable(cells(20, time=10))

    assert figures.publishable(cells(21, time=10), first) == ()
    assert figures.publishable(cells(20, time=12), first) == ()
    assert shown(figures.publishable(cells(20, time=15), first)) == {"all": 20, "time": 15}
    assert shown(figures.publishable(cells(20, time=10, made=20), first)) == {
        "all": 20,
        "time": 10,
        "made": 20,
    }


def test_a_new_figure_keeps_its_distance_from_those_of_before():
    first = figures.publishable(cells(20, time=10))

    assert shown(figures.publishable(cells(20, time=15, alone=7), first)) == {"all": 20, "time": 15}


@pytest.mark.parametrize(
    ("number", "word"), [(12, Share.MOST), (8, Share.MOST), (7, Share.HALF), (5, Share.HALF), (4, Share.FEW)]
)
def test_a_card_of_a_small_group_speaks_in_words(number, word):
    cell = Cell(Question.OBSTACLE, "time", number, 12)

    assert figures.share(cell) is word
    assert not figures.is_in_digits(cell)


def test_from_twenty_people_a_card_may_show_digits():
    assert figures.is_in_digits(Cell(Question.PEOPLE, ALL, 20, 20))
    assert not figures.is_in_digits(Cell(Question.PEOPLE, ALL, 19, 19))


def test_what_nothing_can_be_done_about_and_what_is_about_the_reader_is_not_counted():
    pointers = {"time": ("time",), "leader": ("leader",), "other": ()}

    assert figures.counted(pointers, never={"leader"}) == ("time",)


# From here on somebody who knows the rules, and reads all that was published, tries to work out how
# many people there are in any part of the group.


def worlds(people):
    """Every way in which a group of this size may have answered, as counts."""
    for time, alone, made in product(range(people + 1), repeat=3):
        for used in range(made + 1):
            yield {"time": time, "alone": alone, "made": made, "used": used}


@cache
def readings(people):
    """All worlds, by what is published of them."""
    found = defaultdict(list)
    for world in worlds(people):
        found[figures.publishable(cells(people, **world))].append(world)
    return found


def parts(people, world):
    """The sizes that any part of the group may have: by name, the smallest and the largest.

    A part is what people answered to each question, or to some of them. Of one world the sizes that
    a part can have are known by Fréchet's bounds, and each in between is possible.
    """
    two = [
        {"": people, "time": world["time"], "not time": people - world["time"]},
        {"": people, "alone": world["alone"], "not alone": people - world["alone"]},
    ]
    chain = {
        "": people,
        "made": world["made"],
        "not made": people - world["made"],
        "used": world["used"],
        "not used": people - world["used"],
        "made, not used": world["made"] - world["used"],
    }
    for chosen in product(*(each.items() for each in (*two, chain))):
        sizes = [size for _, size in chosen]
        smallest = max(0, sum(sizes) - (len(sizes) - 1) * people)
        yield tuple(name for name, _ in chosen), smallest, min(sizes)


def worked_out(people, possible):
    """The parts of which a reader knows that they are one to four people."""
    found = defaultdict(set)
    for world in possible:
        for name, smallest, largest in parts(people, world):
            found[name] |= {smallest, largest} | set(range(smallest, largest + 1))
    return [name for name, sizes in found.items() if sizes <= {1, 2, 3, 4}]


@cache
def found_out(people, published):
    return worked_out(people, readings(people)[published])


@st.composite
def groups(draw):
    """A small group, with whatever its people answered."""
    person = st.builds(Participant, st.booleans(), st.booleans(), st.frozensets(st.sampled_from(OBSTACLES)))
    return draw(st.lists(person, min_size=5, max_size=9))


@settings(deadline=None)
@given(groups())
def test_from_all_that_is_published_nobody_works_out_one_to_four_people(people):
    published = figures.publishable(figures.count(people, OBSTACLES))

    assert found_out(len(people), published) == []


@pytest.mark.parametrize("people", [5, 6, 7, 9, 10])
def test_whatever_a_small_group_answers_nobody_is_found(people):
    assert [published for published in readings(people) if found_out(people, published)] == []


@cache
def two_snapshots(people):
    """How many people may have changed between two snapshots, by what a reader sees of both."""
    found = defaultdict(lambda: defaultdict(set))
    # Of a larger group only some: whoever knows that there are fewer ways to answer finds out more.
    times = range(0, people + 1, 1 if people < 8 else 5)
    kinds = [
        (time, made, used) for time, made in product(times, range(people + 1)) for used in range(made + 1)
    ]
    for before, after in product(kinds, repeat=2):
        if after[1] < before[1] or after[2] < before[2]:
            continue
        one, two = (cells(people, time=each[0], made=each[1], used=each[2]) for each in (before, after))
        first = figures.publishable(one)
        second = figures.publishable(two, first) or first
        for name, earlier, later in zip(("time", "made", "used"), before, after, strict=True):
            found[first, second][name].add(abs(later - earlier))
    return found


@pytest.mark.parametrize("people", [5, 6, 10])
def test_two_snapshots_beside_each_other_tell_of_no_one_to_four_people_who_changed(people):
    told = [
        (seen, name)
        for seen, changes in two_snapshots(people).items()
        for name, sizes in changes.items()
        if sizes <= {1, 2, 3, 4}
    ]

    assert told == []
