"""Reading the roster of a strict LMS that really runs."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from lti_tool.lti.launches import Course as Context
from lti_tool.lti.launches import Link
from lti_tool.models.courses import Membership, ResourceLink, Role
from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.people import Person
from lti_tool.models.tracks import Enrolment, EnrolmentStatus, TrackStatus
from lti_tool.rounds import arriving, roster
from lti_tool.services import activities, launches, roster_reads, tracks
from lti_tool.services.tracks import Dates
from tests.rounds.launching import BROWSER, launch
from tests.rounds.lms.reading import (
    COURSE,
    DAY,
    HOUR,
    LEARNERS,
    LEAVER,
    LOOKERS,
    TRAINER,
    clock,
    course,
    everybody,
    keys_left,
    letters_of,
    place,
    read,
)


@pytest.fixture
def where(work, session, lms):
    yield place(work, session, lms)
    assert [complaint.reason for complaint in lms.platform.complaints.all()] == []


@pytest.mark.database
def test_who_never_launched_takes_part_and_gets_the_letters_before_the_training(work, session, where):
    assert read(work) == 1

    assert everybody(work) == dict.fromkeys(LEARNERS, EnrolmentStatus.ACTIVE)
    prepare = session.scalars(select(Delivery).where(Delivery.step == "prepare")).all()
    assert [row.status for row in prepare] == [DeliveryStatus.PLANNED] * len(LEARNERS)
    assert (course(work).roster_problem, course(work).roster_read_at is None) == (None, False)


def test_names_open_under_the_persons_own_key(work, session, where):
    read(work)

    person = session.scalars(select(Person).where(Person.sub == "1041")).one()
    key = work.keyring.of([person.key_id])[person.key_id]
    assert launches.name_of(person, key) == "Sanne de Wit"
    assert person.mailbox_id is not None


def test_a_roster_is_read_once_a_day(work, session, where):
    read(work)

    assert read(work, 23 * HOUR) == 0
    assert read(work, 2 * HOUR) == 1


def test_nothing_is_read_when_no_letter_can_come_any_more(work, session, where):
    assert roster.run(work, now=clock((21 + 46) * DAY)) == 0
    assert roster.run(work, now=clock((21 + 44) * DAY)) == 1


def test_nothing_is_read_for_a_training_that_its_trainer_removed(work, session, where):
    where.track.status, where.track.removed_at = TrackStatus.REMOVED, clock().calendar
    session.commit()

    assert read(work) == 0


@pytest.mark.database
def test_who_left_the_course_gets_no_more_letters_until_the_roster_names_them_again(
    work, session, where, lms
):
    read(work)
    lms.platform.courses.withdraw(COURSE, LEAVER)
    read(work, 25 * HOUR)
    left, letters = everybody(work), letters_of(work, LEAVER)

    lms.platform.courses.admit(COURSE, LEAVER)
    read(work, 25 * HOUR)

    assert {sub for sub, status in left.items() if status is EnrolmentStatus.LEFT} == {LEAVER}
    assert letters == {DeliveryStatus.CANCELLED}
    assert set(everybody(work).values()) == {EnrolmentStatus.ACTIVE}
    assert DeliveryStatus.PLANNED in letters_of(work, LEAVER)


def a_launch(where, sub):
    context = Context(where.course.context_id, "Helder schrijven", None)
    return launch(where.platform, sub, course=context, link=Link(where.link.link_id, "Voorbereiden"))


def test_who_had_left_takes_part_again_by_launching(work, session, where, lms):
    read(work)
    lms.platform.courses.withdraw(COURSE, LEAVER)
    read(work, 25 * HOUR)

    arriving.arrive(work, a_launch(where, LEAVER), BROWSER, now=clock())

    assert everybody(work)[LEAVER] is EnrolmentStatus.ACTIVE
    assert DeliveryStatus.PLANNED in letters_of(work, LEAVER)


def test_a_roster_that_cannot_be_read_is_tried_again_after_an_hour_and_makes_nobody_leave(
    work, session, where
):
    read(work)
    address = where.course.roster_url
    session.expire_all()
    where.course.roster_url = "http://127.0.0.1:9/memberships"
    session.commit()
    failed = read(work, 25 * HOUR), course(work).roster_problem
    where.course.roster_url = address
    session.commit()

    assert failed == (0, "unreachable")
    assert read(work, timedelta(minutes=59)) == 0
    assert read(work, timedelta(minutes=2)) == 1
    assert set(everybody(work).values()) == {EnrolmentStatus.ACTIVE}
    assert course(work).roster_problem is None


def test_a_round_that_died_while_it_read_is_followed_by_one_an_hour_later(work, session, where, monkeypatch):
    def die(*_arguments):
        raise SystemExit

    with monkeypatch.context() as broken:
        broken.setattr(roster, "_fetch", die)
        with pytest.raises(SystemExit):
            read(work)

    assert read(work, timedelta(minutes=59)) == 0
    assert read(work, timedelta(minutes=2)) == 1


def test_a_crash_is_noted_and_leaves_the_others_their_turn(work, session, where, caplog, monkeypatch):
    words = "Sanne de Wit"

    def crash(*_arguments):
        raise ValueError(words)

    monkeypatch.setattr(roster, "_fetch", crash)

    assert read(work) == 0
    assert course(work).roster_problem == "crashed"
    assert f"roster.crash type=ValueError row={where.course.id}" in caplog.text
    assert "Sanne" not in caplog.text


@pytest.mark.database
def test_two_rounds_at_once_read_a_roster_once(work, session, where):
    with ThreadPoolExecutor(4) as threads:
        counts = list(threads.map(lambda _: read(work), range(4)))

    assert sorted(counts) == [0, 0, 0, 1]
    assert set(everybody(work)) == LEARNERS


@pytest.mark.database
def test_whoever_launches_while_a_roster_is_applied_is_one_person_and_no_key_is_left_over(
    work, session, where
):
    said = [a_launch(where, sub) for sub in sorted(LEARNERS)]
    with ThreadPoolExecutor(4) as threads:
        reading = threads.submit(read, work)
        list(threads.map(lambda one: arriving.arrive(work, one, BROWSER, now=clock()), said))
        reading.result()

    people = session.scalars(select(Person)).all()
    assert {person.sub for person in people} == LEARNERS | LOOKERS | {TRAINER, "trainer"}
    assert keys_left(work) == {person.key_id for person in people}
    assert course(work).roster_problem is None


def test_who_is_on_the_roster_takes_part_in_each_training_of_the_course(work, session, where):
    read(work)
    begin_another(session, where)

    assert read(work) == 1
    assert takes_part(work) == dict.fromkeys(LEARNERS, 2)


def test_whose_training_was_over_when_the_next_one_was_set_up_is_not_drawn_into_that(work, session, where):
    read(work)
    where.cohort.starts_on = where.cohort.ends_on = clock().calendar.date() - 2 * DAY
    begin_another(session, where)
    read(work)

    assert takes_part(work) == dict.fromkeys(LEARNERS, 1)


def begin_another(session, where):
    """Another training in the same course, as its trainer sets one up."""
    day, now = clock().calendar.date() + 30 * DAY, clock().calendar
    track = tracks.begin(session, where.course, Dates(day, day), "Europe/Amsterdam", now)
    whole = {
        "organisation_id": where.organisation.id,
        "deployment_id": where.deployment.id,
        "created_at": now,
    }
    link = ResourceLink(**whole, course_id=where.course.id, link_id="link-2", title="Vooraf")
    session.add(link)
    session.flush()
    activities.place(session, link, track, where.work.catalogue.latest("pre"), now)
    roster_reads.ask(session, where.course.id)
    session.commit()


def takes_part(work):
    with work.reading() as session:
        rows = select(Person.sub).join(Enrolment, Enrolment.person_id == Person.id)
        return Counter(session.scalars(rows))


def test_a_trainer_on_the_roster_takes_no_part(work, session, where):
    read(work)

    rows = session.scalars(select(Membership).join(Person).where(Person.sub == TRAINER)).one()
    assert rows.role is Role.TRAINER
    assert TRAINER not in everybody(work)
