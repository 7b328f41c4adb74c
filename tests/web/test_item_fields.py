"""What people type and choose on a step, and what becomes of it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from lti_tool.domain.answers import Answer
from lti_tool.domain.instruments import Audience, Item, ItemType, Option, Step
from lti_tool.domain.words import Words
from lti_tool.web import forms, typed
from lti_tool.web.item_fields import DayTile
from lti_tool.web.problems import Problem, ProblemKind

TODAY = date(2026, 11, 13)
MONDAY, TUESDAY, FRIDAY = date(2026, 11, 16), date(2026, 11, 17), date(2026, 11, 20)
DAYS = [DayTile(MONDAY), DayTile(TUESDAY), DayTile(FRIDAY, False, "free_day")]
ASK = Words(nl="Wat wilt u?", en="What do you want?")
OPTIONS = tuple(Option(id, Words(nl=id, en=id)) for id in ("time", "rules"))
OTHER = Option("other", Words(nl="Iets anders", en="Something else"), with_line=True)

NOTHING = Option("none", Words(nl="Niets", en="Nothing"), excludes_others=True)


def item(type: ItemType = ItemType.TEXT, **more: object) -> Item:
    """A question of one type."""
    return Item(id="pre.goal", type=type, ask=ASK, audience=Audience.ME, source="own", **more)  # type: ignore[arg-type]


def filled(asked: Item, sent: dict[str, str | list[str]], said: Answer | None = None) -> forms.PageForm:
    """The form of one question, as it comes in."""
    step = Step("goal", ASK, ASK, (asked,))
    known = {asked.id: said} if said else {}
    return forms.step(step, "nl", today=TODAY, days=DAYS, said=known, sent=MultiDict(sent))


def answer(form: forms.PageForm) -> Answer:
    """The one answer of a form that holds."""
    assert form.validate()
    return forms.read(form)["pre.goal"]


def problem(form: forms.PageForm) -> Problem:
    """The one problem of a form that does not hold."""
    assert not form.validate()
    return form["pre.goal"].problem


def test_everything_may_stay_open():
    for type in ItemType:
        assert answer(filled(item(type, options=OPTIONS), {})).is_open


def test_text_keeps_its_lines_and_loses_control_characters():
    form = filled(
        item(), {"pre.goal": "  Eén\r\ntwee\x00\x1b[31m\rdrie\u2028vier\t5 \U0001f468\u200d\U0001f469 "}
    )

    assert answer(form).words == "Eén\ntwee[31m\ndrie\nvier\t5 \U0001f468\u200d\U0001f469"


def test_a_line_stays_one_line():
    form = filled(item(ItemType.LINE), {"pre.goal": "eerst\r\n luisteren\t\x07dan "})

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
    for type, value in ((ItemType.WINDOW_DAY, MONDAY.isoformat()), (ItemType.TEN, "time")):
        form = filled(item(type, options=OPTIONS), {"pre.goal": value, "pre.goal:unknown": "1"})

        assert answer(form) == Answer(unknown=True)


def test_not_knowing_is_no_answer_where_it_is_not_offered():
    form = filled(item(ItemType.CHOICE, options=OPTIONS), {"pre.goal:unknown": "1"})

    assert answer(form).is_open


def test_both_halves_of_an_if_then_plan_are_read():
    form = filled(item(ItemType.IF_THEN), {"pre.goal": "ik  bel", "pre.goal:then": "vraag ik\r\ndoor"})

    assert answer(form) == Answer(words="ik bel", then="vraag ik door")


def test_each_half_of_an_if_then_plan_has_its_own_room():
    form = filled(item(ItemType.IF_THEN, max_length=10), {"pre.goal": "ik bel", "pre.goal:then": "x" * 12})

    assert problem(form) == Problem(ProblemKind.TOO_LONG, over=2, limit=10)


@pytest.mark.parametrize(
    "text", ["3-11-2026", "03-11-2026", "3/11/2026", "3.11.2026", "2026-11-03", " 3-11-2026 "]
)
def test_a_day_is_understood_however_it_is_written(text):
    form = filled(item(ItemType.DATE), {"pre.goal": text})

    assert answer(form) == Answer(words="2026-11-03")


@pytest.mark.parametrize("text", ["31-2-2026", "morgen", "3-11-26", "2026-13-01", "٣-11-2026", "0-0-0000"])
def test_what_is_no_day_stands_there_again_and_is_not_kept(text):
    form = filled(item(ItemType.DATE), {"pre.goal": text})

    assert problem(form).kind is ProblemKind.NO_DATE
    assert form["pre.goal"].typed == text
    assert forms.read(form) == {}


@given(st.dates(date(2020, 1, 1), date(2100, 1, 1)))
def test_the_example_of_a_day_is_coming_and_tells_day_and_month_apart(today):
    example = typed.Span.around(today).example

    assert timedelta(days=14) <= example - today <= timedelta(days=26)
    assert example.day > 12


def test_what_is_no_day_is_answered_with_the_example():
    assert problem(filled(item(ItemType.DATE), {"pre.goal": "morgen"})).example == date(2026, 11, 27)


def test_a_day_in_another_century_is_a_slip_of_the_finger():
    form = filled(item(ItemType.DATE), {"pre.goal": "3-11-1926"})

    assert problem(form) == Problem(
        ProblemKind.DAY_OUTSIDE, first=TODAY - timedelta(days=366), last=TODAY + timedelta(days=731)
    )


def test_a_stored_day_is_shown_as_people_write_it():
    step = Step("goal", ASK, ASK, (item(ItemType.DATE),))

    form = forms.step(step, "nl", today=TODAY, said={"pre.goal": Answer(words="2026-11-03")})

    assert form["pre.goal"].typed == "3-11-2026"


def test_up_to_three_days_are_kept_once_and_in_their_order():
    sent = {"pre.goal": "1-12-2026", "pre.goal:2": "16-11-2026", "pre.goal:3": "2026-12-01"}

    assert answer(filled(item(ItemType.DATES), sent)) == Answer(words="2026-11-16 2026-12-01")
    assert answer(filled(item(ItemType.DATES), {"pre.goal:3": "1-12-2026"})) == Answer(words="2026-12-01")


def test_each_of_the_days_that_do_not_fit_is_told():
    sent = {"pre.goal": "1-12-2026", "pre.goal:2": "morgen", "pre.goal:3": "3-11-1926"}

    form = filled(item(ItemType.DATES), sent)

    assert not form.validate()
    field = form["pre.goal"]
    kinds = [one.problem and one.problem.kind for one in field.day_inputs]
    assert kinds == [None, ProblemKind.NO_DATE, ProblemKind.DAY_OUTSIDE]
    assert [one.typed for one in field.day_inputs] == ["1-12-2026", "morgen", "3-11-1926"]
    assert field.first_id == "pre-goal-2"
    assert forms.read(form) == {}


def test_stored_days_stand_in_the_first_inputs():
    step = Step("goal", ASK, ASK, (item(ItemType.DATES),))

    form = forms.step(step, "nl", today=TODAY, said={"pre.goal": Answer(words="2026-11-03 2026-12-01")})

    inputs = [(one.id, one.name, one.typed) for one in form["pre.goal"].day_inputs]
    assert inputs == [
        ("pre-goal", "pre.goal", "3-11-2026"),
        ("pre-goal-2", "pre.goal:2", "1-12-2026"),
        ("pre-goal-3", "pre.goal:3", ""),
    ]


def test_days_can_be_unknown_until_one_is_typed():
    unknown = {"pre.goal:unknown": "1"}

    assert answer(filled(item(ItemType.DATES), unknown)) == Answer(unknown=True)
    assert answer(filled(item(ItemType.DATES), {**unknown, "pre.goal:2": "1-12-2026"})).words == "2026-12-01"


def test_a_day_of_the_window_is_chosen():
    form = filled(item(ItemType.WINDOW_DAY), {"pre.goal": "2026-11-16"})

    assert answer(form) == Answer(words="2026-11-16")


@pytest.mark.parametrize("value", ["2026-11-20", "2026-11-18", "friday", "2026-11-16' OR 1=1"])
def test_a_day_that_is_not_offered_is_refused_with_the_days_that_are(value):
    form = filled(item(ItemType.WINDOW_DAY), {"pre.goal": value})

    assert problem(form) == Problem(ProblemKind.DAY_NOT_OFFERED, first=MONDAY, last=TUESDAY)
    assert forms.read(form) == {}


def test_a_day_chosen_before_may_stay_although_it_has_passed():
    chosen = Answer(words="2026-11-12")

    form = filled(item(ItemType.WINDOW_DAY), {"pre.goal": "2026-11-12"}, said=chosen)

    assert answer(form) == chosen
    assert [tile.on for tile in form["pre.goal"].tiles] == [date(2026, 11, 12), MONDAY, TUESDAY, FRIDAY]


@pytest.mark.parametrize("type", [ItemType.SCALE, ItemType.TEN, ItemType.CHOICE, ItemType.YES_NO])
def test_one_of_the_options_is_chosen_and_no_other(type):
    assert answer(filled(item(type, options=OPTIONS), {"pre.goal": "rules"})) == Answer(choices=("rules",))
    for wrong in (["elsewhere"], ["time", "rules"], ["<b>"]):
        form = filled(item(type, options=OPTIONS), {"pre.goal": wrong})
        assert problem(form).kind is ProblemKind.NOT_AN_OPTION
        assert forms.read(form) == {}


def test_several_options_are_kept_in_the_order_of_the_list():
    form = filled(item(ItemType.MULTI, options=OPTIONS), {"pre.goal": ["rules", "time"]})

    assert answer(form) == Answer(choices=("time", "rules"))


def test_an_unknown_option_among_several_is_refused():
    form = filled(item(ItemType.MULTI, options=OPTIONS), {"pre.goal": ["rules", "elsewhere"]})

    assert problem(form).kind is ProblemKind.NOT_AN_OPTION


def test_whoever_writes_beside_something_else_has_chosen_it():
    form = filled(
        item(ItemType.MULTI, options=(*OPTIONS, OTHER)), {"pre.goal": "time", "pre.goal:line": "Regen"}
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
    form = filled(item(ItemType.MULTI, options=(NOTHING, *OPTIONS, OTHER)), sent)

    assert answer(form) == kept


def test_a_line_beside_options_that_have_none_is_ignored():
    form = filled(item(ItemType.MULTI, options=OPTIONS), {"pre.goal:line": "Regen"})

    assert answer(form).is_open


def test_the_default_is_chosen_until_somebody_chooses():
    step = Step("goal", ASK, ASK, (item(ItemType.CHOICE, options=OPTIONS, default="rules"),))

    fresh = forms.step(step, "nl", today=TODAY)
    chosen = forms.step(step, "nl", today=TODAY, said={"pre.goal": Answer(choices=("time",))})

    assert fresh["pre.goal"].data.choices == ("rules",)
    assert chosen["pre.goal"].data.choices == ("time",)


def test_an_answer_can_be_taken_back():
    form = filled(item(), {"pre.goal": ""}, said=Answer(words="Eerst dit"))

    assert forms.read(form) == {"pre.goal": Answer()}


def test_the_question_is_asked_in_the_language_of_the_page():
    step = Step("goal", ASK, ASK, (item(),))

    assert forms.step(step, "en", today=TODAY)["pre.goal"].ask == "What do you want?"
    assert forms.step(step, "nl", today=TODAY)["pre.goal"].ask == "Wat wilt u?"


def test_what_comes_in_after_a_visit_has_ended_is_read_without_asking_back():
    step = Step("goal", ASK, ASK, (item(ItemType.WINDOW_DAY),))
    days = [DayTile(date(2026, 11, 18)), DayTile(date(2026, 11, 19), False, "holiday")]

    assert forms.read_step(step, MultiDict({"pre.goal": "2026-11-18"}), days=days) == {
        "pre.goal": Answer(words="2026-11-18")
    }
    for other in ("soon", "2026-11-19", "9999-12-31"):
        assert forms.read_step(step, MultiDict({"pre.goal": other}), days=days) == {}
