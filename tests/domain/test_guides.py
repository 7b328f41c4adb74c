"""Guides: points to go through together, each with its minutes."""

import tomllib

import pytest

from config import content
from lti_tool.domain import guides
from lti_tool.domain.fields import ContentError
from lti_tool.domain.guides import Guide
from lti_tool.domain.words import Words

HEAD = """
key = "talk"
minutes = 10
source = "G 2.2 (9)"
title = { nl = "Gesprek", en = "Talk" }
lead = { nl = "Voor u en een ander.", en = "For you and someone else." }
"""
POINT = """
[[point]]
id = "talk.goal"
minutes = 6
source = "G 2.2 (1)"
title = { nl = "Doel", en = "Goal" }
text = { nl = "Luister eerst.", en = "Listen first." }
"""
ASK = """
[[point.ask]]
nl = "Wat wilt u leren?"
en = "What do you want to learn?"
"""


def parse(text: str) -> Guide:
    return guides.parse(tomllib.loads(text))


def shipped(key: str) -> Guide:
    (path,) = (path for path in content.guides() if path.stem == key)
    return guides.parse(content.read(path).raw)


def test_a_meeting_of_half_an_hour_has_room_for_all_six_points():
    guide = shipped("team_meeting")

    assert guide.minutes <= 30
    assert {point.id for point in guide.points} == {
        "team.agenda",
        "team.consequences",
        "team.practice",
        "team.interim_results",
        "team.attendance",
        "team.ask_back",
    }


def test_a_team_has_eight_questions_for_who_comes_back():
    (ask_back,) = (point for point in shipped("team_meeting").points if point.id == "team.ask_back")

    assert len(ask_back.asks) == 8


def test_a_leader_asks_three_questions_in_ten_minutes_and_offers_one_thing():
    guide = shipped("talk")

    assert guide.minutes == 10
    assert [len(point.asks) for point in guide.points] == [1, 1, 1, 0]
    assert guide.points[-1].id == "talk.offer"


def test_a_value_check_begins_with_stories_and_ends_with_its_next_day():
    points = {point.id: point for point in shipped("value_check").points}

    assert list(points) == [
        "value_check.notes",
        "value_check.story",
        "value_check.yield",
        "value_check.actions",
        "value_check.next_on",
    ]
    assert len(points["value_check.yield"].asks) == 5


def test_a_point_stands_in_its_guide_with_its_questions():
    guide = parse(HEAD + POINT + ASK)

    (point,) = guide.points
    assert (guide.key, guide.minutes, guide.source) == ("talk", 10, "G 2.2 (9)")
    assert (point.id, point.minutes, point.text) == (
        "talk.goal",
        6,
        Words("Luister eerst.", "Listen first."),
    )
    assert point.asks == (Words("Wat wilt u leren?", "What do you want to learn?"),)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        pytest.param(HEAD, "file: needs a [[point]]", id="nothing in it"),
        pytest.param(HEAD + POINT + POINT, "point talk.goal stands here twice", id="a point twice"),
        pytest.param(
            HEAD + POINT + POINT.replace("goal", "task"), "the points take 12 minutes; 10 at most", id="long"
        ),
        pytest.param(HEAD + POINT.replace("talk.goal", "goal"), "an id looks like team.agenda", id="an id"),
        pytest.param(HEAD + POINT.replace("= 6", "= 0"), "minutes needs a whole number", id="no minutes"),
        pytest.param(HEAD + POINT.replace("source", "origin"), "unknown field origin", id="a field"),
        pytest.param(
            HEAD + POINT + ASK.replace("en = ", "de = "), "talk.goal, ask: unknown field de", id="a language"
        ),
        pytest.param(
            HEAD.replace(', en = "Talk"', "") + POINT, "file, title: en needs a text", id="one language"
        ),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(text, complaint):
    with pytest.raises(ContentError) as refusal:
        parse(text)

    assert complaint in str(refusal.value)
