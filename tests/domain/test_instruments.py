"""Instruments as they stand in their content files."""

import tomllib
from dataclasses import replace

import pytest

from lti_tool.domain import instrument_files
from lti_tool.domain.fields import ContentError
from lti_tool.domain.instruments import Audience, Instrument, Phase
from lti_tool.domain.item_type_files import named
from lti_tool.domain.words import Words

HEAD = """
key = "pre"
version = 2
phase = "pre"
source = "G 2.2"
title = { nl = "Voorbereiding", en = "Preparation" }
"""
PART = """
[[part]]
key = "short"
minutes = 7
title = { nl = "Kort", en = "Short" }
"""
STEP = """
[[step]]
part = "short"
key = "goal"
title = { nl = "Doel", en = "Goal" }
heading = { nl = "Begin bij uw werk", en = "Start from your work" }
"""
ITEM = """
[[item]]
step = "goal"
id = "pre.goal"
type = "text"
audience = "me"
source = "G 2.2 (1)"
ask = { nl = "Wat wilt u leren?", en = "What do you want to learn?" }
"""
CHOICE = (
    ITEM.replace('"text"', '"choice"')
    + """
[[item.option]]
id = "yes"
label = { nl = "Ja", en = "Yes" }
[[item.option]]
id = "no"
label = { nl = "Nee", en = "No" }
"""
)
OBSTACLES = """
[[group]]
id = "work"
label = { nl = "Het werk", en = "The work" }
[[option]]
id = "time"
group = "work"
points_to = ["factor.time"]
label = { nl = "Te weinig tijd", en = "Too little time" }
[[option]]
id = "other"
with_line = true
label = { nl = "Iets anders", en = "Something else" }
[[option]]
id = "none"
excludes_others = true
label = { nl = "Niets", en = "Nothing" }
"""


def parsed(text: str, **lists: str) -> Instrument:
    shared = [
        instrument_files.parse_options(name, tomllib.loads(each), f"{name}'s digest")
        for name, each in lists.items()
    ]
    return instrument_files.parse(tomllib.loads(text), "own digest", shared)


def test_an_item_stands_in_its_step_and_a_step_in_its_part():
    instrument = parsed(HEAD + PART + STEP + ITEM)

    (part,) = instrument.parts
    (step,) = part.steps
    (item,) = step.items
    assert (instrument.key, instrument.version, instrument.phase) == ("pre", 2, Phase.PRE)
    assert (part.key, part.minutes, step.key) == ("short", 7, "goal")
    assert (item.id, item.type, item.audience) == ("pre.goal", named("text"), Audience.ME)
    assert item.ask == Words(nl="Wat wilt u leren?", en="What do you want to learn?")


def test_a_step_about_mails_is_asked_only_of_who_can_get_them():
    mail = STEP.replace('"goal"', '"mail"') + "needs_address = true\n"
    about_mail = ITEM.replace('"goal"', '"mail"').replace("pre.goal", "pre.hour")

    (part,) = parsed(HEAD + PART + STEP + mail + ITEM + about_mail).parts

    assert [step.key for step in part.asked(has_address=True).steps] == ["goal", "mail"]
    assert [step.key for step in part.asked(has_address=False).steps] == ["goal"]


def test_items_are_asked_in_the_order_of_the_file():
    second = ITEM.replace("pre.goal", "pre.task")

    (part,) = parsed(HEAD + PART + STEP + ITEM + second).parts

    assert [item.id for item in part.items] == ["pre.goal", "pre.task"]


def test_ten_runs_from_1_to_10_with_words_at_both_ends():
    ten = (
        ITEM.replace('"text"', '"ten"')
        + """
    lowest = { nl = "nee", en = "no" }
    highest = { nl = "ja", en = "yes" }
    """
    )

    (item,) = parsed(HEAD + PART + STEP + ten).part("short").items

    assert [option.id for option in item.options] == [str(figure) for figure in range(1, 11)]
    assert [option.help for option in item.options if option.help] == [Words("nee", "no"), Words("ja", "yes")]


def test_an_item_may_take_its_options_from_a_shared_list():
    multi = ITEM.replace('"text"', '"multi"') + 'options_from = "obstacles"'

    (item,) = parsed(HEAD + PART + STEP + multi, obstacles=OBSTACLES).part("short").items

    grouped = [(group.id if group else None, [o.id for o in options]) for group, options in item.grouped]
    assert grouped == [("work", ["time"]), (None, ["other", "none"])]
    assert item.option("time").points_to == ("factor.time",)
    assert item.option("other").with_line
    assert [option.id for option in item.options if option.excludes_others] == ["none"]


def test_a_changed_list_changes_the_digest_of_the_instruments_that_use_it_only():
    multi = ITEM.replace('"text"', '"multi"') + 'options_from = "obstacles"'
    lists = [instrument_files.parse_options("obstacles", tomllib.loads(OBSTACLES), "before")]
    changed = [replace(lists[0], digest="after")]
    using, other = (tomllib.loads(HEAD + PART + STEP + item) for item in (multi, ITEM))

    digests = [instrument_files.parse(using, "own", each).digest for each in (lists, changed)]
    untouched = [instrument_files.parse(other, "own", each).digest for each in (lists, changed)]

    assert digests[0] != digests[1]
    assert untouched == ["own", "own"]


def test_whoever_is_asked_yes_or_no_may_be_offered_not_to_know():
    unsure = '[[item.option]]\nid = "unsure"\nlabel = { nl = "Weet ik nog niet", en = "I do not know yet" }'

    (item,) = parsed(HEAD + PART + STEP + CHOICE.replace('"choice"', '"yes_no"') + unsure).part("short").items

    assert [option.id for option in item.options] == ["yes", "no", "unsure"]


def test_an_option_that_is_not_there_is_a_key_error():
    (item,) = parsed(HEAD + PART + STEP + CHOICE).part("short").items

    with pytest.raises(KeyError):
        item.option("perhaps")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        pytest.param(HEAD, "needs a part", id="nothing in it"),
        pytest.param(HEAD + PART, "part short: nothing stands in it", id="an empty part"),
        pytest.param(HEAD + PART + STEP, "step goal: nothing stands in it", id="an empty step"),
        pytest.param(HEAD + PART + PART + STEP + ITEM, "part short: stands here twice", id="a part twice"),
        pytest.param(
            HEAD + PART + STEP + ITEM + ITEM, "item pre.goal: stands here twice", id="an item twice"
        ),
        pytest.param(
            HEAD + PART + STEP + "".join(ITEM.replace("pre.goal", f"pre.{name}") for name in "abcd"),
            "4 items on one page",
            id="too much on one page",
        ),
        pytest.param(
            HEAD + PART + STEP + ITEM.replace('step = "goal"', 'step = "gaol"'),
            "there is no step 'gaol'",
            id="an item of no step",
        ),
        pytest.param(
            HEAD + PART + STEP + ITEM.replace(', en = "What do you want to learn?"', ""),
            "item pre.goal, ask: en needs a text",
            id="one language",
        ),
        pytest.param(
            HEAD + PART + STEP + ITEM.replace("Wat wilt u leren?", " "), "nl needs a text", id="an empty text"
        ),
        pytest.param(
            HEAD + PART + STEP + ITEM.replace("leren?", "leren? "),
            "begins or ends with a space",
            id="a stray space",
        ),
        pytest.param(
            HEAD + PART + STEP + ITEM.replace("audience", "reader"),
            "unknown field reader",
            id="an unknown field",
        ),
        pytest.param(
            HEAD + PART + STEP + ITEM.replace('"me"', '"boss"'), "'boss' is not one of", id="a reader"
        ),
        pytest.param(
            HEAD + PART + STEP + ITEM.replace('"text"', '"essay"'), "'essay' is not one of", id="a type"
        ),
        pytest.param(
            HEAD + PART + STEP + ITEM.replace("pre.goal", "goal"), "an id looks like", id="a bare id"
        ),
        pytest.param(HEAD.replace("2", "0") + PART + STEP + ITEM, "version needs", id="version 0"),
        pytest.param(HEAD + PART + STEP + ITEM + "value_level = 6", "from 1 to 5", id="a sixth value level"),
        pytest.param(
            HEAD + PART + STEP + ITEM.replace('"text"', '"choice"'), "needs options", id="a choice of nothing"
        ),
        pytest.param(
            HEAD + PART + STEP + CHOICE.replace('"choice"', '"line"'),
            "has no options",
            id="a line with options",
        ),
        pytest.param(
            HEAD + PART + STEP + CHOICE.replace('"choice"', '"yes_no"').replace('"no"', '"never"'),
            "needs the options yes and no",
            id="yes or never",
        ),
        pytest.param(
            HEAD + PART + STEP + CHOICE.replace('"choice"', '"scale"'),
            "needs five words and not_applicable",
            id="a scale of two words",
        ),
        pytest.param(
            HEAD + PART + STEP + CHOICE.replace("source =", 'default = "perhaps"\nsource ='),
            "none of its options",
            id="a default that cannot be chosen",
        ),
        pytest.param(
            HEAD + PART + STEP + CHOICE.replace('id = "no"', 'id = "No, thanks"'),
            "an id is a bare word",
            id="an option's id",
        ),
        pytest.param(
            HEAD + PART + STEP + CHOICE.replace('id = "no"', 'id = "no"\nexcludes_others = true'),
            "excludes_others belongs to type multi",
            id="one of one that excludes others",
        ),
        pytest.param(
            HEAD + PART + STEP + CHOICE.replace('id = "no"', 'id = "yes"'),
            "stands here twice",
            id="an option twice",
        ),
        pytest.param(
            HEAD + PART + STEP + ITEM.replace('"text"', '"multi"') + 'options_from = "wishes"',
            "no list of options 'wishes'",
            id="a list that is not there",
        ),
        pytest.param(
            HEAD + PART + STEP + ITEM + 'lowest = { nl = "nee", en = "no" }', "belong to type ten", id="ends"
        ),
        pytest.param(
            HEAD + PART + STEP + "needs_address = true" + ITEM,
            "comes behind those that need none",
            id="a first step for some",
        ),
        pytest.param(
            HEAD + PART + STEP + ITEM + 'excess = { words = "" }', "words needs a text", id="no reason given"
        ),
    ],
)
def test_content_that_does_not_fit_is_refused_with_its_place(text, complaint):
    with pytest.raises(ContentError) as refused:
        parsed(text)

    assert complaint in str(refused.value)


def test_a_list_refuses_an_option_of_an_unknown_group():
    stray = OBSTACLES.replace('group = "work"', 'group = "play"')

    with pytest.raises(ContentError, match="no group play"):
        instrument_files.parse_options("obstacles", tomllib.loads(stray), "")
