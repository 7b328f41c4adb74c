"""`comparison`: laid down, started with people enough, and told of in plain words."""

import pytest

from lti_tool.domain.comparisons import Status
from lti_tool.models.comparisons import Comparison
from tests import comparing, factories
from tests.comparing import BEFORE, ENOUGH
from tests.factories import ENDED_ON, at

DECLARE = ("comparison", "declare", "default", "--usual", "standard", "--other", "light")


def test_what_is_declared_says_how_many_people_it_takes(command):
    done = command(*DECLARE, "--difference", "20")

    assert done.exit_code == 0
    assert done.output.splitlines() == [
        "Declared comparison 1 of default.",
        f"It takes {ENOUGH} people; 0 can be drawn now.",
    ]


def test_where_groups_are_drawn_it_says_how_many_of_those(command):
    done = command(*DECLARE, "--by", "group")

    assert "It takes 16 groups; there are 0." not in done.output
    assert "It takes " in done.output


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--other", "daily"), "There is no cadence daily. There are: intensive, light, standard."),
        (("--other", "standard"), "Compare two cadences, not one with itself."),
    ],
)
def test_what_cannot_be_compared_is_refused_in_plain_words(command, more, said):
    done = command(*DECLARE[:5], *more)

    assert (done.exit_code, done.output) == (1, f"Error: {said}\n")


def test_a_second_one_waits_for_the_first(command):
    command(*DECLARE)

    again = command(*DECLARE)

    assert again.exit_code == 1
    assert "has a comparison already" in again.output


def test_with_too_few_people_it_is_not_started_and_says_how_many_it_takes(command, session):
    command(*DECLARE, "--difference", "20")

    done = command("comparison", "start", "default")

    assert done.exit_code == 1
    assert "Too few people to learn anything from." in done.output
    assert f"It takes {ENOUGH} people; 0 can be drawn now." in done.output
    assert session.query(Comparison).one().status is Status.DECLARED


def test_stopped_it_is_listed_so_and_another_may_come(command):
    command(*DECLARE)

    stopped = command("comparison", "stop", "default")

    assert stopped.output == "Comparison 1 of default is stopped.\n"
    assert "stopped\tstandard and light, drawn by person" in command("comparison", "list", "default").output
    assert command(*DECLARE).exit_code == 0


def test_where_there_is_nothing_it_says_so(command):
    assert command("comparison", "list", "default").output == "None.\n"
    assert "Nothing is declared in default" in command("comparison", "start", "default").output
    assert "There is no organisation zuid." in command("comparison", "list", "zuid").output


def test_what_came_of_one_is_told_with_how_sure_it_is(command, work, session):
    where = factories.place(work, session, now=at(BEFORE))
    comparison = comparing.declare(session, where)
    comparison.status, comparison.started_on, comparison.ended_on = Status.REPORTED, BEFORE, ENDED_ON
    comparison.people, comparison.usual_people, comparison.other_people = 216, 100, 100
    comparison.usual_share, comparison.other_share = 40, 46
    comparison.low, comparison.high = -8, 20
    session.commit()

    shown = command("comparison", "list", "default").output

    assert shown.splitlines()[1:] == [
        "\tusual: 40 % of about 100 used their plan within the two weeks",
        "\tother: 46 % of about 100",
        "\tother less usual: between -8 and 20 points, 19 times out of 20",
        "\tNo clear difference.",
    ]
