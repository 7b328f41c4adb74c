"""Scores and rosters with each kind of LMS that the demo can be: by the rules, odd, slow, failing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from demo_lms.faults import IN_TURN
from demo_lms.people import Role as LmsRole
from demo_lms.switches import Profile, Switches
from lti_tool.models.courses import Role
from lti_tool.models.deliveries import DeliveryStatus
from lti_tool.rounds import roster, scores
from tests import factories
from tests.rounds.lms import reading
from tests.rounds.lms.scoring import LEARNERS, clock, complete, grade, place, reported, wait_no_longer

KINDS = [Profile.STRICT, Profile.MOODLE, Profile.CANVAS]


@pytest.fixture(autouse=True)
def _nothing_to_complain_about(lms):
    yield
    assert [complaint.reason for complaint in lms.platform.complaints.all()] == []


def test_each_kind_takes_scores(work, session, lms, kind):
    where = place(work, session, lms)
    where.deployment.product_family = lms.platform.habits.family
    session.commit()
    for sub in LEARNERS:
        complete(session, where, sub)

    scores.run(work, now=clock())

    assert {grade(lms, sub).points for sub in LEARNERS} == {1}
    assert {row.status for row in reported(session)} == {DeliveryStatus.SENT}


def test_each_kind_tells_who_takes_part_and_moodle_calls_who_only_looks_a_learner(work, session, lms, kind):
    reading.place(work, session, lms)

    reading.read(work)

    listed = reading.LOOKERS if kind is Profile.MOODLE else set()
    assert set(reading.everybody(work)) == reading.LEARNERS | listed


@pytest.fixture(params=KINDS)
def kind(lms, request):
    lms.platform.switches = Switches(request.param)
    return request.param


def test_whom_moodle_lists_as_a_learner_stays_the_trainer_that_a_launch_made_them(work, session, lms):
    lms.platform.switches = Switches(Profile.MOODLE)
    assistant = replace(lms.platform.person("emma"), role=LmsRole.ASSISTANT)
    lms.platform.people = (*(one for one in lms.platform.people if one.id != assistant.id), assistant)
    where = reading.place(work, session, lms)
    key = work.keyring.make(clock().real)
    said = factories.arrival(assistant.id, role=Role.TRAINER, context_id=where.course.context_id)
    factories.launches.record(session, where.deployment, said, key, work.keyring.named, clock().real)
    session.commit()

    reading.read(work)

    assert assistant.id not in reading.everybody(work)


def test_a_failing_lms_has_every_score_in_the_end_and_each_once(work, session, lms):
    where = place(work, session, lms)
    lms.platform.switches = Switches(Profile.FAILING)
    for sub in LEARNERS:
        complete(session, where, sub)

    rounds = 0
    while {row.status for row in reported(session)} != {DeliveryStatus.SENT} and rounds < 3 * len(IN_TURN):
        wait_no_longer(session)
        scores.run(work, now=clock())
        rounds += 1

    assert {row.status for row in reported(session)} == {DeliveryStatus.SENT}
    assert {grade(lms, sub).points for sub in LEARNERS} == {1}
    assert len(lms.platform.gradebook.history) == len(LEARNERS)


def test_a_failing_lms_has_its_roster_read_in_the_end_and_nobody_leaves(work, session, lms):
    reading.place(work, session, lms)
    lms.platform.switches = Switches(Profile.FAILING)

    reads = [reading.read(work, timedelta(hours=25)) for _ in IN_TURN]

    assert sum(reads) > 0
    assert set(reading.everybody(work)) == reading.LEARNERS
    assert "left" not in set(reading.everybody(work).values())


def test_a_slow_lms_is_waited_for(work, session, lms, monkeypatch):
    monkeypatch.setattr("demo_lms.app.SLOWNESS", 0.5)
    where = place(work, session, lms)
    lms.platform.switches = Switches(Profile.SLOW)
    complete(session, where)

    scores.run(work, now=clock())

    assert grade(lms, LEARNERS[0]).points == 1


def test_a_hanging_lms_holds_a_round_up_no_longer_than_one_call(work, session, lms, monkeypatch):
    reading.place(work, session, lms)
    lms.platform.switches = Switches(Profile.SLOW)
    monkeypatch.setattr("demo_lms.app.SLOWNESS", 5)
    monkeypatch.setattr(work.outgoing, "_seconds", 1.0)

    read = roster.run(work, now=clock())

    assert read == 0
    assert reading.course(work).roster_problem in ("unreachable", "token_unavailable")
