"""An LMS that tells what changed in a roster since the last time."""

import pytest

from demo_lms.faults import Endpoint, Fault
from demo_lms.switches import Profile, Switches
from lti_tool.models.tracks import EnrolmentStatus
from lti_tool.services import roster_reads
from tests.rounds.lms.reading import (
    COURSE,
    DAY,
    HOUR,
    LEARNERS,
    LEAVER,
    LOOKERS,
    course,
    everybody,
    place,
    read,
)

HERE = dict.fromkeys(LEARNERS - {LEAVER}, EnrolmentStatus.ACTIVE)
GONE = HERE | {LEAVER: EnrolmentStatus.LEFT}
BACK = HERE | {LEAVER: EnrolmentStatus.ACTIVE}


@pytest.fixture
def where(work, session, lms):
    yield place(work, session, lms)
    assert [complaint.reason for complaint in lms.platform.complaints.all()] == []


def read_whole(work, later):
    """Reads; whether that was the whole roster."""
    read(work, later)
    return course(work).roster_whole_at == course(work).roster_read_at


@pytest.mark.database
def test_after_the_first_time_only_what_changed_is_asked(work, session, where, lms):
    lms.platform.courses.withdraw(COURSE, LEAVER)
    first = read_whole(work, DAY)
    lms.platform.courses.admit(COURSE, LEAVER)
    second, came = read_whole(work, DAY + HOUR), everybody(work)
    lms.platform.courses.withdraw(COURSE, LEAVER)
    third, left = read_whole(work, DAY + HOUR), everybody(work)

    assert (first, second, third) == (True, False, False)
    assert (came, left) == (BACK, GONE)
    assert course(work).roster_problem is None


def test_all_of_it_is_read_once_a_week(work, session, where):
    reads = [read_whole(work, DAY + HOUR) for _ in range(9)]

    assert reads == [True, *[False] * 6, True, False]


def test_after_a_failure_the_same_changes_are_asked_for_again(work, session, where, lms):
    read(work)
    lms.platform.courses.withdraw(COURSE, LEAVER)
    lms.platform.faults.add(Endpoint.ROSTER, Fault(500))
    read(work, DAY + HOUR)
    failed = course(work).roster_problem, everybody(work)

    assert read_whole(work, 2 * HOUR) is False
    assert failed == ("platform_failed", BACK)
    assert everybody(work) == GONE


def test_a_moment_that_the_lms_forgot_is_followed_by_all_of_it(work, session, where, lms):
    read(work)
    lms.platform.courses.withdraw(COURSE, LEAVER)
    lms.platform.faults.add(Endpoint.ROSTER, Fault(404))

    assert read_whole(work, DAY + HOUR) is True
    assert everybody(work) == GONE


def test_an_lms_that_stops_telling_is_read_whole(work, session, where, lms):
    read(work)
    lms.platform.switches = Switches(Profile.MOODLE)
    lms.platform.courses.withdraw(COURSE, LEAVER)

    # It does not know the parameter and names everybody: of who is not named it says nothing.
    first, then = read_whole(work, DAY + HOUR), read_whole(work, DAY + HOUR)

    assert (first, then) == (False, True)
    assert everybody(work) == GONE


def test_a_trainer_who_sets_up_a_training_has_all_of_it_read(work, session, where):
    read(work)
    roster_reads.ask(session, where.course.id)
    session.commit()

    assert read_whole(work, HOUR) is True


@pytest.mark.parametrize("profile", [Profile.MOODLE, Profile.CANVAS])
def test_an_lms_that_tells_no_changes_is_read_whole_each_time(work, session, where, lms, profile):
    lms.platform.switches = Switches(profile)
    for looker in LOOKERS:
        lms.platform.courses.withdraw(COURSE, looker)
    reads = [read_whole(work, DAY + HOUR) for _ in range(2)]
    lms.platform.courses.withdraw(COURSE, LEAVER)
    read(work, DAY + HOUR)

    assert reads == [True, True]
    assert everybody(work) == GONE
