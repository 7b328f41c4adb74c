"""Reporting to the gradebook of a strict LMS that really runs."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from demo_lms.faults import Endpoint, Fault
from demo_lms.scores import Score
from demo_lms.switches import Profile, Switches
from demo_lms.vocabulary import ActivityProgress, GradingProgress
from lti_tool.domain.clock import Now
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.tracks import Enrolment
from lti_tool.rounds import scores
from lti_tool.services import platforms
from lti_tool.services import scores as scoring
from tests.rounds.lms.scoring import (
    A_MINUTE,
    LEARNERS,
    clock,
    column_of,
    complaints,
    complete,
    grade,
    reported,
    submit,
)


@pytest.mark.database
def test_a_completed_part_arrives_as_one_of_one_and_the_lms_has_no_complaints(work, session, where, lms):
    complete(session, where)

    sent = scores.run(work, now=clock())

    arrived = grade(lms, LEARNERS[0])
    assert sent == 1
    assert arrived.points == 1
    assert arrived.score.activity_progress is ActivityProgress.COMPLETED
    assert arrived.score.grading_progress is GradingProgress.FULLY_GRADED
    assert abs(arrived.score.timestamp - clock().real) < A_MINUTE
    assert [row.status for row in reported(session)] == [DeliveryStatus.SENT]
    assert complaints(lms) == []


def test_a_second_round_and_a_second_submit_report_nothing_more(work, session, where, lms):
    who = complete(session, where)
    scores.run(work, now=clock())

    submit(session, where, who)
    scores.run(work, now=clock())

    assert len(lms.platform.gradebook.history) == 1


def test_one_round_reports_more_than_one_batch(work, session, where, lms, monkeypatch):
    monkeypatch.setattr(scores, "BATCH", 2)
    for sub in LEARNERS:
        complete(session, where, sub)

    assert scores.run(work, now=clock()) == len(LEARNERS)

    assert {score.user_id for _, score in lms.platform.gradebook.history} == set(LEARNERS)
    assert complaints(lms) == []


def test_a_score_in_the_same_second_as_another_is_dated_a_second_later(work, session, where, lms):
    lms.platform.switches = Switches(Profile.MOODLE)
    complete(session, where)
    now = clock()
    earlier = Score(LEARNERS[0], now.real, ActivityProgress.STARTED, GradingProgress.PENDING, None)
    lms.platform.gradebook.record(column_of(lms), earlier)

    scores.run(work, now=now)

    assert grade(lms, LEARNERS[0]).points == 1
    assert grade(lms, LEARNERS[0]).score.timestamp > now.real
    assert [row.status for row in reported(session)] == [DeliveryStatus.SENT]


def test_a_link_without_grades_gets_no_score(work, session, where, lms):
    where.link.line_item_url = None
    session.commit()
    complete(session, where)

    scores.run(work, now=clock())

    assert [row.reason for row in reported(session)] == ["no_line_item"]
    assert lms.platform.gradebook.history == []


def test_who_was_done_before_a_link_had_a_line_item_has_the_score_sent_once_it_has(work, session, where, lms):
    column, where.link.line_item_url = where.link.line_item_url, None
    session.commit()
    complete(session, where)
    scores.run(work, now=clock())

    where.link.line_item_url = column
    scoring.ask_again(session, where.link, clock().calendar)
    session.commit()
    scores.run(work, now=clock())

    assert grade(lms, LEARNERS[0]).points == 1


def test_a_link_that_lost_its_grades_meanwhile_is_left_out(work, session, where, lms):
    complete(session, where)
    where.link.line_item_url = None
    session.commit()

    scores.run(work, now=clock())

    assert [(row.status, row.reason) for row in reported(session)] == [
        (DeliveryStatus.SKIPPED, "no_line_item")
    ]
    assert complaints(lms) == []


def test_a_test_person_gets_no_score(work, session, where, lms):
    complete(session, where, is_test=True)

    assert reported(session) == []


def test_a_platform_that_was_removed_gets_no_score(work, session, where, lms):
    complete(session, where)
    platforms.remove(where.platform)
    session.commit()

    scores.run(work, now=clock())

    assert [(row.status, row.reason) for row in reported(session)] == [
        (DeliveryStatus.FAILED, "platform_removed")
    ]


@pytest.mark.database
def test_a_score_whose_worker_died_is_sent_again_without_harm(work, session, where, lms):
    complete(session, where)
    scores.run(work, now=clock())
    died = {"status": DeliveryStatus.SENDING, "finished_at": None, "lease_until": clock().real - A_MINUTE}
    session.execute(update(Delivery).where(Delivery.kind == Kind.SCORE).values(**died))
    session.commit()

    later = Now(real=clock().real + timedelta(seconds=2), calendar=clock().calendar)
    scores.run(work, now=later)

    assert [row.status for row in reported(session)] == [DeliveryStatus.SENT]
    assert len(lms.platform.gradebook.history) == 2
    assert grade(lms, LEARNERS[0]).points == 1
    assert complaints(lms) == []


def test_a_score_that_cannot_be_made_keeps_no_other_from_going(work, session, where, lms):
    who = complete(session, where, LEARNERS[0])
    complete(session, where, LEARNERS[1])
    broken = next(row for row in reported(session) if row.enrolment_id == who.enrolment.id)
    broken.activity_id, broken.due_at = None, clock().calendar - A_MINUTE
    session.commit()

    scores.run(work, now=clock())

    assert grade(lms, LEARNERS[1]).points == 1
    states = {row.id: (row.status, row.reason) for row in reported(session)}
    assert states[broken.id] == (DeliveryStatus.PLANNED, "crashed")


def test_a_second_attempt_is_dated_after_the_first_and_hands_nothing_in(work, session, where, lms):
    lms.platform.switches = Switches(Profile.CANVAS)
    where.deployment.product_family = "canvas"
    who = complete(session, where)
    scores.run(work, now=clock())
    first = grade(lms, LEARNERS[0]).score.timestamp
    again = Enrolment(
        organisation_id=who.enrolment.organisation_id,
        person_id=who.person.id,
        cohort_id=where.cohort.id,
        attempt=2,
        anchor_on=where.cohort.ends_on,
        joined_at=clock().calendar,
    )
    session.add(again)
    session.flush()
    submit(session, where, who)

    scores.run(work, now=Now(real=first, calendar=clock().calendar))

    assert grade(lms, LEARNERS[0]).score.timestamp >= first + timedelta(seconds=1)
    assert lms.platform.gradebook.submissions(column_of(lms), LEARNERS[0]) == 1
    assert len(lms.platform.gradebook.history) == 2


def test_the_moment_of_a_score_is_known_before_it_goes_out(work, session, where, lms):
    complete(session, where)
    lms.platform.faults.add(Endpoint.SCORES, Fault(503))

    scores.run(work, now=clock())

    (row,) = reported(session)
    assert row.status is DeliveryStatus.PLANNED
    assert abs(row.scored_at - clock().real) < A_MINUTE


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (DeliveryStatus.SKIPPED, "left_course"),
        (DeliveryStatus.SKIPPED, "no_line_item"),
        (DeliveryStatus.FAILED, "not_found"),
    ],
)
def test_who_opens_the_link_again_has_the_score_sent_again(work, session, where, lms, status, reason):
    who = complete(session, where)
    session.execute(update(Delivery).where(Delivery.kind == Kind.SCORE).values(status=status, reason=reason))
    session.commit()

    scoring.ask_again(session, where.link, clock().calendar, who.person)
    session.commit()
    scores.run(work, now=clock())

    assert grade(lms, LEARNERS[0]).points == 1


def test_what_was_sent_or_given_up_is_not_sent_again(session, where):
    who = complete(session, where)
    session.execute(update(Delivery).values(status=DeliveryStatus.SKIPPED, reason="given_up"))
    session.commit()

    scoring.ask_again(session, where.link, clock().calendar, who.person)

    assert [row.reason for row in reported(session)] == ["given_up"]
