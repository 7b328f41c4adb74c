"""Scores that a platform does not take, in the many ways that platforms have of saying so."""

from datetime import timedelta

import pytest

from lti_tool.lti.grades import NotSent, NotSentReason
from lti_tool.lti.service_calls import Failure
from tests.lti import scoring
from tests.lti.lms import Lms
from tests.lti.platform_server import Reply
from tests.lti.scoring import SCORES, send, timestamps

R = NotSentReason


@pytest.fixture
def platform(lms: Lms) -> Lms:
    return scoring.takes_scores(lms)


@pytest.mark.parametrize("body", [b"[]", b"null", b'"ok"', b"[" * 99_999])
def test_a_refusal_behind_a_status_of_200_is_seen(platform: Lms, body: bytes) -> None:
    platform.server.answer(SCORES, Reply(200, body))

    outcome = send(platform)

    assert outcome == NotSent(R.QUIETLY_REFUSED, 200)
    assert outcome.permanent


@pytest.mark.parametrize(
    ("status", "reason", "permanent"),
    [
        (400, Failure.NOT_ACCEPTED, True),
        (403, Failure.NOT_ALLOWED, True),
        (404, Failure.NOT_FOUND, True),
        (302, Failure.NOT_ACCEPTED, True),
        (401, Failure.UNAUTHORISED, False),
        (408, Failure.PLATFORM_FAILED, False),
        (409, R.LATER_SCORE_STANDS, False),
        (429, Failure.PLATFORM_FAILED, False),
        (500, Failure.PLATFORM_FAILED, False),
        (503, Failure.PLATFORM_FAILED, False),
    ],
)
def test_a_refusal_says_why_and_whether_to_try_again(
    platform: Lms, status: int, reason: NotSentReason | Failure, permanent: bool
) -> None:
    platform.server.answer(SCORES, Reply(status))

    outcome = send(platform)

    assert outcome == NotSent(reason, status)
    assert outcome.permanent is permanent


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (400, "[]"),  # Moodle, which has room for learners only
        (400, "User could not be found: 7"),  # Blackboard
        (403, "User in requested score is not enrolled in the org unit"),  # Brightspace
        (404, "User in requested score does not exist"),  # Brightspace
        (404, "7 is no learner of this course"),
        (422, '{"errors":{"type":"unprocessable_entity","message":"User not found in course"}}'),  # Canvas
    ],
)
def test_who_left_the_course_is_no_failure(platform: Lms, status: int, said: str) -> None:
    platform.server.answer(SCORES, Reply(status, said.encode()))

    outcome = send(platform)

    assert outcome == NotSent(R.NOT_A_LEARNER, status)
    assert outcome.permanent


@pytest.mark.parametrize(
    ("status", "said", "reason"),
    [
        (400, "incorrect score received", Failure.NOT_ACCEPTED),
        (403, "<html>This user agent is not allowed for a learner</html>", Failure.NOT_ALLOWED),
        (403, "insufficient scope", Failure.NOT_ALLOWED),
        (404, "<html>User login</html>", Failure.NOT_FOUND),
        (404, "no such line item", Failure.NOT_FOUND),
        (422, "The maximum number of allowed attempts has been reached", Failure.NOT_ACCEPTED),
    ],
)
def test_another_refusal_says_nothing_about_the_learner(
    platform: Lms, status: int, said: str, reason: Failure
) -> None:
    platform.server.answer(SCORES, Reply(status, said.encode()))

    assert send(platform) == NotSent(reason, status)


def test_a_page_instead_of_an_answer_is_tried_again_later(platform: Lms) -> None:
    platform.server.answer(SCORES, Reply(200, b"\n<!DOCTYPE html><p>Back in an hour"))

    outcome = send(platform)

    assert outcome == NotSent(Failure.PLATFORM_FAILED, 200)
    assert not outcome.permanent


def test_asking_too_much_is_tried_again_later(platform: Lms) -> None:
    platform.server.answer(SCORES, Reply(403, b"403 Forbidden (Rate Limit Exceeded)"))

    assert send(platform) == NotSent(Failure.PLATFORM_FAILED, 403)


@pytest.mark.parametrize(
    ("said", "wait"), [("120", timedelta(minutes=2)), ("soon", None), ("9" * 50, None), ("-1", None)]
)
def test_a_platform_may_say_how_long_to_leave_it_alone(
    platform: Lms, said: str, wait: timedelta | None
) -> None:
    platform.server.answer(SCORES, Reply(429, headers={"Retry-After": said}))

    assert send(platform) == NotSent(Failure.PLATFORM_FAILED, 429, wait)


def test_a_conflict_that_stays_one_is_tried_again_later(platform: Lms) -> None:
    platform.server.answer(SCORES, Reply(409))

    outcome = send(platform)

    assert outcome == NotSent(R.LATER_SCORE_STANDS, 409)
    assert len(timestamps(platform)) == 2


def test_a_platform_that_does_not_answer_gets_the_score_later(platform: Lms) -> None:
    platform.server.answer(SCORES, Reply(delay=3))

    outcome = send(platform)

    assert outcome == NotSent(Failure.UNREACHABLE)
    assert not outcome.permanent


@pytest.mark.parametrize("line_item", ["", "not a url", "javascript:alert(1)", "ftp://lms.example/1"])
def test_what_is_no_line_item_gets_no_score(platform: Lms, line_item: str) -> None:
    assert send(platform, line_item=line_item) == NotSent(R.NO_LINE_ITEM)


def test_a_score_does_not_go_to_a_private_address(platform: Lms) -> None:
    outcome = send(platform, line_item="https://169.254.169.254/lineitem")

    assert outcome == NotSent(Failure.FORBIDDEN_ADDRESS)
    assert outcome.permanent
