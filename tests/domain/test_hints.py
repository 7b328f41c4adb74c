"""Which hints a trainer gets, and in which order."""

from dataclasses import replace

import pytest

from lti_tool.domain import hints
from lti_tool.domain.aims import Aim, Fit, GoalLevel, Kind, Reason
from lti_tool.domain.cadences import StepId
from lti_tool.domain.hints import About, Hint, Principle, Setting
from lti_tool.services import catalogue

CADENCES = catalogue.load()
WHOLE = Setting(
    cadence=CADENCES.cadence("standard"),
    left_out=frozenset(),
    sessions=3,
    phases=frozenset({"pre", "mid", "post", None}),
    looked_back=frozenset({1, 2}),
    contacts=1,
    questions=0,
    prepared=4,
    has_read=True,
    aim=Aim(),
)


def found(**changes):
    return [each.about for each in hints.of(replace(WHOLE, **changes), {})]


def test_a_training_that_has_everything_has_no_hints():
    assert found() == []


@pytest.mark.parametrize(
    ("changes", "about"),
    [
        ({"cadence": CADENCES.cadence("light")}, About.CADENCE),
        ({"phases": WHOLE.phases - {"pre"}}, About.PREPARING),
        ({"phases": WHOLE.phases - {"post"}}, About.PLAN),
        ({"phases": WHOLE.phases - {None}}, About.JOURNEY),
        ({"looked_back": frozenset({1})}, About.LOOKING_BACK),
        ({"left_out": frozenset({"check_in"})}, About.STEP),
        ({"contacts": 0}, About.CONTACTS),
        ({"cadence": CADENCES.cadence("intensive")}, About.QUESTIONS),
        ({"has_read": False}, About.GOALS),
        ({"aim": Aim(kind=Kind.KNOWLEDGE)}, About.FIT),
    ],
)
def test_what_a_training_lacks_is_a_hint(changes, about):
    assert found(**changes) == [about]


def test_nobody_is_sent_to_read_what_nobody_wrote():
    assert found(has_read=False, prepared=0) == []


def test_few_mails_fit_a_training_of_one_day():
    assert found(cadence=CADENCES.cadence("light"), sessions=1, looked_back=frozenset()) == []


def test_mails_that_fit_what_it_is_for_already_are_no_hint():
    assert found(aim=Aim(GoalLevel.TEAM, Kind.SKILL)) == []


def test_other_mails_take_the_place_of_the_hint_about_few_mails_and_are_put_away_by_what_they_are():
    aim = Aim(kind=Kind.SKILL)

    (hint,) = hints.of(replace(WHOLE, cadence=CADENCES.cadence("light"), aim=aim), {})

    assert hint == Hint(About.FIT, Principle.ACTION, fit=Fit("standard", Reason.SKILL))
    assert (hint.name, hint.cadence) == ("fit-standard", "standard")


def test_of_a_cadence_of_an_organisation_itself_nobody_knows_what_it_fits():
    own = replace(CADENCES.cadence("light"), key="leerhuis")

    assert found(cadence=own, aim=Aim(kind=Kind.SKILL)) == []


def test_a_step_that_the_cadence_does_not_have_is_not_missed():
    assert found(cadence=CADENCES.cadence("light"), sessions=1, left_out=frozenset({"check_in"})) == []


def test_what_the_check_said_no_to_comes_first_and_partly_second():
    setting = replace(WHOLE, contacts=0, left_out=frozenset({"check_in", "plan"}))
    said = {Principle.FEEDBACK: "no", Principle.ACTION: "partly", Principle.URGENCY: "yes"}

    order = [each.principle for each in hints.of(setting, said)]

    assert order == [Principle.FEEDBACK, Principle.ACTION, Principle.URGENCY]


def test_each_mail_that_is_left_out_is_a_hint_of_its_own():
    both = hints.of(replace(WHOLE, left_out=frozenset({"prepare", "plan"})), {})

    assert both == [
        Hint(About.STEP, Principle.URGENCY, StepId.PREPARE),
        Hint(About.STEP, Principle.ACTION, StepId.PLAN),
    ]
    assert [each.name for each in both] == ["step-prepare", "step-plan"]
