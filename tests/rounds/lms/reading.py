"""The roster of an LMS that really runs, read by the tool."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from demo_lms import endpoints
from lti_tool.domain.clock import Now
from lti_tool.models.courses import Course
from lti_tool.models.deliveries import Delivery
from lti_tool.models.keys import PersonKey
from lti_tool.models.people import Person
from lti_tool.models.tracks import Enrolment
from lti_tool.rounds import roster
from tests import factories

COURSE = "311"
LEARNERS = {"1041", "1042", "1043", "1044", "1045"}
TRAINER, LEAVER = "1007", "1042"
LOOKERS = {"1008", "1009"}
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def place(work, session, lms):
    """A course of the LMS whose training is in three weeks, and whose trainer set up the preparation."""
    registration = lms.platform.registration
    begins_on = clock().calendar.date() + 21 * DAY
    where = factories.place(
        work,
        session,
        instrument="pre",
        starts_on=begins_on,
        ends_on=begins_on,
        now=clock(),
        roster_url=endpoints.roster(registration, COURSE, "1"),
    )
    where.platform.issuer, where.platform.client_id = registration.issuer, registration.client_id
    where.platform.token_url = registration.token_url
    session.commit()
    return where


def clock(after=timedelta()):
    """Both clocks; the real one is right, for the LMS judges by it."""
    real = datetime.now(UTC)
    return Now(real=real, calendar=real + after)


def read(work, later=timedelta()):
    """A round so much later than the last one: that one is moved back, since the LMS looks at its clock."""
    with work.sessions.begin() as session:
        for row in session.scalars(select(Course).where(Course.roster_read_at.is_not(None))):
            row.roster_read_at -= later
            if row.roster_whole_at is not None:
                row.roster_whole_at -= later
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
