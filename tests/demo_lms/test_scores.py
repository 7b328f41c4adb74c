"""How the LMS judges a score."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from demo_lms.platform import Platform
from demo_lms.vocabulary import DEPLOYMENT_ID, MediaType, Scope
from tests.demo_lms.scoring import Bearer, Post, points, score

MONDAY = datetime(2026, 11, 23, 9, 30, 0, 250_000, tzinfo=UTC)


def test_a_final_score_is_stored_and_answered_with_nothing(post_score: Post, platform: Platform) -> None:
    answer = post_score(score())

    assert (answer.status_code, answer.content) == (200, b"")
    assert points(platform) == 1
    assert platform.complaints.all() == []


def test_a_score_is_scaled_to_the_column(post_score: Post, platform: Platform) -> None:
    post_score(score(scoreGiven=15, scoreMaximum=20))

    assert points(platform) == 0.75


def test_a_score_may_be_higher_than_its_maximum(post_score: Post, platform: Platform) -> None:
    post_score(score(scoreGiven=1.1))

    assert points(platform) == 1.1


@pytest.mark.parametrize("progress", ["Pending", "PendingManual", "Failed", "NotReady"])
def test_a_score_that_is_not_final_leaves_the_grade(
    post_score: Post, platform: Platform, progress: str
) -> None:
    post_score(score())

    answer = post_score(score(scoreGiven=0, gradingProgress=progress, timestamp="2026-11-23T09:30:01.250Z"))

    assert answer.status_code == 200
    assert points(platform) == 1


@pytest.mark.parametrize("timestamp", ["2026-11-23T09:30:00.250Z", "2026-11-23T10:30:00.249+01:00"])
def test_a_score_that_is_not_later_conflicts(post_score: Post, platform: Platform, timestamp: str) -> None:
    post_score(score())

    answer = post_score(score(scoreGiven=0, timestamp=timestamp))

    assert answer.status_code == 409
    assert points(platform) == 1


def test_a_later_score_replaces_the_earlier_one(post_score: Post, platform: Platform) -> None:
    post_score(score(scoreGiven=0))

    post_score(score(timestamp="2026-11-23T11:30:01+02:00"))

    assert points(platform) == 1


def test_the_seconds_of_one_learner_do_not_bind_another(post_score: Post, platform: Platform) -> None:
    post_score(score())

    answer = post_score(score(userId="1042"))

    assert answer.status_code == 200
    assert points(platform, "1042") == 1


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"userId": None}, "userId"),
        ({"userId": 1041}, "userId"),
        ({"timestamp": None}, "timestamp"),
        ({"timestamp": "2026-11-23T09:30:00.250"}, "timestamp"),
        ({"timestamp": "2026-02-30T09:30:00.250Z"}, "timestamp"),
        ({"timestamp": "23-11-2026"}, "timestamp"),
        ({"timestamp": 1795321013}, "timestamp"),
        ({"activityProgress": None}, "activityProgress"),
        ({"activityProgress": "completed"}, "activityProgress"),
        ({"gradingProgress": None}, "gradingProgress"),
        ({"gradingProgress": "Done"}, "gradingProgress"),
        ({"scoreGiven": -1}, "scoreGiven"),
        ({"scoreGiven": "1"}, "scoreGiven"),
        ({"scoreGiven": True}, "scoreGiven"),
        ({"scoreMaximum": None}, "scoreMaximum"),
        ({"scoreMaximum": 0}, "scoreMaximum"),
        ({"scoreMaximum": "1"}, "scoreMaximum"),
        ({"comment": 5}, "comment"),
        ({"submission": "yes"}, "submission"),
        ({"submission": {"startedAt": "2026-11-23"}}, "startedAt"),
        (
            {"submission": {"startedAt": "2026-11-23T09:00:00.1Z", "submittedAt": "2026-11-23T08:00:00.1Z"}},
            "submittedAt",
        ),
    ],
)
def test_a_score_that_breaks_one_rule_is_refused(
    post_score: Post, platform: Platform, changes: dict[str, Any], reason: str
) -> None:
    answer = post_score(score(**changes))

    assert answer.status_code == 400
    assert reason in answer.json()["reason"]
    assert reason in platform.complaints.all()[0].reason
    assert platform.gradebook.history == []


@pytest.mark.parametrize("body", ["", "no json", "[]", '"text"', '{"scoreGiven": NaN}'])
def test_a_body_that_is_no_json_object_is_refused(post_score: Post, body: str) -> None:
    assert post_score(body).status_code == 400


@pytest.mark.parametrize("who", ["1007", "9999"])
def test_only_learners_of_the_course_can_have_a_score(post_score: Post, platform: Platform, who: str) -> None:
    answer = post_score(score(userId=who))

    assert answer.status_code == 404
    assert platform.gradebook.history == []


def test_a_learner_who_left_the_course_can_have_no_score(post_score: Post, platform: Platform) -> None:
    platform.courses.withdraw("311", "1041")

    assert post_score(score()).status_code == 404


def test_a_score_without_parts_of_a_second_is_taken_with_a_complaint(
    post_score: Post, platform: Platform
) -> None:
    answer = post_score(score(timestamp="2026-11-23T09:30:00Z"))

    assert answer.status_code == 200
    assert "parts of a second" in platform.complaints.all()[0].reason


def test_a_score_from_the_future_is_taken_with_a_complaint(post_score: Post, platform: Platform) -> None:
    fortnight = (datetime.now(UTC) + timedelta(days=14)).isoformat()

    post_score(score(timestamp=fortnight))

    assert "clock that was moved" in platform.complaints.all()[0].reason


@pytest.mark.parametrize("content_type", ["application/json", "application/vnd.ims.lis.v2.score+json", ""])
def test_only_the_media_type_of_scores_is_taken(
    post_score: Post, platform: Platform, content_type: str
) -> None:
    answer = post_score(score(), content_type)

    assert answer.status_code == 400
    assert "no handler found" in answer.json()["reason"]
    assert platform.gradebook.history == []


def test_the_media_type_may_name_a_charset(post_score: Post) -> None:
    assert post_score(score(), f"{MediaType.SCORE}; charset=utf-8").status_code == 200


def test_a_token_for_something_else_opens_no_scores(
    http: httpx.Client, bearer: Bearer, column: str, platform: Platform
) -> None:
    token = bearer(Scope.LINE_ITEM, Scope.RESULT_READ, Scope.ROSTER)

    answer = http.post(
        f"{column}/scores?type_id=1", content=score(), headers=token | {"Content-Type": MediaType.SCORE}
    )

    assert answer.status_code == 403
    assert "insufficient_scope" in answer.headers["WWW-Authenticate"]
    assert platform.gradebook.history == []


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer nothing"}, {"Authorization": "Basic eDp5"}])
def test_without_a_known_token_nothing_opens(http: httpx.Client, column: str, header: dict[str, str]) -> None:
    answer = http.post(
        f"{column}/scores?type_id=1", content=score(), headers=header | {"Content-Type": MediaType.SCORE}
    )

    assert answer.status_code == 401


def test_a_token_that_the_lms_forgot_opens_nothing(post_score: Post, platform: Platform) -> None:
    platform.tokens.revoke_all()

    assert post_score(score()).status_code == 401


def test_a_token_of_one_deployment_opens_nothing_in_another(
    http: httpx.Client, ask_token: Post, column: str
) -> None:
    token = ask_token(Scope.SCORE, **{DEPLOYMENT_ID: "2"}).json()["access_token"]

    answer = http.post(
        f"{column}/scores?type_id=1",
        content=score(),
        headers={"Authorization": f"Bearer {token}", "Content-Type": MediaType.SCORE},
    )

    assert answer.status_code == 403
    assert "another deployment" in answer.json()["reason"]


def test_an_address_that_lost_its_query_string_is_not_found(
    http: httpx.Client, bearer: Bearer, column: str
) -> None:
    headers = bearer(Scope.SCORE) | {"Content-Type": MediaType.SCORE}

    lost = http.post(f"{column}/scores", content=score(), headers=headers)
    appended = http.post(f"{column}?type_id=1/scores", content=score(), headers=headers)

    assert "query string" in lost.json()["reason"]
    assert (lost.status_code, appended.status_code) == (404, 405)
