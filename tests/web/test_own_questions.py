"""A trainer puts questions in other words, and adds questions of their own."""

import pytest

from lti_tool.models.activities import Activity
from lti_tool.models.adaptations import Adaptation
from lti_tool.web.wording_forms import mark_of as mark
from tests.web.adapting import asking_of, opened, save
from tests.web.follow import asking


@pytest.fixture
def place(campus):
    return campus.place()


@pytest.fixture
def trainer(campus, place):
    """What the trainer asks of the pages of the questions."""
    return asking_of(campus, place)


def test_other_words_are_asked_of_who_begins_and_the_trainer_keeps_those_of_the_source(
    campus, place, trainer
):
    source = campus.work.catalogue.question("post.task").ask

    answer = trainer("/words/post.task", **{"ask-nl": "Welke klus pakt u op?", "opened": mark(None)})

    assert answer.status_code == 303
    assert f"De bron vraagt: ‘{source.nl}’" in trainer("").text
    save(campus, place, trainer)
    assert "Welke klus pakt u op?" in asking(campus, "sanne")("reflect/plan/1").text
    assert "Welke klus pakt u op?" not in trainer("/words/post.task").text.partition("<form id")[0]


def test_the_words_of_the_source_come_back(campus, place, trainer):
    trainer("/words/post.task", **{"ask-nl": "Welke klus?", "opened": mark(None)})

    trainer("/words/post.task", source="1", opened=opened(trainer("/words/post.task")))

    assert campus.only(Activity).draft_id is not None
    assert "Deze vragen bewaren" not in trainer("").text


def test_of_two_who_reword_one_question_the_second_sees_both_texts(campus, place, trainer):
    trainer("/words/post.task", **{"ask-nl": "De eerste?", "opened": mark(None)})

    answer = trainer("/words/post.task", **{"ask-nl": "De tweede?", "opened": mark(None)})

    assert answer.status_code == 409
    assert "De eerste?" in answer.text
    assert "De tweede?" in answer.text
    assert "De eerste?" in trainer("").text


OWN = {"ask-nl": "Wat neemt u mee?", "type": "text", "part": "plan", "letters": "abcdefgh"}


def test_an_own_question_is_asked_and_stands_with_its_words_among_what_is_kept(campus, place, trainer):
    assert trainer("/own", **OWN, opened=mark(None)).status_code == 303
    save(campus, place, trainer)
    learner = asking(campus, "sanne")

    page = learner("reflect/plan/5").text
    answer = learner("reflect/plan/5", **{"own.said.abcdefgh": "een lijstje"})

    assert "Vragen van uw trainer" in page
    assert "Wat neemt u mee?" in page
    assert answer.status_code == 303
    assert "Wat neemt u mee?" in learner("mine").text
    assert "een lijstje" in learner("mine").text


def test_what_was_answered_to_an_own_question_keeps_its_words_when_that_goes(campus, place, trainer):
    trainer("/own", **OWN, opened=mark(None))
    save(campus, place, trainer)
    learner = asking(campus, "sanne")
    learner("reflect/plan/5", **{"own.said.abcdefgh": "een lijstje"})
    path = "/own/own.said.abcdefgh"
    trainer(path, remove="1", opened=opened(trainer(path)))
    save(campus, place, trainer)

    page = learner("mine").text

    assert "Wat neemt u mee?" in page
    assert "een lijstje" in page


def test_an_own_question_that_is_sent_twice_is_there_once(campus, place, trainer):
    trainer("/own", **OWN, opened=mark(None))
    trainer("/own", **OWN, opened=mark(None))

    assert trainer("").text.count("Bron: uw eigen vraag") == 1


def test_an_own_question_can_be_looked_at_before_it_is_kept(campus, place, trainer):
    choice = {**OWN, "type": "choice", "options-nl": "Rood\nGroen", "look": "1"}

    page = trainer("/own", **choice, opened=mark(None)).text

    assert "Groen</label>" in page
    assert campus.all(Adaptation) == []


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"ask-nl": " "}, "ten minste één taal"),
        ({"type": "choice", "options-nl": "Rood"}, "ten minste 2 regels"),
        ({"type": "multi", "options-nl": "\n".join(map(str, range(11)))}, "plaats voor 10 regels"),
        ({"type": "choice", "options-nl": "Rood\nGroen", "options-en": "Red"}, "evenveel regels"),
        ({"type": "choice", "options-nl": "Rood\nrood"}, "elk antwoord één keer"),
        ({"type": "ten", "options-nl": "Niet\n" + "x" * 101}, "plaats voor 100 tekens"),
        ({"ask-nl": "x" * 201}, "1 teken korter"),
        ({"type": "window_day"}, "Kies uit deze antwoorden"),
    ],
)
def test_an_own_question_that_does_not_fit_comes_back_with_what_was_typed(campus, place, trainer, sent, told):
    answer = trainer("/own", **{**OWN, **sent}, opened=mark(None))

    assert answer.status_code == 422
    assert told in answer.text


def test_an_own_choice_with_other_answers_is_another_question_once_it_was_asked(campus, place, trainer):
    choice = {**OWN, "type": "choice", "options-nl": "Rood\nGroen"}
    trainer("/own", **choice, opened=mark(None))
    save(campus, place, trainer)
    seen = opened(trainer("/own/own.chosen.abcdefgh"))

    changed = {**choice, "options-nl": "Groen\nRood", "letters": "hgfedcba", "opened": seen}
    trainer("/own/own.chosen.abcdefgh", **changed)

    assert "own.chosen.hgfedcba" in trainer("").text
    assert "own.chosen.abcdefgh" not in trainer("").text
