"""What people type on a step, or leave open, and what becomes of it."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from lti_tool.domain.answers import Answer
from lti_tool.domain.instruments import Step
from lti_tool.domain.item_type_files import known, named
from lti_tool.web import forms, typed
from lti_tool.web.item_fields import DayTile
from lti_tool.web.problems import Problem, ProblemKind
from tests.web.questions import ASK, MONDAY, OPTIONS, TODAY, answer, filled, item, problem


def test_everything_may_stay_open():
    for type in known():
        assert answer(filled(item(type, options=OPTIONS), {})).is_open


def test_text_keeps_its_lines_and_loses_control_characters():
    form = filled(
        item(), {"pre.goal": "  Eén\r\ntwee\x00\x1b[31m\rdrie\u2028vier\t5 \U0001f468\u200d\U0001f469 "}
    )

    assert answer(form).words == "Eén\ntwee[31m\ndrie\nvier\t5 \U0001f468\u200d\U0001f469"


def test_a_line_stays_one_line():
    form = filled(item(named("line")), {"pre.goal": "eerst\r\n luisteren\t\x07dan "})

    assert answer(form).words == "eerst luisteren dan"


@given(st.text())
def test_no_text_ever_becomes_an_exception_or_a_control_character(text):
    cleaned = typed.clean_text(text)

    assert not [c for c in cleaned if c < " " and c not in "\n\t"]
    assert typed.clean_text(cleaned) == cleaned
    assert "\n" not in typed.clean_line(text)


def test_text_that_is_too_long_is_said_and_kept_in_full():
    form = filled(item(max_length=500), {"pre.goal": "é" * 533})

    assert problem(form) == Problem(ProblemKind.TOO_LONG, over=33, limit=500)
    assert forms.read(form)["pre.goal"].words == "é" * 533


def test_line_ends_count_as_one_character_whatever_the_browser_sends():
    form = filled(item(max_length=5), {"pre.goal": "ab\r\ncd"})

    assert answer(form).words == "ab\ncd"


def test_i_do_not_know_yet_is_an_answer():
    form = filled(item(), {"pre.goal:unknown": "1"})

    assert answer(form) == Answer(unknown=True)


def test_words_win_from_i_do_not_know_yet():
    form = filled(item(), {"pre.goal": "Iets kleins", "pre.goal:unknown": "1"})

    assert answer(form) == Answer(words="Iets kleins")


def test_a_day_and_a_figure_cannot_be_unchosen_so_there_not_knowing_wins():
    for type, value in ((named("window_day"), MONDAY.isoformat()), (named("ten"), "time")):
        form = filled(item(type, options=OPTIONS), {"pre.goal": value, "pre.goal:unknown": "1"})

        assert answer(form) == Answer(unknown=True)


def test_not_knowing_is_no_answer_where_it_is_not_offered():
    form = filled(item(named("choice"), options=OPTIONS), {"pre.goal:unknown": "1"})

    assert answer(form).is_open


def test_both_halves_of_an_if_then_plan_are_read():
    form = filled(item(named("if_then")), {"pre.goal": "ik  bel", "pre.goal:then": "vraag ik\r\ndoor"})

    assert answer(form) == Answer(words="ik bel", then="vraag ik door")


def test_each_half_of_an_if_then_plan_has_its_own_room():
    form = filled(item(named("if_then"), max_length=10), {"pre.goal": "ik bel", "pre.goal:then": "x" * 12})

    assert problem(form) == Problem(ProblemKind.TOO_LONG, over=2, limit=10)


def test_an_answer_can_be_taken_back():
    form = filled(item(), {"pre.goal": ""}, said=Answer(words="Eerst dit"))

    assert forms.read(form) == {"pre.goal": Answer()}


def test_the_question_is_asked_in_the_language_of_the_page():
    step = Step("goal", ASK, ASK, (item(),))

    assert forms.step(step, "en", today=TODAY)["pre.goal"].ask == "What do you want?"
    assert forms.step(step, "nl", today=TODAY)["pre.goal"].ask == "Wat wilt u?"


def test_what_comes_in_after_a_visit_has_ended_is_read_without_asking_back():
    step = Step("goal", ASK, ASK, (item(named("window_day")),))
    days = [DayTile(date(2026, 11, 18)), DayTile(date(2026, 11, 19), False, "holiday")]

    assert forms.read(forms.sent_step(step, MultiDict({"pre.goal": "2026-11-18"}), days=days)) == {
        "pre.goal": Answer(words="2026-11-18")
    }
    for other in ("soon", "2026-11-19", "9999-12-31"):
        assert forms.read(forms.sent_step(step, MultiDict({"pre.goal": other}), days=days)) == {}
