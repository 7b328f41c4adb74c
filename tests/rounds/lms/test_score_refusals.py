"""Scores that a gradebook does not take, or not yet."""

from datetime import timedelta

import pytest

from demo_lms.faults import Endpoint, Fault
from demo_lms.scores import Score
from demo_lms.switches import Profile, Switches
from demo_lms.vocabulary import ActivityProgress, GradingProgress
from lti_tool.domain.clock import Now
from lti_tool.models.deliveries import DeliveryStatus
from lti_tool.rounds import scores
from lti_tool.services import endings
from lti_tool.services import scores as asking
from tests.processes import free_port
from tests.rounds.lms.scoring import (
    A_MINUTE,
    LEARNERS,
    clock,
    column_of,
    complaints,
    complete,
    grade,
    reported,
    wait_no_longer,
)


def test_a_gradebook_that_holds_a_score_of_later_is_tried_again_later(work, session, where, lms):
    tomorrow = clock().real + timedelta(days=1)
    ahead = Score(LEARNERS[0], tomorrow, ActivityProgress.STARTED, GradingProgress.PENDING, None)
    lms.platform.gradebook.record(column_of(lms), ahead)
    complete(session, where)

    scores.run(work, now=clock())

    (row,) = reported(session)
    assert (row.status, row.reason) == (DeliveryStatus.PLANNED, "later_score_stands")
    assert row.retry_at > clock().real


@pytest.mark.database
@pytest.mark.parametrize("where_it_fails", [Endpoint.SCORES, Endpoint.TOKEN])
def test_an_lms_that_fails_is_tried_again_after_a_pause(work, session, where, lms, where_it_fails):
    complete(session, where)
    lms.platform.faults.add(where_it_fails, Fault(503))
    scores.run(work, now=clock())

    scores.run(work, now=clock())
    (waiting,) = reported(session)
    wait_no_longer(session)
    scores.run(work, now=clock())

    assert waiting.attempts == 1
    assert grade(lms, LEARNERS[0]).points == 1
    assert complaints(lms) == []


def test_an_lms_that_is_down_is_waited_for_longer_each_time(work, session, where, lms):
    complete(session, where)
    where.platform.token_url = f"http://127.0.0.1:{free_port()}/token"
    session.commit()
    pauses = []

    for _ in range(3):
        moment = clock()
        scores.run(work, now=moment)
        pauses.append((reported(session)[0].retry_at - moment.real) // A_MINUTE)
        wait_no_longer(session)
    where.platform.token_url = lms.platform.registration.token_url
    session.commit()
    scores.run(work, now=clock())

    assert pauses == [1, 2, 4]
    assert grade(lms, LEARNERS[0]).points == 1


def test_a_gradebook_that_is_away_for_a_month_is_given_up(work, session, where, lms):
    complete(session, where)
    now = clock()

    scores.run(work, now=Now(real=now.real, calendar=now.calendar + timedelta(days=31)))

    assert [(row.status, row.reason) for row in reported(session)] == [(DeliveryStatus.SKIPPED, "given_up")]


def test_a_gradebook_that_refuses_for_good_is_not_asked_again(work, session, where, lms):
    complete(session, where)
    lms.platform.faults.add(Endpoint.SCORES, Fault(403))

    scores.run(work, now=clock())
    scores.run(work, now=clock())

    assert [(row.status, row.reason) for row in reported(session)] == [(DeliveryStatus.FAILED, "not_allowed")]
    assert grade(lms, LEARNERS[0]) is None


def test_a_gradebook_that_wants_to_be_left_alone_is_left_alone_so_long(work, session, where, lms):
    complete(session, where)
    lms.platform.faults.add(Endpoint.SCORES, Fault(429, retry_after="600"))
    now = clock()

    scores.run(work, now=now)

    (row,) = reported(session)
    assert timedelta(minutes=9) < row.retry_at - now.real < timedelta(minutes=11)


@pytest.mark.parametrize("profile", [Profile.STRICT, Profile.MOODLE, Profile.CANVAS])
def test_who_left_the_course_has_no_score_and_that_is_no_failure(work, session, where, lms, profile):
    lms.platform.switches = Switches(profile)
    complete(session, where)
    lms.platform.courses.withdraw("311", LEARNERS[0])

    scores.run(work, now=clock())

    assert [(row.status, row.reason) for row in reported(session)] == [
        (DeliveryStatus.SKIPPED, "left_course")
    ]


def test_of_a_training_that_was_removed_no_score_goes_again(work, session, where, lms):
    complete(session, where)
    lms.platform.faults.add(Endpoint.SCORES, Fault(403))
    scores.run(work, now=clock())
    endings.remove(session, where.track, work.catalogue, clock().calendar)
    session.commit()
    later = clock()

    number = asking.send_again(session, where.track, Now(later.real + timedelta(hours=1), later.calendar))
    session.commit()

    assert number == 0
    assert [row.status for row in reported(session)] == [DeliveryStatus.FAILED]
