"""How a trainer has an instrument asked."""

from dataclasses import replace

import pytest

from lti_tool.domain import adaptation_changes as changes
from lti_tool.domain import adaptation_files, adaptations, own_questions
from lti_tool.domain.adaptations import Adaptation, Wording
from lti_tool.domain.instrument_files import ITEM_ID
from lti_tool.domain.instruments import Audience
from lti_tool.domain.item_type import Choices
from lti_tool.domain.own_questions import OwnItem
from lti_tool.domain.words import Words
from lti_tool.services import catalogue

AROUND = catalogue.load().own_words
POST = catalogue.load().get("post", 1)
ALL = Adaptation(left_out=frozenset(POST.items))


def ids(adaptation, part="plan"):
    asked = adaptations.apply(POST, adaptation, AROUND)
    return [[item.id for item in step.items] for step in asked.part(part).steps]


def own(number=1, **more):
    said = {"part": "plan", "type": "text", "ask": Words("Wat helpt?", "")}
    return OwnItem(**{**said, "id": own_questions.SAID + "abcdefgh"[number] * 8, **more})


def test_without_anything_it_is_the_instrument_itself():
    assert adaptations.apply(POST, Adaptation(), AROUND) == POST


def test_a_page_goes_with_its_last_question_and_the_others_stay():
    asked = ids(Adaptation(left_out=frozenset({"post.task", "post.task_on"})))

    assert asked[0] == ["post.if_then"]
    assert len(asked) == 4


def test_a_part_without_questions_is_not_asked_and_no_letter_asks_for_it():
    harvest = frozenset(item.id for item in POST.part("harvest").items)

    asked = adaptations.apply(POST, Adaptation(left_out=harvest), AROUND)

    assert [part.key for part in asked.parts] == ["plan", "yield"]
    assert adaptations.unasked(POST, Adaptation(left_out=harvest), AROUND) == ["harvest"]


def test_the_part_that_the_course_hears_of_always_asks_something():
    asked = adaptations.apply(POST, ALL, AROUND)

    assert list(asked.parts) == [POST.parts[0]]


def test_what_is_only_about_mails_is_not_enough_for_the_first_part():
    of_mails = {"post.cue", "post.hour"}
    others = [item.id for item in POST.part("plan").items if item.id not in of_mails]
    left = Adaptation()
    for item_id in others[:-1]:
        left = changes.leave_out(POST, left, item_id, AROUND)

    assert changes.leave_out(POST, left, others[-1], AROUND) is None


def test_the_letter_that_asks_a_question_that_is_left_out_does_not_come():
    left_out = Adaptation(left_out=frozenset({"post.experience"}))

    assert adaptations.unasked(POST, left_out, AROUND) == ["harvest"]
    assert "harvest" in {part.key for part in adaptations.apply(POST, left_out, AROUND).parts}


def test_what_is_put_back_stands_where_it_stood():
    left_out = changes.leave_out(POST, Adaptation(), "post.if_then", AROUND)

    assert changes.put_back(left_out, "post.if_then") == Adaptation()


def test_a_question_moves_within_its_page_and_a_page_within_its_part():
    moved = changes.move_item(POST, Adaptation(), "post.task_on", -1, AROUND)
    moved = changes.move_step(POST, moved, "task", 1, AROUND)

    assert ids(moved)[:2] == [["post.task_on", "post.if_then"], ["post.task"]]


@pytest.mark.parametrize("name", ["task", "mail"])
def test_at_the_ends_nothing_moves(name):
    by = -1 if name == "task" else 1

    assert ids(changes.move_step(POST, Adaptation(), name, by, AROUND)) == ids(Adaptation())


def test_a_page_that_needs_an_address_stays_behind_all_others():
    moved = changes.move_step(POST, Adaptation(), "mail", -1, AROUND)

    asked = adaptations.apply(POST, moved, AROUND)

    assert [step.key for step in asked.part("plan").steps][-1] == "mail"


def test_other_words_stand_in_their_language_and_the_source_in_the_other():
    wording = Wording(Words("Welke klus pakt u op?", ""), Words("", ""))

    asked = adaptations.apply(POST, changes.reword(POST, Adaptation(), "post.task", wording), AROUND)

    source = POST.items["post.task"]
    assert asked.items["post.task"].ask == Words("Welke klus pakt u op?", source.ask.en)
    assert asked.items["post.task"].help == source.help


def test_words_taken_back_are_those_of_the_source():
    wording = Wording(Words("Welke klus?", ""), Words("", ""))
    reworded = changes.reword(POST, Adaptation(), "post.task", wording)

    assert changes.reword(POST, reworded, "post.task", None) == Adaptation()


def test_own_questions_stand_on_pages_of_their_own_three_on_each_before_what_needs_an_address():
    adaptation = Adaptation(own=tuple(own(n) for n in range(4)))

    asked = ids(adaptation)

    assert [len(step) for step in asked[-3:-1]] == [3, 1]
    assert asked[-1] == ["post.cue", "post.hour"]


def test_a_question_in_one_language_is_asked_so_in_both():
    asked = own().asked(AROUND)

    assert asked.ask == Words("Wat helpt?", "Wat helpt?")


@pytest.mark.parametrize("kind", own_questions.types(), ids=str)
def test_each_type_of_question_can_be_ones_own(kind):
    least, _ = own_questions.bounds(kind)
    labels = tuple(Words(f"Optie {n}", "") for n in range(least))
    question = own(id=own_questions.new_id(kind, "abcdefgh"), type=kind.name, options=labels)

    asked = question.asked(AROUND)

    assert ITEM_ID.fullmatch(asked.id)
    assert kind.misfit([option.id for option in asked.options]) is None
    assert bool(asked.options) == (kind.choices is not Choices.NONE)
    assert asked.audience is (Audience.ME_AND_COUNTED if asked.options else Audience.ME)


def test_there_is_room_for_a_dozen_own_questions():
    full = Adaptation(own=tuple(own(id=f"own.said.{'abcdefghijkl'[n] * 8}") for n in range(12)))

    assert changes.write_own(POST, full, own(id="own.said.zzzzzzzz")) == full


def test_own_questions_move_among_those_of_their_part_only():
    three = Adaptation(own=(own(0), own(1, part="yield"), own(2)))

    moved = changes.move_item(POST, three, own(2).id, -1, AROUND)

    assert [each.id for each in moved.own] == [own(2).id, own(1).id, own(0).id]


def test_it_comes_back_from_the_store_as_it_was():
    adaptation = Adaptation(
        frozenset({"post.task"}),
        {"post.cue": Wording(Words("Kort?", "Short?"), Words("", ""))},
        {"plan": ("if_then", "task")},
        {"if_then": ("post.task_on", "post.if_then")},
        (own(), replace(own(2), help=Words("Eén zin.", ""), type="choice", options=(Words("Ja", "Yes"),))),
    )

    assert adaptation_files.from_json(adaptation_files.to_json(adaptation)) == adaptation


def test_what_a_newer_version_does_not_have_says_nothing():
    old = Adaptation(
        frozenset({"post.gone"}), {"post.gone": Wording(Words("x", ""), Words("", ""))}, {"gone": ("a",)}
    )

    assert adaptations.apply(POST, old, AROUND) == POST
