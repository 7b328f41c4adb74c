"""The LMS with Canvas's habits, as its source and its documentation have them."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest

from demo_lms.people import Role
from demo_lms.platform import Platform
from demo_lms.switches import Profile, Switches
from demo_lms.vocabulary import CANVAS_SUBMISSION, CANVAS_SUBMISSION_TYPE, MediaType, Scope
from tests.demo_lms.scoring import Bearer, Post, points, score

LINE_ITEMS = "/services/311/lineitems?type_id=1"
ROSTER = "/services/CourseSection/311/bindings/1/memberships"

Get = Callable[[str], httpx.Response]


@pytest.fixture(autouse=True)
def canvas(platform: Platform) -> None:
    platform.switches = Switches(Profile.CANVAS)


@pytest.fixture
def get(http: httpx.Client, bearer: Bearer) -> Get:
    token = bearer(Scope.LINE_ITEM_READ, Scope.ROSTER)
    return lambda url: http.get(url, headers=token | {"Accept": "*/*"})


def submissions(platform: Platform) -> int:
    item = platform.gradebook.column_of(platform.link("3111"))
    assert item is not None
    return platform.gradebook.submissions(item, "1041")


def test_a_request_that_does_not_say_which_programme_it_is_is_refused(post_score: Post) -> None:
    assert post_score(score(), **{"User-Agent": ""}).status_code == 403


def test_who_is_no_student_cannot_be_processed(post_score: Post) -> None:
    assert post_score(score(userId="1007")).status_code == 422


def test_an_older_timestamp_is_a_bad_request_that_says_so(post_score: Post, platform: Platform) -> None:
    post_score(score())

    answer = post_score(score(scoreGiven=0, timestamp="2026-11-23T09:30:00.249Z"))

    assert (answer.status_code, "timestamp" in answer.text) == (400, True)
    assert points(platform) == 1


def test_an_equal_timestamp_is_taken(post_score: Post, platform: Platform) -> None:
    post_score(score(scoreGiven=0))

    assert post_score(score()).status_code == 200
    assert points(platform) == 1


def test_success_names_the_result(post_score: Post) -> None:
    answer = post_score(score())

    assert answer.status_code == 200
    assert "/results?" in answer.json()["resultUrl"]


def test_each_score_hands_something_in_unless_it_says_otherwise(post_score: Post, platform: Platform) -> None:
    post_score(score())
    post_score(score(timestamp="2026-11-23T09:31:00.250Z"))
    twice = submissions(platform)

    again = score(timestamp="2026-11-23T09:32:00.250Z", **{CANVAS_SUBMISSION: {"new_submission": False}})
    post_score(again)

    assert (twice, submissions(platform)) == (2, 2)


def test_a_pretty_printed_score_counts(post_score: Post, platform: Platform) -> None:
    post_score(json.dumps(json.loads(score()), indent=2))

    assert points(platform) == 1


@pytest.mark.parametrize("url", [f"{ROSTER}?limit=2", f"{LINE_ITEMS}&limit=1"])
def test_the_next_page_has_a_bookmark_in_which_capitals_count(get: Get, url: str) -> None:
    following = get(url).links["next"]["url"]

    right, lowered = get(following), get(following.lower())

    assert "page=bookmark:" in following
    assert (right.status_code, lowered.status_code) == (200, 404)
    assert right.json() != get(url).json()


def test_without_a_limit_a_page_holds_ten(get: Get, platform: Platform) -> None:
    more = tuple(replace(platform.people[0], id=str(number), username=str(number)) for number in range(9))
    platform.people = (*platform.people, *more)
    for person in more:
        platform.courses.admit("311", person.id)

    first = get(ROSTER)
    second = get(first.links["next"]["url"])

    assert [len(page.json()["members"]) for page in (first, second)] == [10, 7]


def test_roles_are_addresses_and_an_assistants_is_in_small_letters(get: Get, platform: Platform) -> None:
    assistant = replace(platform.person("emma"), role=Role.ASSISTANT)
    platform.people = (*(one for one in platform.people if one.id != assistant.id), assistant)

    listed = {one["user_id"]: one["roles"] for one in get(ROSTER).json()["members"]}

    membership = "http://purl.imsglobal.org/vocab/lis/v2/membership"
    assert listed["1041"] == [membership + "#Learner"]
    assert listed[assistant.id] == [
        membership + "#Instructor",
        membership + "/instructor#TeachingAssistant",
    ]


@pytest.mark.parametrize(("extension", "complaints"), [({"type": "none"}, 0), (None, 1), ({"type": "x"}, 1)])
def test_a_column_needs_to_say_how_something_is_handed_in(
    http: httpx.Client, bearer: Bearer, platform: Platform, extension: Any, complaints: int
) -> None:
    column = {"label": "Klus", "scoreMaximum": 1} | (
        {CANVAS_SUBMISSION_TYPE: extension} if extension is not None else {}
    )

    answer = http.post(
        LINE_ITEMS,
        content=json.dumps(column),
        headers=bearer(Scope.LINE_ITEM) | {"Content-Type": MediaType.LINE_ITEM},
    )

    assert answer.status_code == 201
    assert len(platform.complaints.all()) == complaints
