"""A roster is read before letters of its course go out, and holds up nothing when it cannot be."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from demo_lms.faults import Endpoint, Fault
from lti_tool.domain.clock import Now
from lti_tool.models.courses import Course
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.rounds import deliver, roster
from lti_tool.services import freshness, roster_reads
from tests import factories
from tests.rounds.lms.reading import COURSE, LEAVER, clock, course, place, read

MINUTE = timedelta(minutes=1)


@pytest.fixture
def app(build, server, mailbox):
    application = build(base_url=server.url, smtp_url=f"smtp://127.0.0.1:{mailbox.port}")
    server.start(application)
    return application


@pytest.fixture
def where(work, session, lms):
    """A course whose roster was read this morning, with letters that are due now."""
    where = place(work, session, lms)
    read(work)
    return where


def the_letters_are_due(work):
    """Long after the last reading; the moment at which the letters before the training are due."""
    with work.sessions.begin() as session:
        for row in session.scalars(select(Course)):
            row.roster_read_at -= freshness.FRESH_FOR
        due = session.scalars(select(Delivery.due_at).where(Delivery.kind == Kind.NUDGE)).first()
    return Now(real=clock().real, calendar=due + MINUTE)


def written_to(mailbox):
    return {address.split("@")[0] for address in mailbox.addressees}


@pytest.mark.database
def test_who_left_since_the_last_reading_gets_no_letter(work, session, where, lms, mailbox):
    now = the_letters_are_due(work)
    lms.platform.courses.withdraw(COURSE, LEAVER)

    early = deliver.run(work, now=now)
    roster.run(work, now=now)
    deliver.run(work, now=now)

    assert early == 0
    assert written_to(mailbox) == {"sanne.dewit", "tjerk.hoekstra", "emma.verbeek"}


def test_a_roster_of_this_morning_is_fresh_enough(work, session, where, mailbox):
    now = the_letters_are_due(work)
    roster_is(session, read_at=now.real - freshness.FRESH_FOR + MINUTE)

    assert deliver.run(work, now=now) == 4


def test_the_roster_is_read_before_letters_are_due_and_not_long_before(work, session, where):
    due = the_letters_are_due(work).calendar - MINUTE

    def reads(before):
        return roster.run(work, now=Now(real=clock().real, calendar=due - before))

    assert (reads(31 * MINUTE), reads(29 * MINUTE), reads(28 * MINUTE)) == (0, 1, 0)


def roster_is(session, *, read_at, problem=None):
    session.execute(update(Course).values(roster_read_at=read_at, roster_problem=problem))
    session.commit()


@pytest.mark.parametrize("fault", [Fault(503), Fault(403), Fault(200)])
def test_a_roster_that_cannot_be_read_stops_no_letter(work, session, where, lms, mailbox, fault):
    now = the_letters_are_due(work)
    lms.platform.faults.add(Endpoint.ROSTER, *[fault] * 3)

    roster.run(work, now=now)
    sent = deliver.run(work, now=now)

    assert course(work).roster_problem is not None
    assert sent == 4


def test_letters_wait_while_their_roster_is_being_read_and_not_for_ever(work, session, where, mailbox):
    now = the_letters_are_due(work)
    roster_is(session, read_at=now.real - MINUTE, problem="reading")
    while_reading = deliver.run(work, now=now)
    roster_is(session, read_at=now.real - 3 * MINUTE, problem="reading")

    assert (while_reading, deliver.run(work, now=now)) == (0, 4)


def test_without_any_reading_a_letter_waits_half_an_hour(work, session, where, mailbox):
    now = the_letters_are_due(work)

    def sent(after):
        return deliver.run(work, now=Now(real=now.real, calendar=now.calendar + after))

    assert (sent(28 * MINUTE), sent(30 * MINUTE)) == (0, 4)


def test_an_lms_that_is_down_is_left_alone_and_nothing_waits_for_its_other_courses(
    work, session, where, mailbox
):
    now = the_letters_are_due(work)
    another = Course(
        organisation_id=where.course.organisation_id,
        deployment_id=where.course.deployment_id,
        kind=where.course.kind,
        context_id="another",
        title="Een andere",
        roster_url=where.course.roster_url,
        roster_read_at=now.real - 9 * MINUTE,
        roster_problem="unreachable",
        created_at=now.real,
    )
    session.add(another)
    session.commit()

    assert (roster.run(work, now=now), deliver.run(work, now=now)) == (0, 4)
    another.roster_read_at = now.real - 11 * MINUTE
    roster_reads.ask(session, where.course.id)
    session.commit()
    assert roster.run(work, now=now) == 1


def test_letters_of_other_courses_do_not_wait(work, session, where, mailbox):
    now = the_letters_are_due(work)
    elsewhere = factories.place(work, session, organisation="elsewhere", ends_on=now.calendar.date(), now=now)
    who = factories.learner(session, elsewhere, "other", now=now)
    session.execute(
        update(Delivery)
        .where(Delivery.enrolment_id == who.enrolment.id, Delivery.step == "plan")
        .values(status=DeliveryStatus.PLANNED, due_at=now.calendar, due_on=now.calendar.date())
    )
    session.commit()

    with work.sessions.begin() as other:
        assert freshness.anything_waits(other, now)
    deliver.run(work, now=now)

    assert "sanne.dewit" not in written_to(mailbox)
    with work.reading() as reader:
        theirs = reader.scalars(
            select(Delivery.status).where(Delivery.enrolment_id == who.enrolment.id, Delivery.step == "plan")
        ).one()
    assert theirs is not DeliveryStatus.PLANNED


def test_a_course_without_a_roster_waits_for_nothing(work, session, where, mailbox):
    now = the_letters_are_due(work)
    session.execute(update(Course).values(roster_url=None))
    session.commit()

    assert deliver.run(work, now=now) == 4


def test_a_roster_asked_for_again_holds_letters_until_it_is_read(work, session, where, mailbox):
    now = the_letters_are_due(work)
    roster_reads.ask(session, where.course.id)
    session.commit()

    before = deliver.run(work, now=now)
    roster.run(work, now=now)

    assert (before, deliver.run(work, now=now)) == (0, 4)
