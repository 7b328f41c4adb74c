"""Reporting to the gradebook of a strict LMS that really runs."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from demo_lms import endpoints
from demo_lms.faults import Endpoint, Fault
from demo_lms.running import RunningPlatform, WebServer
from demo_lms.scores import Score
from demo_lms.vocabulary import ActivityProgress, GradingProgress
from lti_tool.domain.clock import Now
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.rounds import scores
from lti_tool.services import desks, platforms, submissions
from tests import factories
from tests.processes import free_port

LINK = "3112"
LEARNERS = ("1041", "1042", "1043")
A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def server():
    with_address = WebServer("localhost")
    yield with_address
    with_address.stop()


@pytest.fixture
def app(build, server):
    """The tool behind a web server, where the LMS finds its keys."""
    application = build(base_url=server.url)
    server.start(application)
    return application


@pytest.fixture
def lms(server):
    with RunningPlatform(server.url) as running:
        yield running


@pytest.fixture
def where(work, session, lms):
    """A link of the LMS whose part is the plan."""
    registration, column = lms.platform.registration, column_of(lms)
    address = endpoints.line_item(registration, column.course_id, column.id, "1")
    place = factories.place(work, session, line_item_url=address)
    place.platform.issuer, place.platform.client_id = registration.issuer, registration.client_id
    place.platform.token_url = registration.token_url
    session.commit()
    return place


def clock():
    """Both clocks at the real time, by which the LMS judges."""
    real = datetime.now(UTC)
    return Now(real=real, calendar=real)


def column_of(lms):
    return lms.platform.gradebook.column_of(lms.platform.link(LINK))


def grade(lms, sub):
    return lms.platform.gradebook.grade(column_of(lms), sub)


def complaints(lms):
    return [complaint.reason for complaint in lms.platform.complaints.all()]


def complete(session, where, sub=LEARNERS[0], **more):
    """Somebody who submits the first part."""
    who = factories.learner(session, where, sub, line_item_url=where.link.line_item_url, **more)
    submit(session, where, who)
    return who


def submit(session, where, who):
    seat = desks.find(session, who.person, who.key, where.link, where.work.catalogue)
    submissions.submit(session, seat, where.link, where.work.catalogue, clock().calendar)
    session.commit()


def reported(session):
    session.expire_all()
    rows = session.scalars(select(Delivery).where(Delivery.kind == Kind.SCORE)).all()
    session.commit()  # so that reading here holds nobody up
    return rows


def wait_no_longer(session):
    """The pause before the next try is over."""
    session.execute(update(Delivery).values(retry_at=clock().real - A_MINUTE))
    session.commit()


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
    complete(session, where)
    now = clock()
    earlier = Score(LEARNERS[0], now.real, ActivityProgress.STARTED, GradingProgress.PENDING, None)
    lms.platform.gradebook.record(column_of(lms), earlier)

    scores.run(work, now=now)

    assert grade(lms, LEARNERS[0]).points == 1
    assert grade(lms, LEARNERS[0]).score.timestamp > now.real
    assert [row.status for row in reported(session)] == [DeliveryStatus.SENT]


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


def test_a_link_without_grades_gets_no_score(work, session, where, lms):
    where.link.line_item_url = None
    session.commit()

    complete(session, where)

    assert reported(session) == []


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
    died = {"status": DeliveryStatus.SENDING, "lease_until": clock().real - A_MINUTE}
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
