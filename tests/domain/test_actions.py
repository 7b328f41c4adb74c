"""The action menu: what may help against what stands in the way, and who can do it."""

import tomllib

import pytest

from config import content
from lti_tool.domain import actions, instrument_files
from lti_tool.domain.actions import Factor, FactorKey, Level, Menu, Who
from lti_tool.domain.fields import ContentError
from lti_tool.domain.words import Words

HEAD = """
key = "time"
level = "organisation"
source = "G 2.5.3"
title = { nl = "Tijd en ruimte", en = "Time and room" }
example = { nl = "Een team houdt een uur vrij.", en = "A team keeps an hour free." }
"""
LEARNER = """
[[action]]
id = "time.half_hour"
who = "learner"
text = { nl = "Houd een half uur vrij.", en = "Keep half an hour free." }
then = { nl = "houd ik een half uur vrij", en = "keep half an hour free" }
"""
COLLEAGUE = """
[[action]]
id = "time.cover"
who = "colleague"
text = { nl = "Neem de telefoon over.", en = "Take the calls." }
"""
LEADER = """
[[action]]
id = "time.can_wait"
who = "leader"
text = { nl = "Kies wat kan wachten.", en = "Choose what can wait." }
"""
WHOLE = HEAD + LEARNER + COLLEAGUE + LEADER

# The contract: what each obstacle points to, in the order of the list.
POINTERS = {
    "time": ["time"],
    "occasion": ["work"],
    "process": ["support_system"],
    "means": ["support_system"],
    "worth": ["craft", "satisfaction", "reward"],
    "colleagues": ["climate", "feedback"],
    "leader": ["leader", "reward"],
    "alone": ["peers", "openness"],
    "unsure": ["confidence", "capability"],
    "habit": ["change"],
    "other": [],
    "none": [],
}


def parse(text: str) -> Factor:
    return actions.parse(tomllib.loads(text))


@pytest.fixture(scope="module")
def menu() -> Menu:
    """The menu of the catalogue."""
    path = next(path for path in content.option_lists() if path.name == "obstacles.toml")
    source = content.read(path)
    obstacles = instrument_files.parse_options(path.stem, source.raw, source.digest)
    return actions.menu([actions.parse(content.read(each).raw) for each in content.actions()], obstacles)


def suggested(menu: Menu, *obstacles: str, who: Who = Who.LEARNER, **wishes) -> list[str]:
    return [action.id for action in actions.suggest(menu, obstacles, who, **wishes)]


def factors(ids: list[str]) -> list[str]:
    return [action_id.split(".")[0] for action_id in ids]


def test_every_factor_is_on_the_menu(menu):
    assert [factor.key for factor in menu.factors] == list(FactorKey)
    levels = [factor.level for factor in menu.factors]
    assert [levels.count(level) for level in Level] == [6, 4, 4]


def test_every_obstacle_points_to_the_factors_that_were_agreed(menu):
    assert {obstacle: list(keys) for obstacle, keys in menu.pointers.items()} == POINTERS
    assert list(menu.pointers) == list(POINTERS)


@pytest.mark.parametrize("key", FactorKey)
def test_every_factor_has_something_for_everybody(menu, key):
    people = [action.who for action in menu.factor(key).actions]

    assert len(people) >= 4
    assert [people.count(who) >= fewest for who, fewest in zip(Who, (2, 1, 2), strict=True)] == [True] * 3


def test_no_two_actions_share_an_id(menu):
    ids = [action.id for factor in menu.factors for action in factor.actions]

    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("who", [Who.LEARNER, Who.LEADER])
@pytest.mark.parametrize("obstacle", [each for each, keys in POINTERS.items() if keys])
def test_whoever_names_an_obstacle_gets_two_things_that_they_can_do(menu, obstacle, who):
    found = actions.suggest(menu, [obstacle], who)

    assert [action.who for action in found] == [who, who]
    assert set(factors([action.id for action in found])) <= set(POINTERS[obstacle])


def test_a_learner_can_take_a_suggestion_over_as_the_second_half_of_a_plan(menu):
    (action,) = actions.suggest(menu, ["unsure"], Who.LEARNER, count=1)

    sentences = (f"Als …, dan {action.then.nl}.", f"When …, I will {action.then.en}.")
    assert sentences == (
        "Als …, dan begin ik met het kleinste stuk van mijn plan.",
        "When …, I will start with the smallest part of my plan.",
    )


def test_suggestions_are_spread_over_the_factors_of_an_obstacle(menu):
    assert factors(suggested(menu, "worth", count=3)) == ["craft", "satisfaction", "reward"]


def test_the_work_comes_before_the_people_and_the_people_before_oneself(menu):
    assert factors(suggested(menu, "habit", "colleagues", "time", count=3)) == ["time", "climate", "change"]


def test_every_obstacle_has_its_turn_before_one_has_its_second(menu):
    assert factors(suggested(menu, "worth", "unsure", count=3)) == ["craft", "confidence", "satisfaction"]


def test_a_factor_that_two_obstacles_point_to_has_one_turn(menu):
    found = suggested(menu, "time", "process", "means", count=3)

    assert factors(found) == ["time", "support_system", "time"]


def test_the_order_in_which_obstacles_are_named_makes_no_difference(menu):
    assert suggested(menu, "time", "habit") == suggested(menu, "habit", "time")


def test_what_was_offered_before_gives_way_to_the_next(menu):
    first = suggested(menu, "time", count=1)

    assert suggested(menu, "time", count=1, but=first) != first
    assert suggested(menu, "time", but=[action.id for action in menu.factor("time").actions]) == []


def test_nothing_in_the_way_asks_for_nothing(menu):
    assert suggested(menu) == suggested(menu, "none", "other") == []


def test_an_obstacle_that_is_no_longer_in_the_list_asks_for_nothing(menu):
    assert suggested(menu, "weather") == []


def test_an_action_is_found_by_its_id(menu):
    assert menu.action("time.half_hour").who is Who.LEARNER

    with pytest.raises(KeyError):
        menu.action("time.machine")
    with pytest.raises(KeyError):
        menu.factor("weather")


def test_a_factor_stands_in_its_file_with_its_actions():
    factor = parse(WHOLE)

    assert (factor.key, factor.level, factor.source) == (FactorKey.TIME, Level.ORGANISATION, "G 2.5.3")
    assert [action.who for action in factor.actions] == list(Who)
    assert factor.actions[0].then == Words("houd ik een half uur vrij", "keep half an hour free")
    assert factor.actions[1].then is None


def test_an_obstacle_points_to_no_factor_that_is_not_there():
    raw = tomllib.loads(
        '[[option]]\nid = "time"\npoints_to = ["factor.tide"]\nlabel = { nl = "Tijd", en = "Time" }'
    )
    obstacles = instrument_files.parse_options("obstacles", raw, "")

    with pytest.raises(ContentError, match=r"option time: there is no factor\.tide"):
        actions.menu([parse(WHOLE)], obstacles)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        pytest.param(WHOLE.replace('"time"', '"tide"', 1), "key 'tide' is not one of", id="a stranger"),
        pytest.param(WHOLE.replace('"organisation"', '"world"'), "level 'world' is not one", id="a level"),
        pytest.param(
            HEAD.replace("example =", "examples =") + LEARNER, "unknown field examples", id="a field"
        ),
        pytest.param(
            "\n".join(line for line in WHOLE.splitlines() if not line.startswith("example")),
            "file, example: needs a table",
            id="no example",
        ),
        pytest.param(WHOLE.replace(', en = "Take the calls."', ""), "en needs a text", id="one language"),
        pytest.param(HEAD + LEARNER + LEADER, "2 actions; 3 at least", id="too few"),
        pytest.param(WHOLE + LEADER, "action time.can_wait stands here twice", id="twice"),
        pytest.param(
            WHOLE.replace('"leader"', '"colleague"'), "needs an action for a leader", id="no leader"
        ),
        pytest.param(WHOLE.replace("time.cover", "work.cover"), "an id looks like time.ask", id="an id"),
        pytest.param(WHOLE.replace('"colleague"', '"mayor"'), "who 'mayor' is not one of", id="who"),
        pytest.param(
            WHOLE.replace('"learner"', '"leader"'), "then belongs to what a learner does", id="then of others"
        ),
        pytest.param(WHOLE.replace('"leader"', '"learner"'), "then belongs to what", id="a learner without"),
        pytest.param(WHOLE.replace("houd ik", "ik houd"), "time.half_hour: then goes on after", id="order"),
        pytest.param(WHOLE.replace('"keep half', '"Keep half'), "then goes on after", id="a capital"),
        pytest.param(WHOLE.replace('uur vrij"', 'uur vrij."'), "then goes on after", id="a full stop"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(text, complaint):
    with pytest.raises(ContentError) as refusal:
        parse(text)

    assert complaint in str(refusal.value)
