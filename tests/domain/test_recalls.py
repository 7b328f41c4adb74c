"""Which letter brings which question about the content."""

import pytest

from lti_tool.domain import recalls


def dealt(number: int, letters: int = 2) -> list[tuple[int, ...]]:
    """The questions of each letter of somebody who gets all of them."""
    questions, brought, found = range(1, number + 1), set(), []
    for _ in range(letters):
        found.append(recalls.deal(questions, brought, letters))
        brought.update(found[-1])
    return found


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, [(), ()]),
        (1, [(1,), ()]),
        (2, [(1,), (2,)]),
        (3, [(1, 2), (3,)]),
        (4, [(1, 2), (3, 4)]),
    ],
)
def test_the_letters_share_the_questions_in_order(number, expected):
    assert dealt(number) == expected


def test_no_question_comes_twice_and_none_is_left_over_however_many_letters_there_are():
    for number in range(recalls.MOST + 1):
        for letters in range(1, recalls.MOST + 1):
            assert sum(dealt(number, letters), ()) == tuple(range(1, number + 1))


def test_a_letter_whose_forerunner_did_not_go_begins_at_the_first_question():
    assert recalls.deal(["a", "b"], set(), 2) == ("a",)


def test_a_question_that_was_added_later_comes_in_the_next_letter():
    assert recalls.deal(["a", "b"], {"a"}, 2) == ("b",)


def test_the_first_question_of_each_letter_is_the_one_that_stands_in_it():
    letters = ["rehearse", "check_in"]

    for number in range(1, recalls.MOST + 1):
        expected = [own[0] - 1 if own else None for own in dealt(number)]
        assert [recalls.opening(step, letters, number) for step in letters] == expected


def test_a_letter_that_brings_none_has_no_first_question():
    assert recalls.opening("own_date", ["rehearse", "check_in"], 4) is None
