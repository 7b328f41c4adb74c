"""The forms of letters and of mail preferences."""

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from lti_tool.domain.instruments import Audience, Item, Option
from lti_tool.domain.item_type_files import named
from lti_tool.domain.words import Words
from lti_tool.web import forms
from lti_tool.web.item_fields import DayTile
from lti_tool.web.problems import Problem, ProblemKind

TODAY = date(2026, 11, 13)
DAYS = [DayTile(date(2026, 11, 16)), DayTile(date(2026, 11, 17))]
ASK = Words(nl="Hoe staat het ermee?", en="How is it going?")
OPTIONS = tuple(Option(id, Words(nl=id, en=id)) for id in ("used", "partly"))
QUESTION = Item("checkin.used", named("choice"), ASK, Audience.ME, "own", options=OPTIONS)
NEW_DATE = Item("checkin.new_date", named("window_day"), ASK, Audience.ME, "own")


def test_the_answer_of_a_letters_link_is_chosen_beforehand():
    assert forms.question(QUESTION, "nl", chosen="partly")["checkin.used"].data.choices == ("partly",)
    assert forms.question(QUESTION, "nl", chosen="elsewhere")["checkin.used"].data.is_open


@pytest.mark.parametrize("sent", [{}, {"checkin.used:unknown": "1"}, {"checkin.used:line": "x"}])
def test_a_question_of_a_letter_wants_an_answer(sent):
    form = forms.question(QUESTION, "nl", sent=MultiDict(sent))

    assert not form.validate()
    assert form["checkin.used"].problem == Problem(ProblemKind.NOTHING_CHOSEN)


def test_whoever_wants_a_new_day_chooses_one():
    open_ = forms.new_date(NEW_DATE, "nl", days=DAYS, sent=MultiDict())
    chosen = forms.new_date(NEW_DATE, "nl", days=DAYS, sent=MultiDict({"checkin.new_date": "2026-11-17"}))

    assert not open_.validate()
    assert open_["checkin.new_date"].problem == Problem(ProblemKind.NOTHING_CHOSEN)
    assert chosen.validate()
    assert forms.read(chosen)["checkin.new_date"].words == "2026-11-17"


def test_whatever_of_a_plan_stays_empty_is_open_and_so_stays_as_it_was():
    sentence = Item("post.if_then", named("if_then"), ASK, Audience.MAIL, "own")

    form = forms.change(
        [sentence, NEW_DATE], "nl", days=DAYS, sent=MultiDict({"post.if_then:then": "bel ik"})
    )

    assert form.validate()
    said = forms.read(form)
    assert (said["post.if_then"].words, said["post.if_then"].then) == ("", "bel ik")
    assert said["checkin.new_date"].is_open


def test_a_choice_about_mails_is_one_of_three():
    assert forms.mail_preferences(chosen="stop")["choose"].data == "stop"
    assert forms.mail_preferences(chosen="sell")["choose"].data == "go_on"
    assert forms.mail_preferences(chosen=None, sent=MultiDict({"choose": "pause"})).validate()
    for sent in ({}, {"choose": "sell"}):
        assert not forms.mail_preferences(chosen=None, sent=MultiDict(sent)).validate()
