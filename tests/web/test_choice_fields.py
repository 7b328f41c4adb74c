"""Options that people choose on a step, and what becomes of them."""

import pytest

from lti_tool.domain.answers import Answer
from lti_tool.domain.instruments import Option, Step
from lti_tool.domain.item_type_files import named
from lti_tool.domain.words import Words
from lti_tool.web import forms
from lti_tool.web.problems import ProblemKind
from tests.web.questions import ASK, OPTIONS, TODAY, answer, filled, item, problem

OTHER = Option("other", Words(nl="Iets anders", en="Something else"), with_line=True)
NOTHING = Option("none", Words(nl="Niets", en="Nothing"), excludes_others=True)


@pytest.mark.parametrize("type", [named("scale"), named("ten"), named("choice"), named("yes_no")])
def test_one_of_the_options_is_chosen_and_no_other(type):
    assert answer(filled(item(type, options=OPTIONS), {"pre.goal": "rules"})) == Answer(choices=("rules",))
    for wrong in (["elsewhere"], ["time", "rules"], ["<b>"]):
        form = filled(item(type, options=OPTIONS), {"pre.goal": wrong})
        assert problem(form).kind is ProblemKind.NOT_AN_OPTION
        assert forms.read(form) == {}


def test_several_options_are_kept_in_the_order_of_the_list():
    form = filled(item(named("multi"), options=OPTIONS), {"pre.goal": ["rules", "time"]})

    assert answer(form) == Answer(choices=("time", "rules"))


def test_an_unknown_option_among_several_is_refused():
    form = filled(item(named("multi"), options=OPTIONS), {"pre.goal": ["rules", "elsewhere"]})

    assert problem(form).kind is ProblemKind.NOT_AN_OPTION


def test_whoever_writes_beside_something_else_has_chosen_it():
    form = filled(
        item(named("multi"), options=(*OPTIONS, OTHER)), {"pre.goal": "time", "pre.goal:line": "Regen"}
    )

    assert answer(form) == Answer(choices=("time", "other"), words="Regen")


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({"pre.goal": ["none"]}, Answer(choices=("none",))),
        ({"pre.goal": ["none", "time"]}, Answer(choices=("time",))),
        ({"pre.goal": ["rules", "time", "none"]}, Answer(choices=("time", "rules"))),
        ({"pre.goal": ["none"], "pre.goal:line": "Regen"}, Answer(choices=("other",), words="Regen")),
    ],
)
def test_nothing_gives_way_to_whatever_is_chosen_beside_it(sent, kept):
    form = filled(item(named("multi"), options=(NOTHING, *OPTIONS, OTHER)), sent)

    assert answer(form) == kept


def test_a_line_beside_options_that_have_none_is_ignored():
    form = filled(item(named("multi"), options=OPTIONS), {"pre.goal:line": "Regen"})

    assert answer(form).is_open


def test_the_default_is_chosen_until_somebody_chooses():
    step = Step("goal", ASK, ASK, (item(named("choice"), options=OPTIONS, default="rules"),))

    fresh = forms.step(step, "nl", today=TODAY)
    chosen = forms.step(step, "nl", today=TODAY, said={"pre.goal": Answer(choices=("time",))})

    assert fresh["pre.goal"].data.choices == ("rules",)
    assert chosen["pre.goal"].data.choices == ("time",)
