"""Counting what is asked of the database, with few learners and with many."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event, select

from lti_tool.models.courses import Role
from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.platforms import Deployment
from lti_tool.services import enrolments, launches, nudges
from tests import factories
from tests.web.campus import LOOK_BACK

FEW, MANY = 3, 60


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that anybody sends to any database meanwhile."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_more) -> None:
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield sent
    event.remove(Engine, "before_cursor_execute", note)


def let_launch(campus, first: int, last: int, link_id: str = LOOK_BACK) -> None:
    """Learners of a course who opened an activity."""
    now, ring = campus.work.now(), campus.work.keyring
    with campus.work.sessions.begin() as session:
        known = session.scalars(select(Deployment)).one()
        for number in range(first, last):
            said = factories.arrival(
                f"learner-{number}", role=Role.LEARNER, context_id=link_id[:3], link_id=link_id
            )
            launches.record(session, known, said, ring.make(now.real), ring.named, now.real)


def let_take_part(campus, where) -> None:
    """Everybody who launched takes part, and one letter of each may not have arrived."""
    now = campus.work.now()
    with campus.work.sessions.begin() as session:
        waiting = enrolments.waiting_learners(session, where.link)
        new = enrolments.enrol(session, waiting, where.cohort, now.calendar)
        nudges.replan(session, [one.id for one in new], campus.work.catalogue, now.calendar)
    with campus.work.sessions.begin() as session:
        for row in session.scalars(select(Delivery).where(Delivery.step == "last_call")):
            row.status = DeliveryStatus.UNKNOWN
