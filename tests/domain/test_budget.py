"""How many letters a mailbox gets in a week, and which of them go first."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.domain import budget
from lti_tool.domain.budget import Coming, rank_of
from lti_tool.domain.cadences import StepId

MONDAY = date(2027, 4, 19)
TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (MONDAY + timedelta(days) for days in range(1, 5))
NEXT_MONDAY = MONDAY + timedelta(7)


def coming(step: str, on: date) -> Coming:
    return Coming(rank_of(step), on)


def test_the_own_date_goes_before_all_other_steps_and_the_second_call_to_prepare_last():
    steps = sorted(StepId, key=rank_of)

    assert " ".join(steps) == (
        "own_date harvest check_in plan rehearse prepare between yield last_call prepare_again"
    )


def test_a_word_that_is_no_step_has_no_rank():
    with pytest.raises(ValueError):
        rank_of("newsletter")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 12, 28), "2026-W53"),
        (date(2027, 1, 3), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
        (date(2024, 12, 30), "2025-W01"),
    ],
)
def test_a_week_belongs_to_the_year_of_its_thursday(day, expected):
    assert budget.iso_week(day) == expected


@pytest.mark.parametrize("step", ["own_date", "check_in", "plan", "rehearse", "prepare", "yield"])
def test_most_steps_may_take_two_letters_a_week(step):
    assert budget.slots_of(rank_of(step)) == (1, 2)


@pytest.mark.parametrize("step", ["harvest", "last_call"])
def test_the_closing_steps_have_a_third_slot_and_take_it_first(step):
    assert budget.slots_of(rank_of(step)) == (3, 1, 2)


@pytest.mark.parametrize(
    ("step", "taken", "expected"),
    [
        ("own_date", set(), 1),
        ("own_date", {1}, 2),
        ("own_date", {1, 2}, None),
        ("last_call", {1, 2}, 3),
        ("last_call", {3}, 1),
        ("last_call", {1, 2, 3}, None),
    ],
)
def test_a_letter_takes_what_is_left_of_the_week(step, taken, expected):
    assert budget.free_slot(rank_of(step), taken) == expected


def test_a_step_goes_when_the_rest_of_the_week_has_place_enough():
    later = [coming("own_date", THURSDAY)]

    assert not budget.gives_way(rank_of("rehearse"), TUESDAY, later, taken=set())


def test_a_step_leaves_the_last_slot_to_a_higher_one_later_in_the_week():
    later = [coming("own_date", THURSDAY)]

    assert budget.gives_way(rank_of("rehearse"), TUESDAY, later, taken={1})


def test_a_step_gives_way_to_two_higher_ones_of_other_trainings():
    later = [coming("own_date", WEDNESDAY), coming("check_in", FRIDAY)]

    assert budget.gives_way(rank_of("rehearse"), TUESDAY, later, taken=set())


def test_a_step_gives_way_where_two_that_close_share_one_slot_of_their_own():
    planned = [coming("own_date", TUESDAY), coming("harvest", WEDNESDAY), coming("harvest", THURSDAY)]

    assert budget.gives_way(rank_of("plan"), MONDAY, planned, set())
    assert not budget.gives_way(rank_of("plan"), MONDAY, planned[:2], set())


def test_a_step_gives_way_to_a_higher_one_later_that_day():
    this_afternoon = [coming("own_date", TUESDAY)]

    assert budget.gives_way(rank_of("rehearse"), TUESDAY, this_afternoon, taken=set())


@pytest.mark.parametrize(
    "other",
    [
        coming("own_date", NEXT_MONDAY),
        coming("own_date", MONDAY),
        coming("rehearse", THURSDAY),
        coming("rehearse", TUESDAY),
        coming("last_call", THURSDAY),
    ],
    ids=["next week", "an earlier day", "the same rank", "the same rank and day", "a lower rank"],
)
def test_a_step_gives_way_only_to_higher_steps_still_to_come_in_the_same_week(other):
    assert not budget.gives_way(rank_of("rehearse"), TUESDAY, [other], taken={1})


def test_a_closing_step_with_a_slot_of_its_own_is_no_reason_to_give_way():
    later = [coming("harvest", THURSDAY)]

    assert not budget.gives_way(rank_of("rehearse"), TUESDAY, later, taken={1})


def test_a_closing_step_takes_nothing_from_a_higher_one_and_goes():
    later = [coming("own_date", THURSDAY)]

    assert not budget.gives_way(rank_of("harvest"), TUESDAY, later, taken={1})


def test_the_last_call_leaves_the_only_slot_to_the_harvest():
    later = [coming("harvest", THURSDAY)]

    assert budget.gives_way(rank_of("last_call"), TUESDAY, later, taken={1, 2})


@pytest.mark.parametrize("on", [TUESDAY, FRIDAY])
def test_a_step_does_not_wait_for_one_that_finds_no_slot_anyway(on):
    shut_out = [coming("own_date", on)]

    assert not budget.gives_way(rank_of("last_call"), TUESDAY, shut_out, taken={1, 2})


def test_a_step_without_a_slot_has_nothing_to_give():
    later = [coming("own_date", FRIDAY)]

    assert not budget.gives_way(rank_of("rehearse"), TUESDAY, later, taken={1, 2})


weeks = st.lists(st.sampled_from(budget.RANKS).map(rank_of), min_size=1, max_size=5, unique=True).map(
    lambda ranks: [Coming(rank, MONDAY + timedelta(days)) for days, rank in enumerate(ranks)]
)


@given(weeks)
def test_in_every_week_the_highest_letter_goes_and_no_slot_goes_twice(week):
    sent = sent_of(week)

    assert min(week, key=lambda letter: letter.rank) in sent
    assert len(set(sent.values())) == len(sent)


@given(weeks)
def test_in_every_week_at_most_two_letters_go_besides_one_that_closes(week):
    closing = {rank_of("harvest"), rank_of("last_call")}

    sent = sent_of(week)

    assert min(2, len(week)) <= len(sent) <= 3
    assert len([letter for letter in sent if letter.rank not in closing]) <= 2


def sent_of(week: list[Coming]) -> dict[Coming, int]:
    """What goes out of a week with one letter a day, and in which slot."""
    sent: dict[Coming, int] = {}
    for letter in week:
        taken = set(sent.values())
        slot = budget.free_slot(letter.rank, taken)
        if slot is not None and not budget.gives_way(letter.rank, letter.on, week, taken):
            sent[letter] = slot
    return sent
