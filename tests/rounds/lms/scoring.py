"""Somebody completes a part, and the LMS hears of it."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update

from demo_lms import endpoints
from lti_tool.domain.clock import Now
from lti_tool.models.deliveries import Delivery, Kind
from lti_tool.services import desks, submissions
from tests import factories

LINK = "3112"
LEARNERS = ("1041", "1042", "1043")
A_MINUTE = timedelta(minutes=1)


def place(work, session, lms):
    """A link of the LMS whose part is the plan."""
    registration, column = lms.platform.registration, column_of(lms)
    address = endpoints.line_item(registration, column.course_id, column.id, "1")
    where = factories.place(work, session, line_item_url=address)
    where.platform.issuer, where.platform.client_id = registration.issuer, registration.client_id
    where.platform.token_url = registration.token_url
    session.commit()
    return where


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
    submissions.submit(session, seat, where.work.catalogue, clock().calendar)
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
