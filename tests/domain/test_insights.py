"""Figures of parts of an organisation, from which nobody can be worked out."""

from dataclasses import replace
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from lti_tool.domain import figures, insights
from lti_tool.domain.figures import MADE, USED, Participant, Question
from lti_tool.domain.insights import Branch, Count, Group

PEOPLE, PLAN, USE = insights.EVERYBODY, (Question.PLAN, MADE), (Question.PLAN, USED)
NAMES = {PEOPLE: None, PLAN: None, USE: PLAN}


def group(people, made=0, used=0, told=()):
    """A group. told: what of it was published already."""
    counts = {PEOPLE: people, PLAN: made, USE: used}
    return Group(people, counts, {name: Count(counts[name], people) for name in told})


def training(*groups):
    return Branch("training", groups)


def published(root):
    return {(each.branch, each.name[1]): (each.count, each.people) for each in insights.publish(root, NAMES)}


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
        counts = {each.name: each.count for each in cells}
        return Group(len(people), counts, told if draw(st.booleans()) else {})

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
    ledger = {(each.branch, each.name): each.count for each in insights.publish(root, NAMES)}

    found = list(Attack(ledger).on(root))

    assert found == []


class Attack:
    """Works out what it can from a ledger, by bounds that tighten each other until nothing changes.

    It knows the tree, how many people each group has, and that only a plan that was made can be used.
    """

    KINDS = ("made", "used", "unused", "without")

    def __init__(self, ledger):
        self.ledger = ledger

    def on(self, root):
        """Each part, and each rest of a part, of which a kind of people is known to be one to four."""
        self.bounds = {}
        self.children = {}
        self._lay_out(root, "organisation")
        while self._tighten():
            pass
        yield from self._small()

    def _lay_out(self, node, path):
        below = []
        if isinstance(node, Group):
            size, told = node.people, {name: each.count for name, each in node.told.items()}
        else:
            for at, each in enumerate((*node.groups, *node.branches)):
                below.append(self._lay_out(each, f"{path}/{at}"))
            size = sum(self.bounds[each]["size"] for each in below)
            told = {name: number for (branch, name), number in self.ledger.items() if branch == node.id}
        kinds = {kind: [0, size] for kind in self.KINDS}
        for name, kind in ((PLAN, "made"), (USE, "used")):
            if name in told:
                kinds[kind] = [told[name]] * 2
        self.bounds[path] = {"size": size, **kinds}
        self.children[path] = below
        return path

    def _tighten(self):
        before = repr(self.bounds)
        for path, one in self.bounds.items():
            self._between(one["made"], [one["used"], one["unused"]])
            self._between([one["size"]] * 2, [one["made"], one["without"]])
            for kind in self.KINDS:
                self._between(one[kind], [self.bounds[each][kind] for each in self.children[path]])
        return repr(self.bounds) != before

    @staticmethod
    def _between(whole, parts):
        """The bounds of a whole and of its parts, each by the others."""
        if not parts:
            return
        low, high = sum(part[0] for part in parts), sum(part[1] for part in parts)
        whole[:] = max(whole[0], low), min(whole[1], high)
        for part in parts:
            others_low, others_high = low - part[0], high - part[1]
            part[:] = max(part[0], whole[0] - others_high), min(part[1], whole[1] - others_low)
            low, high = others_low + part[0], others_high + part[1]

    def _small(self):
        for path, one in self.bounds.items():
            for kind in self.KINDS:
                if self._gives_away(*one[kind]):
                    yield path, kind
                below = self.children[path]
                for number in range(1, len(below)):
                    for some in combinations(below, number):
                        rest = [self.bounds[each][kind] for each in below if each not in some]
                        known = [self.bounds[each][kind] for each in some]
                        if all(low == high for low, high in known) and len(rest) > 1:
                            taken = sum(low for low, _ in known)
                            if self._gives_away(one[kind][0] - taken, one[kind][1] - taken):
                                yield path, some, kind

    @staticmethod
    def _gives_away(low, high):
        return low == high and 1 <= low <= 4


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
