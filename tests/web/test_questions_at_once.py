"""Two trainers who change the questions of one item at once: no words of either are lost unseen."""

import pytest

from lti_tool.models.activities import Activity
from tests.web.adapting import asking_of, mark_of_draft, opened, save

OWN = {"ask-nl": "Wat neemt u mee?", "type": "text", "part": "plan", "letters": "abcdefgh"}
ID = "/own/own.said.abcdefgh"


@pytest.fixture
def place(campus):
    return campus.place()


@pytest.fixture
def trainer(campus, place):
    """What a trainer asks of the pages of the questions; each call is of a page of its own."""
    return asking_of(campus, place)


def test_changes_are_not_dropped_with_those_that_somebody_made_meanwhile(campus, place, trainer):
    trainer(leave_out="post.task")
    seen = mark_of_draft(campus, place)
    trainer(leave_out="post.buddy")

    answer = trainer("/save", drop="1", change=seen)

    assert "notice=meanwhile" in answer.headers["location"]
    assert trainer("").text.count("Terugzetten") == 2


def test_what_somebody_began_after_others_saved_is_not_asked_unseen(campus, place, trainer):
    trainer(leave_out="post.task")
    seen = mark_of_draft(campus, place)
    save(campus, place, trainer)
    trainer(leave_out="post.buddy")

    answer = trainer("/save", change=seen)

    assert "notice=meanwhile" in answer.headers["location"]
    assert campus.only(Activity).draft_id is not None


def test_other_words_do_not_go_back_to_the_source_while_somebody_changes_them(trainer):
    trainer("/words/post.task", **{"ask-nl": "De eerste?"}, opened=opened(trainer("/words/post.task")))
    seen = opened(trainer("/words/post.task"))
    trainer("/words/post.task", **{"ask-nl": "De tweede?"}, opened=seen)

    answer = trainer("/words/post.task", source="1", opened=seen)

    assert answer.status_code == 409
    assert "De tweede?" in answer.text
    assert "De tweede?" in trainer("").text


def test_an_own_question_is_not_removed_while_somebody_changes_it(trainer):
    trainer("/own", **OWN, opened=opened(trainer("/own")))
    seen = opened(trainer(ID))
    trainer(ID, **{**OWN, "ask-nl": "De tweede?"}, opened=seen)

    answer = trainer(ID, **OWN, remove="1", opened=seen)

    assert answer.status_code == 409
    assert "De tweede?" in trainer("").text


def test_of_two_who_change_an_own_question_the_second_sees_both_texts(trainer):
    trainer("/own", **OWN, opened=opened(trainer("/own")))
    seen = opened(trainer(ID))
    trainer(ID, **{**OWN, "ask-nl": "De tweede?"}, opened=seen)

    answer = trainer(ID, **{**OWN, "ask-nl": "De derde?"}, opened=seen)

    assert answer.status_code == 409
    assert "De tweede?" in answer.text
    assert "De derde?" in answer.text


def test_what_was_typed_for_an_own_question_that_somebody_removed_can_still_become_one(trainer):
    trainer("/own", **OWN, opened=opened(trainer("/own")))
    seen = opened(trainer(ID))
    trainer(ID, remove="1", opened=seen)

    answer = trainer(ID, **{**OWN, "ask-nl": "De tweede?"}, opened=seen)
    again = trainer("/own", **{**OWN, "ask-nl": "De tweede?"}, opened=opened(answer))

    assert answer.status_code == 409
    assert 'action="' in answer.text.partition('id="typing"')[2].partition(">")[0]
    assert again.status_code == 303
    assert "De tweede?" in trainer("").text


def test_what_was_typed_for_one_question_too_many_is_still_there(trainer):
    letters = "abcdefghijkl"
    for each in letters:
        trainer("/own", **{**OWN, "letters": each * 8}, opened=opened(trainer("/words/post.task")))

    answer = trainer("/own", **{**OWN, "ask-nl": "Nog één?"}, opened=opened(trainer("/words/post.task")))

    assert answer.status_code == 409
    assert "Nog één?" in answer.text
