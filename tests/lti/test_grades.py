"""Scores to the gradebook."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from lti_tool.lti import grades
from lti_tool.lti.grades import Sent
from tests.lti import scoring
from tests.lti.lms import NOW, Lms
from tests.lti.platform_server import Reply
from tests.lti.scoring import SCORES, a_score, bodies, send, timestamps


@pytest.fixture
def platform(lms: Lms) -> Lms:
    return scoring.takes_scores(lms)


def test_a_score_is_what_moodle_takes(platform: Lms) -> None:
    outcome = send(platform)

    (seen,) = platform.server.requests_to(SCORES)
    assert outcome == Sent(NOW)
    assert seen.target == SCORES + "?type_id=5"
    assert seen.headers["content-type"] == "application/vnd.ims.lis.v1.score+json"
    assert seen.headers["authorization"] == "Bearer token-1"
    assert b"\n" not in seen.body
    assert json.loads(seen.body) == {
        "userId": "7",
        "scoreGiven": 1,
        "scoreMaximum": 1,
        "activityProgress": "Completed",
        "gradingProgress": "FullyGraded",
        "timestamp": "2026-11-24T10:00:00.000Z",
    }


@pytest.mark.parametrize(
    "reply", [Reply(200), Reply(204), Reply.json({"resultUrl": "https://canvas.example/1"}, 201)]
)
def test_an_empty_answer_or_an_object_means_success(platform: Lms, reply: Reply) -> None:
    platform.server.answer(SCORES, reply)

    assert send(platform) == Sent(NOW)


def test_the_next_score_is_a_whole_second_later(platform: Lms) -> None:
    just_now = NOW - timedelta(milliseconds=300)

    outcome = grades.send_score(a_score(platform, after=just_now), platform.store, platform.outgoing, NOW)

    assert outcome == Sent(just_now + timedelta(seconds=1))
    assert timestamps(platform)[0].replace(microsecond=0) > just_now.replace(microsecond=0)


CONFLICTS = [
    Reply(409, b"[]"),  # Moodle
    Reply.json({"errors": {"message": "Provided timestamp of a before last updated timestamp of b"}}, 400),
    Reply.json({"timestamp": ["Score already exists for the provided timestamp"]}, 400),  # Open edX
]


@pytest.mark.parametrize("conflict", CONFLICTS)
def test_a_conflict_is_tried_once_more_a_second_later(platform: Lms, conflict: Reply) -> None:
    platform.server.answer(SCORES, conflict, Reply(200))

    outcome = send(platform)

    assert timestamps(platform) == [NOW, outcome.timestamp]
    assert outcome == Sent(NOW + timedelta(seconds=1))


def test_a_conflict_with_a_platform_whose_clock_is_ahead_goes_by_its_clock(platform: Lms) -> None:
    platform.server.answer(SCORES, Reply(409, headers={"Date": "Tue, 24 Nov 2026 10:02:00 GMT"}), Reply(200))

    assert send(platform) == Sent(datetime(2026, 11, 24, 10, 2, 1, tzinfo=UTC))


@pytest.mark.parametrize("date", ["Fri, 24 Nov 2034 10:02:00 GMT", "yesterday", ""])
def test_an_absurd_clock_of_a_platform_is_not_followed(platform: Lms, date: str) -> None:
    platform.server.answer(SCORES, Reply(409, headers={"Date": date}), Reply(200))

    assert send(platform) == Sent(NOW + timedelta(seconds=1))


@pytest.mark.parametrize(
    ("family", "after", "extension"),
    [
        ("canvas", None, None),
        ("canvas", NOW - timedelta(days=1), {"new_submission": False}),
        ("moodle", NOW - timedelta(days=1), None),
        (None, NOW - timedelta(days=1), None),
    ],
)
def test_a_second_score_hands_nothing_in_where_that_is_counted(
    platform: Lms, family: str | None, after: datetime | None, extension: Any
) -> None:
    send(platform, product_family=family, after=after)

    (body,) = bodies(platform)
    assert body.get("https://canvas.instructure.com/lti/submission") == extension


def test_every_score_is_final(platform: Lms) -> None:
    send(platform)
    send(platform, after=NOW)

    assert {body["gradingProgress"] for body in bodies(platform)} == {"FullyGraded"}
