"""Reading the roster of a strict LMS that really runs."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from demo_lms import endpoints
from demo_lms.running import RunningPlatform, WebServer
from lti_tool.domain.clock import Now
from lti_tool.lti.launches import Course as Context
from lti_tool.lti.launches import Link
from lti_tool.models.courses import Course, Membership, ResourceLink, Role
from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.keys import PersonKey
from lti_tool.models.people import Person
from lti_tool.models.tracks import Enrolment, EnrolmentStatus, TrackStatus
from lti_tool.rounds import arriving, roster
from lti_tool.services import activities, launches, roster_reads, tracks
from lti_tool.services.tracks import Dates
from tests import factories
from tests.rounds.test_arriving import BROWSER, launch

COURSE = "311"
LEARNERS = {"1041", "1042", "1043", "1044", "1045"}
TRAINER, LEAVER = "1007", "1042"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


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
        assert [complaint.reason for complaint in running.platform.complaints.all()] == []


@pytest.fixture
def where(work, session, lms):
    """A course of the LMS whose training is in three weeks, and whose trainer set up the preparation."""
    registration = lms.platform.registration
    begins_on = clock().calendar.date() + 21 * DAY
    place = factories.place(
        work,
        session,
        instrument="pre",
        starts_on=begins_on,
        ends_on=begins_on,
        now=clock(),
        roster_url=endpoints.roster(registration, COURSE, "1"),
    )
    place.platform.issuer, place.platform.client_id = registration.issuer, registration.client_id
    place.platform.token_url = registration.token_url
    session.commit()
    return place


def clock(after=timedelta()):
    """Both clocks; the real one is right, for the LMS judges by it."""
    real = datetime.now(UTC)
    return Now(real=real, calendar=real + after)


def read(work, later=timedelta()):
    """A round so much later than the last one: that one is moved back, since the LMS looks at its clock."""
    with work.sessions.begin() as session:
        for row in session.scalars(select(Course).where(Course.roster_read_at.is_not(None))):
            row.roster_read_at -= later
    return roster.run(work, now=clock())


def everybody(work):
    """Who takes part, or did."""
    with work.reading() as session:
        rows = select(Person.sub, Enrolment.status).join(Enrolment, Enrolment.person_id == Person.id)
        return {row.sub: row.status for row in session.execute(rows)}


def letters_of(work, sub):
    """The states of somebody's letters."""
    with work.reading() as session:
        rows = select(Delivery.status).join(Enrolment, Enrolment.id == Delivery.enrolment_id)
        own = rows.join(Person, Person.id == Enrolment.person_id).where(Person.sub == sub)
        return set(session.scalars(own))


def course(work):
    with work.reading() as session:
        return session.scalars(select(Course)).one()


def keys_left(work):
    with Session(create_engine(work.settings.keys_url)) as store:
        return set(store.scalars(select(PersonKey.id)))


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


def test_nothing_is_read_for_a_training_that_is_closed(work, session, where):
    where.track.status = TrackStatus.CLOSED
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
    assert {person.sub for person in people} == LEARNERS | {TRAINER, "trainer"}
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
