"""The LMS with Moodle's oddities, each of them seen in a running Moodle 4.5."""

import json
from collections.abc import Callable
from dataclasses import replace

import httpx
import pytest

from demo_lms.people import Role
from demo_lms.platform import Platform
from demo_lms.switches import Profile, Switches
from demo_lms.vocabulary import MediaType, Scope
from tests.demo_lms.scoring import Bearer, Post, points, score

LINE_ITEMS = "/services/311/lineitems?type_id=1"
ROSTER = "/services/CourseSection/311/bindings/1/memberships"


@pytest.fixture(autouse=True)
def moodle(platform: Platform) -> None:
    platform.switches = Switches(Profile.MOODLE)


@pytest.fixture
def get(http: httpx.Client, bearer: Bearer) -> Callable[[str], httpx.Response]:
    token = bearer(Scope.LINE_ITEM_READ, Scope.RESULT_READ, Scope.ROSTER)
    return lambda url: http.get(url, headers=token | {"Accept": "*/*"})


def test_a_pretty_printed_score_looks_accepted_and_is_lost(post_score: Post, platform: Platform) -> None:
    answer = post_score(json.dumps(json.loads(score()), indent=2))

    assert (answer.status_code, answer.text) == (200, "[]")
    assert points(platform) is None
    assert "line breaks" in platform.complaints.all()[0].reason


def test_a_score_that_counts_is_answered_with_nothing(post_score: Post, platform: Platform) -> None:
    answer = post_score(score())

    assert (answer.status_code, answer.content) == (200, b"")
    assert points(platform) == 1


@pytest.mark.parametrize("progress", ["Pending", "PendingManual", "Failed", "NotReady"])
def test_anything_but_a_final_score_wipes_the_grade(
    post_score: Post, platform: Platform, progress: str
) -> None:
    post_score(score())

    answer = post_score(score(gradingProgress=progress, timestamp="2026-11-23T09:30:01.250Z"))

    assert answer.status_code == 200
    assert points(platform) is None


@pytest.mark.parametrize(
    "timestamp",
    [
        "2026-11-23T09:30:00.250Z",
        "2026-11-23T09:30:00.999Z",
        "2026-11-23T09:29:59.999Z",
        "2026-11-23T10:30:00.900+01:00",
    ],
)
def test_a_score_of_the_same_second_or_earlier_conflicts(
    post_score: Post, platform: Platform, timestamp: str
) -> None:
    post_score(score())

    answer = post_score(score(scoreGiven=0, timestamp=timestamp))

    assert answer.status_code == 409
    assert points(platform) == 1


@pytest.mark.parametrize("who", ["1007", "9999"])
def test_who_takes_no_grade_is_an_incorrect_score(post_score: Post, who: str) -> None:
    assert post_score(score(userId=who)).status_code == 400


def test_line_items_point_on_with_curly_quotes_and_amp(get: Callable[[str], httpx.Response]) -> None:
    answer = get(f"{LINE_ITEMS}&limit=1")

    assert len(answer.json()) == 1
    assert answer.headers["Link"].endswith("&amp;limit=1&amp;from=1>; rel=“next”")


def test_results_with_a_limit_are_an_error_page(
    get: Callable[[str], httpx.Response], column: str, platform: Platform
) -> None:
    answer = get(f"{column}/results?type_id=1&limit=5")

    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "limit" in platform.complaints.all()[0].reason


def test_the_next_page_of_a_roster_forgets_the_role(get: Callable[[str], httpx.Response]) -> None:
    answer = get(f"{ROSTER}?role=Learner&limit=2")

    assert answer.links["next"]["url"].endswith("/memberships?limit=2&from=2")


def test_a_roster_without_a_limit_is_everybody_at_once(get: Callable[[str], httpx.Response]) -> None:
    answer = get(ROSTER)

    assert len(answer.json()["members"]) == 8
    assert "next" not in answer.links


def test_an_assistant_launches_as_a_teacher_and_is_listed_as_a_learner(
    get: Callable[[str], httpx.Response], platform: Platform
) -> None:
    assistant = replace(platform.person("emma"), role=Role.ASSISTANT)
    platform.people = (*(one for one in platform.people if one.id != assistant.id), assistant)

    claims = platform.claims_for(assistant, platform.link("3111"))
    (listed,) = [one for one in get(ROSTER).json()["members"] if one["user_id"] == assistant.id]

    assert claims["https://purl.imsglobal.org/spec/lti/claim/roles"] == [
        "http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"
    ]
    assert listed["roles"] == ["Learner"]


def test_a_launch_says_that_this_is_moodle(platform: Platform) -> None:
    claims = platform.claims_for(platform.person("sanne"), platform.link("3111"))

    said = claims["https://purl.imsglobal.org/spec/lti/claim/tool_platform"]
    assert said["product_family_code"] == "moodle"


def test_no_service_takes_plain_json(post_score: Post) -> None:
    assert post_score(score(), "application/json").status_code == 400
    assert post_score(score(), f"{MediaType.SCORE}; charset=utf-8").status_code == 200
