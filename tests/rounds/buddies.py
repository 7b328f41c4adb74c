"""Buddies whom learners ask, and the question that is planned for them."""

from datetime import timedelta

from sqlalchemy import select

from lti_tool.models.contacts import ContactKind
from lti_tool.models.deliveries import Delivery
from lti_tool.rounds import deliver
from tests import following
from tests.factories import ENDED_ON, at


def asked(session, where, who, **more):
    buddy = following.named(session, where, who, kind=ContactKind.BUDDY, **more)
    session.commit()
    return buddy


def willing(session, where, who, **more):
    buddy = following.confirmed(session, where, who, kind=ContactKind.BUDDY, **more)
    session.commit()
    return buddy


def question(session):
    session.expire_all()
    row = session.scalars(select(Delivery).where(Delivery.step == "buddy")).one()
    session.commit()
    return row


def live_through(work, days, first=0):
    for day in range(first, days):
        deliver.run(work, now=at(ENDED_ON + timedelta(days=day), 10))
