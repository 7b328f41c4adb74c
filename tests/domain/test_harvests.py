"""What of a group's answers is told, in which nobody can be recognised."""

from collections import defaultdict
from dataclasses import replace
from functools import cache
from itertools import chain, combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lti_tool.domain import figures, harvests
from lti_tool.domain.figures import ALL, MADE, USED, Cell, Question, Share
from lti_tool.domain.harvests import HIGH, LOW, MIDDLE, Asked, Told
from lti_tool.services import catalogue

CELLS = (LOW, MIDDLE, HIGH)
SCALE = Asked("scale", {cell: cell for cell in CELLS}, is_multi=False)
MULTI = Asked("multi", {"time": "time", "alone": "alone"}, is_multi=True)
MOST_FIRST = replace(MULTI, most_first=True)
OPEN = "open"


def people(*said, of=0):
    """Answers to the scale, as often as each was given; and so many people in all."""
    chosen = [{"scale": (cell,)} for cell, number in said for _ in range(number)]
    return chosen + [{}] * (of - len(chosen))


def named(*, time=0, alone=0, of):
    """So many who named each of two."""
    return [
        {"multi": tuple(name for name, number in (("time", time), ("alone", alone)) if place < number)}
        for place in range(of)
    ]


def shown(told):
    return {each.cell: each.count if each.count else each.share for each in told}


def asked(item_id):
    return harvests.asked(catalogue.load().question(item_id))


def test_five_of_ten_are_told_of_and_four_or_six_of_ten_are_not():
    assert shown(harvests.tell([SCALE], people((HIGH, 5), of=10))) == {HIGH: Share.HALF}
    assert shown(harvests.tell([SCALE], people((HIGH, 4), of=10))) == {}
    assert shown(harvests.tell([SCALE], people((HIGH, 6), of=10))) == {}


def test_a_second_answer_is_told_of_only_when_five_or_nobody_remain():
    assert set(shown(harvests.tell([SCALE], people((HIGH, 7), (LOW, 5), of=12)))) == {HIGH, LOW}
    assert set(shown(harvests.tell([SCALE], people((HIGH, 7), (LOW, 5), of=14)))) == {HIGH}


def test_a_group_of_twenty_four_is_told_in_numbers():
    told = harvests.tell([SCALE], people((HIGH, 14), (MIDDLE, 5), (LOW, 2), of=24))

    assert told == (
        Told("scale", HIGH, 1, Share.HALF, 14, 24),
        Told("scale", MIDDLE, 2, Share.FEW, 5, 24),
    )


def test_a_group_under_twenty_is_told_in_words_and_no_number_of_it_is_kept():
    (told,) = harvests.tell([SCALE], people((HIGH, 14), of=19))

    assert told == Told("scale", HIGH, 1, Share.MOST)


@pytest.mark.parametrize(("published", "count"), [(24, 14), (29, 14), (19, 14), (23, None), (28, None)])
def test_a_group_that_gained_or_lost_one_to_four_people_is_told_in_words(published, count):
    (told,) = harvests.tell([SCALE], people((HIGH, 14), of=24), {published})

    assert (told.share, told.count) == (Share.HALF, count)


def test_of_several_answers_each_is_told_by_itself():
    assert set(shown(harvests.tell([MULTI], named(time=8, alone=5, of=20)))) == {"time", "alone"}


def test_of_what_was_named_most_nothing_is_told_after_the_first_that_may_not_be():
    def told(**numbers):
        return [each.cell for each in harvests.tell([MOST_FIRST], named(**numbers, of=12))]

    assert told(time=5, alone=7) == ["alone", "time"]
    assert told(time=5, alone=9) == []


def test_after_a_meeting_there_are_words_only_however_large_the_group():
    told = harvests.tell_in_words([SCALE], people((HIGH, 30), of=40))

    assert told == (Told("scale", HIGH, 1, Share.MOST),)


def test_a_question_that_a_trainer_made_up_is_told_of_in_words():
    told = harvests.tell([replace(SCALE, is_made_up=True)], people((HIGH, 14), of=24))

    assert told == (Told("scale", HIGH, 1, Share.HALF),)


def test_what_says_nothing_is_never_told_of():
    assert asked("post.experience").all_cells == (LOW, MIDDLE, HIGH)
    assert asked("post.reframing_peers").all_cells == ("yes", "no")
    assert "none" not in asked("mid.holding_back").all_cells
    assert asked("post.confidence").all_cells == (LOW, MIDDLE, HIGH)


def test_what_is_not_counted_and_what_is_in_words_is_not_asked():
    assert asked("post.hour") is None
    assert asked("post.applied") is None


# From here on somebody who knows the rules, and reads all that is told, tries to work out how many
# people there are in any part of the group.


def splits(number, parts):
    """Every way to put so many people into parts."""
    if parts == 1:
        yield (number,)
        return
    for first in range(number + 1):
        for rest in splits(number - first, parts - 1):
            yield first, *rest


@cache
def readings(question, number):
    """All ways in which a group may have answered, by what is told of them."""
    found = defaultdict(list)
    if question == "scale":
        for counts in splits(number, 4):
            world = dict(zip((*CELLS, OPEN), counts, strict=True))
            told = harvests.tell([SCALE], people(*((cell, world[cell]) for cell in CELLS), of=number))
            found[told].append(world)
    else:
        for time in range(number + 1):
            one = Asked("multi", {"time": "time"}, is_multi=True)
            found[harvests.tell([one], named(time=time, of=number))].append(
                {"time": time, OPEN: number - time}
            )
    return found


def any_of(names):
    """Every choice of some of them."""
    return chain.from_iterable(combinations(names, size) for size in range(1, len(names) + 1))


@pytest.mark.parametrize("number", [5, 6, 7, 9, 10, 11, 12, 14, 19, 20, 24])
@pytest.mark.parametrize("question", ["scale", "multi"])
def test_from_what_is_told_of_a_question_no_part_is_known_to_be_one_to_four_people(question, number):
    found_out = [
        (told, part)
        for told, possible in readings(question, number).items()
        for part in any_of(list(possible[0]))
        if {sum(world[cell] for cell in part) for world in possible} <= {1, 2, 3, 4}
    ]

    assert found_out == []


@cache
def plans(number):
    """All ways in which a group may have made plans and used them, by what is published of them."""
    found = defaultdict(list)
    for made in range(number + 1):
        for used in range(made + 1):
            cells = (
                Cell(Question.PEOPLE, ALL, number, number),
                Cell(Question.PLAN, MADE, made, number),
                Cell(Question.PLAN, USED, used, number),
            )
            world = {"used": used, "made, not used": made - used, "not made": number - made}
            found[figures.publishable(cells)].append(world)
    return found


@st.composite
def ledgers(draw):
    """A group that answered two scales and named what stood in the way, with its plans; as it is told."""
    number = draw(st.integers(5, 12))
    questions = [readings("scale", number), readings("scale", number), readings("multi", number)]
    return number, [list(draw(st.sampled_from(list(one.values())))) for one in (*questions, plans(number))]


@settings(deadline=None, max_examples=60)
@given(ledgers())
def test_from_several_questions_together_no_part_is_known_to_be_one_to_four_people(ledger):
    number, possible = ledger
    by_cell = [
        {part: {sum(world[cell] for cell in part) for world in worlds} for part in any_of(list(worlds[0]))}
        for worlds in possible
    ]

    # Of parts with these sizes the people who are in all of them are between Fréchet's bounds. The
    # largest of all is reached when each part is as large as it can be, the fewest when as small.
    for chosen in product(*(one.values() for one in by_cell)):
        fewest = max(0, sum(map(min, chosen)) - (len(chosen) - 1) * number)
        most = min(map(max, chosen))
        assert not (1 <= fewest <= most <= 4)


@pytest.mark.parametrize("number", [5, 6, 9, 10, 12, 20, 24])
def test_from_the_order_of_what_was_named_no_part_is_known_to_be_one_to_four_people(number):
    possible = defaultdict(list)
    for time, alone in product(range(number + 1), repeat=2):
        told = harvests.tell([MOST_FIRST], named(time=time, alone=alone, of=number))
        possible[told].append((time, alone))

    for worlds in possible.values():
        for sizes in zip(*worlds, strict=True):
            assert not set(sizes) <= {1, 2, 3, 4}
            assert not {number - size for size in sizes} <= {1, 2, 3, 4}
