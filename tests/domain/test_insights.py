"""Figures of parts of an organisation, from which nobody can be worked out."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from lti_tool.domain import figures, insights
from lti_tool.domain.figures import Participant, Share
from lti_tool.domain.insights import Branch, Count, Group, When
from tests.attacks import Attack

PEOPLE, PLAN, USE = insights.EVERYBODY, insights.MADE, insights.USED


def group(people, made=0, used=0, told=()):
    """A group. told: what of it was published already."""
    numbers = {PEOPLE: people, PLAN: made, USE: used}
    counts = {name: Count(number, people) for name, number in numbers.items()}
    return Group(counts, {name: counts[name] for name in told})


def training(*groups):
    return Branch("training", groups)


def published(root):
    return {(each.branch, each.name[1]): (each.count, each.people) for each in insights.publish(root)}


def test_small_groups_are_told_of_together():
    assert published(training(group(4, 3), group(7, 4))) == {
        ("training", "all"): (11, 11),
    }
    assert published(training(group(4, 3), group(8, 4)))["training", "made"] == (7, 12)


def test_the_few_beside_a_group_that_was_told_of_are_not_told_of():
    beside_few = training(group(20, 12, told=[PEOPLE, PLAN]), group(9, 4))
    beside_many = training(group(20, 12, told=[PEOPLE, PLAN]), group(10, 5))

    assert ("training", "made") not in published(beside_few)
    assert published(beside_many)["training", "made"] == (17, 30)


def test_the_few_who_did_not_are_as_safe_as_the_few_who_did():
    assert ("training", "made") not in published(training(group(20, 12, told=[PLAN]), group(9, 8)))


def test_who_made_a_plan_and_did_not_use_it_are_five_or_more():
    assert ("training", "used") not in published(training(group(30, 20, 16)))
    assert ("training", "used") not in published(training(group(30, 20, 20)))
    assert published(training(group(30, 20, 15)))["training", "used"] == (15, 30)


def test_that_everybody_did_something_tells_it_of_each_and_is_not_told():
    assert set(published(training(group(2, 2), group(9, 9)))) == {("training", "all")}


def test_what_is_part_of_something_that_is_not_told_is_not_told_either():
    # Of those with a plan too few remain, so nothing is told of them, nor of who used it.
    assert set(published(training(group(12, 10, 5)))) == {("training", "all")}


def test_what_is_not_told_of_a_training_joins_what_else_is_not_told_in_its_unit():
    small = Branch("a", (group(6, 3),)), Branch("b", (group(7, 3),))
    unit = Branch("unit", branches=small)

    found = published(unit)

    assert ("a", "made") not in found
    assert ("b", "made") not in found
    assert found["unit", "made"] == (6, 13)


def test_a_unit_of_trainings_that_were_all_told_of_is_their_sum():
    told = Branch("a", (group(20, 10),)), Branch("b", (group(30, 12),))

    assert published(Branch("unit", branches=told))["unit", "made"] == (22, 50)


def test_where_nobody_takes_part_nothing_is_told():
    assert published(Branch("unit", branches=(Branch("a"),))) == {}


@st.composite
def people_of(draw):
    """What each of a group did."""
    kinds = st.sampled_from([Participant(False, False), Participant(True, False), Participant(True, True)])
    return draw(st.lists(kinds, min_size=1, max_size=16))


@st.composite
def organisations(draw):
    """Units of trainings of groups, of which some were told of by the rules for a group."""
    number = iter(range(100))

    def told_of(people):
        cells = figures.count(people, ())
        told = {each.name: Count(each.count, each.people) for each in figures.publishable(cells)}
        counts = {each.name: Count(each.count, each.people) for each in cells}
        return Group(counts, told if draw(st.booleans()) else {})

    def some(make, most):
        return tuple(make() for _ in range(draw(st.integers(1, most))))

    def one_training():
        return Branch(f"training {next(number)}", some(lambda: told_of(draw(people_of())), 3))

    def one_unit():
        return Branch(f"unit {next(number)}", branches=some(one_training, 3))

    return Branch("organisation", branches=some(one_unit, 2))


@settings(max_examples=400, deadline=None)
@given(organisations())
def test_nobody_can_work_out_what_one_to_four_people_did(root):
    ledger = {(each.branch, each.name): each.count for each in insights.publish(root)}

    found = list(Attack(ledger).on(root))

    assert found == []


def test_the_attack_finds_what_a_careless_ledger_gives_away():
    root = Branch("organisation", branches=(training(group(20, 12, told=[PLAN]), group(9, 4)),))

    found = list(Attack({("training", PLAN): 16}).on(root))

    assert found != []


def test_the_attack_finds_who_made_a_plan_without_using_it():
    root = Branch("organisation", branches=(training(group(30, 20, 18)),))

    assert list(Attack({("training", PLAN): 20, ("training", USE): 18}).on(root)) != []


def test_a_group_counts_as_it_was_told_of_also_when_it_changed_since():
    changed = replace(group(21, 13), told={PLAN: Count(12, 20)})

    assert published(training(changed))["training", "made"] == (12, 20)


def test_what_stands_in_the_way_is_told_in_words_of_twenty_people_and_more():
    def named(count, people):
        return Branch("unit", (Group({}, in_the_way={(When.BEFORE, "time"): Count(count, people)}),))

    assert insights.in_the_way(named(15, 20)) == {(When.BEFORE, "time"): Share.MOST}
    assert insights.in_the_way(named(5, 30)) == {(When.BEFORE, "time"): Share.FEW}
    for few_or_all in (named(14, 19), named(4, 30), named(26, 30), named(30, 30)):
        assert insights.in_the_way(few_or_all) == {}


def test_who_answered_a_letter_is_told_in_words_of_twenty_who_got_it():
    def answered(count, people):
        return Branch("unit", (Group({}, letters={"check_in": Count(count, people)}),))

    assert insights.letters(answered(10, 20)) == {"check_in": Share.HALF}
    for few_or_all in (answered(9, 19), answered(4, 30), answered(26, 30)):
        assert insights.letters(few_or_all) == {}


def test_groups_of_several_trainings_make_up_what_stands_in_the_way_of_a_unit():
    small = Group({}, in_the_way={(When.AFTER, "time"): Count(6, 11)})
    unit = Branch("unit", branches=(Branch("a", (small,)), Branch("b", (small,))))

    assert insights.in_the_way(unit) == {(When.AFTER, "time"): Share.HALF}


def test_how_soon_a_plan_was_used_is_told_of_ten_people_and_more():
    def used_after(*days):
        return Branch("unit", branches=(Branch("a", (Group({}, waited=days),)),))

    assert insights.waited(used_after(*range(1, 10))) is None
    assert insights.waited(used_after(1, 2, 2, 3, 3, 4, 6, 7, 8, 9)) == 3
