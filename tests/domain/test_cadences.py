"""Cadences as they stand in their content files."""

import tomllib
from dataclasses import replace

import pytest

from config import content
from lti_tool.domain import budget, cadences
from lti_tool.domain.cadences import Answered, Cadence, FixedDay, Mark, Receiver, StepId
from lti_tool.domain.fields import ContentError

STEP = """
[[step]]
id = "check_in"
to = "learner_with_plan"
cue = true
window_day = 7
after = "own_date"
"""


NAMED = """
title = { nl = "Kort", en = "Short" }
fits = { nl = "Eén mail.", en = "One mail." }
"""


def parse(text: str) -> Cadence:
    return cadences.parse(tomllib.loads(NAMED + text))


def shipped() -> dict[str, Cadence]:
    parsed = [cadences.parse(content.read(path).raw) for path in content.cadences()]
    return {cadence.key: cadence for cadence in parsed}


@pytest.mark.parametrize("path", content.cadences(), ids=lambda path: path.name)
def test_every_cadence_of_the_catalogue_is_named_after_its_file(path):
    cadence = cadences.parse(content.read(path).raw)

    assert f"{cadence.key}.toml" == path.name


def test_the_standard_cadence_has_every_step_in_order():
    assert [step.id for step in shipped()["standard"].steps] == list(StepId)


def test_the_light_cadence_holds_only_what_belongs_to_the_own_plan_and_the_harvest():
    light = [StepId.REHEARSE, StepId.OWN_DATE, StepId.HARVEST]

    assert [step.id for step in shipped()["light"].steps] == light


def test_the_intensive_cadence_is_the_standard_one_with_questions_in_two_letters():
    standard, intensive = shipped()["standard"], shipped()["intensive"]

    assert intensive.recalls == (StepId.REHEARSE, StepId.CHECK_IN)
    assert tuple(replace(step, recall=False) for step in intensive.steps) == standard.steps


def test_a_question_goes_with_a_cue_only():
    with pytest.raises(ContentError, match="recall goes together with cue only"):
        parse('key = "short"' + STEP.replace("cue = true", "recall = true"))


def test_every_step_has_its_place_in_the_order_of_the_budget():
    ranks = [budget.rank_of(step) for step in StepId]

    assert len(set(ranks)) == len(StepId)


def test_a_step_says_when_it_comes_and_to_whom():
    (step,) = parse('key = "short"' + STEP).steps

    assert (step.id, step.to, step.cue) == (StepId.CHECK_IN, Receiver.LEARNER_WITH_PLAN, True)
    assert (step.window_day, step.on, step.after, step.before) == (7, None, Mark.OWN_DATE, None)


def test_a_step_may_come_on_a_day_of_its_own_and_be_needless_after_an_answer():
    (step,) = parse(
        'key = "last"\n[[step]]\nid = "last_call"\nto = "learner"\non = "last_day"\nnot_when = "any_answer"'
    ).steps

    assert (step.on, step.not_when, step.window_day) == (FixedDay.LAST_DAY, Answered.ANY_ANSWER, None)


def test_a_step_is_found_by_its_id():
    cadence = shipped()["light"]

    assert cadence.find("own_date") is cadence.steps[1]
    assert cadence.find("last_call") is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (STEP, "file: key needs a text"),
        ('key = "x"', "cadence x: needs a [[step]]"),
        ('key = "x"' + STEP + STEP, "cadence x: step check_in stands here twice"),
        ('key = "x"\ncolour = "red"' + STEP, "file: unknown field colour"),
        ('key = "x"' + STEP + 'colour = "red"', "cadence x, step check_in: unknown field colour"),
        ('key = "x"' + STEP.replace("check_in", "newsletter"), "id 'newsletter' is not one of: prepare, "),
        ('key = "x"' + STEP.replace("learner_with_plan", "boss"), "to 'boss' is not one of: learner, "),
        ('key = "x"' + STEP.replace("= true", '= "yes"'), "cue needs true or false"),
        ('key = "x"' + STEP.replace("= 7", "= 11"), "window_day runs from 1 to 10"),
        ('key = "x"' + STEP.replace("= 7", "= 0"), "window_day needs a whole number of 1 or more"),
        (
            'key = "x"' + STEP.replace("window_day = 7\nafter", "after"),
            "needs one of before_meeting, after_meeting, ",
        ),
        (
            'key = "x"' + STEP + 'on = "last_day"',
            "needs one of before_meeting, after_meeting, ",
        ),
        (
            'key = "x"' + STEP.replace("window_day = 7", 'on = "last_day"'),
            "after goes together with window_day only",
        ),
        (
            'key = "x"' + STEP.replace('"own_date"', '"lunch"'),
            "after 'lunch' is not one of: plan_made, own_date",
        ),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(text, message):
    with pytest.raises(ContentError) as refusal:
        parse(text)

    assert message in str(refusal.value)


@pytest.mark.parametrize("missing", ["title", "fits"])
@pytest.mark.parametrize("locale", ["nl", "en"])
def test_a_cadence_says_in_both_languages_what_it_is_called_and_where_it_fits(missing, locale):
    raw = tomllib.loads(NAMED + 'key = "short"' + STEP)
    del raw[missing][locale]

    with pytest.raises(ContentError, match=f"{missing}: {locale} needs a text"):
        cadences.parse(raw)
