"""Days that people type or choose on a step, and what becomes of them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.domain.answers import Answer
from lti_tool.domain.instruments import Step
from lti_tool.domain.item_type_files import named
from lti_tool.web import forms, typed
from lti_tool.web.problems import Problem, ProblemKind
from tests.web.questions import ASK, FRIDAY, MONDAY, TODAY, TUESDAY, answer, filled, item, problem


@pytest.mark.parametrize(
    "text", ["3-11-2026", "03-11-2026", "3/11/2026", "3.11.2026", "2026-11-03", " 3-11-2026 "]
)
def test_a_day_is_understood_however_it_is_written(text):
    form = filled(item(named("date")), {"pre.goal": text})

    assert answer(form) == Answer(words="2026-11-03")


@pytest.mark.parametrize("text", ["31-2-2026", "morgen", "3-11-26", "2026-13-01", "٣-11-2026", "0-0-0000"])
def test_what_is_no_day_stands_there_again_and_is_not_kept(text):
    form = filled(item(named("date")), {"pre.goal": text})

    assert problem(form).kind is ProblemKind.NO_DATE
    assert form["pre.goal"].typed == text
    assert forms.read(form) == {}


@given(st.dates(date(2020, 1, 1), date(2100, 1, 1)))
def test_the_example_of_a_day_is_coming_and_tells_day_and_month_apart(today):
    example = typed.Span.around(today).example

    assert timedelta(days=14) <= example - today <= timedelta(days=26)
    assert example.day > 12


def test_what_is_no_day_is_answered_with_the_example():
    assert problem(filled(item(named("date")), {"pre.goal": "morgen"})).example == date(2026, 11, 27)


def test_a_day_in_another_century_is_a_slip_of_the_finger():
    form = filled(item(named("date")), {"pre.goal": "3-11-1926"})

    assert problem(form) == Problem(
        ProblemKind.DAY_OUTSIDE, first=TODAY - timedelta(days=366), last=TODAY + timedelta(days=731)
    )


def test_a_stored_day_is_shown_as_people_write_it():
    step = Step("goal", ASK, ASK, (item(named("date")),))

    form = forms.step(step, "nl", today=TODAY, said={"pre.goal": Answer(words="2026-11-03")})

    assert form["pre.goal"].typed == "3-11-2026"


def test_up_to_three_days_are_kept_once_and_in_their_order():
    sent = {"pre.goal": "1-12-2026", "pre.goal:2": "16-11-2026", "pre.goal:3": "2026-12-01"}

    assert answer(filled(item(named("dates")), sent)) == Answer(words="2026-11-16 2026-12-01")
    assert answer(filled(item(named("dates")), {"pre.goal:3": "1-12-2026"})) == Answer(words="2026-12-01")


def test_each_of_the_days_that_do_not_fit_is_told():
    sent = {"pre.goal": "1-12-2026", "pre.goal:2": "morgen", "pre.goal:3": "3-11-1926"}

    form = filled(item(named("dates")), sent)

    assert not form.validate()
    field = form["pre.goal"]
    kinds = [one.problem and one.problem.kind for one in field.day_inputs]
    assert kinds == [None, ProblemKind.NO_DATE, ProblemKind.DAY_OUTSIDE]
    assert [one.typed for one in field.day_inputs] == ["1-12-2026", "morgen", "3-11-1926"]
    assert field.first_id == "pre-goal-2"
    assert forms.read(form) == {}


def test_stored_days_stand_in_the_first_inputs():
    step = Step("goal", ASK, ASK, (item(named("dates")),))

    form = forms.step(step, "nl", today=TODAY, said={"pre.goal": Answer(words="2026-11-03 2026-12-01")})

    inputs = [(one.id, one.name, one.typed) for one in form["pre.goal"].day_inputs]
    assert inputs == [
        ("pre-goal", "pre.goal", "3-11-2026"),
        ("pre-goal-2", "pre.goal:2", "1-12-2026"),
        ("pre-goal-3", "pre.goal:3", ""),
    ]


def test_days_can_be_unknown_until_one_is_typed():
    unknown = {"pre.goal:unknown": "1"}

    assert answer(filled(item(named("dates")), unknown)) == Answer(unknown=True)
    assert answer(filled(item(named("dates")), {**unknown, "pre.goal:2": "1-12-2026"})).words == "2026-12-01"


def test_a_day_of_the_window_is_chosen():
    form = filled(item(named("window_day")), {"pre.goal": "2026-11-16"})

    assert answer(form) == Answer(words="2026-11-16")


@pytest.mark.parametrize("value", ["2026-11-20", "2026-11-18", "friday", "2026-11-16' OR 1=1"])
def test_a_day_that_is_not_offered_is_refused_with_the_days_that_are(value):
    form = filled(item(named("window_day")), {"pre.goal": value})

    assert problem(form) == Problem(ProblemKind.DAY_NOT_OFFERED, first=MONDAY, last=TUESDAY)
    assert forms.read(form) == {}


def test_a_day_chosen_before_may_stay_although_it_has_passed():
    chosen = Answer(words="2026-11-12")

    form = filled(item(named("window_day")), {"pre.goal": "2026-11-12"}, said=chosen)

    assert answer(form) == chosen
    assert [tile.on for tile in form["pre.goal"].tiles] == [date(2026, 11, 12), MONDAY, TUESDAY, FRIDAY]
