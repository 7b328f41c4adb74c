"""Letters to contacts, leaders and buddies: those that are planned, and those that arrived."""

from datetime import date

from sqlalchemy import select

from lti_tool.models.deliveries import Delivery, Kind
from tests.factories import at
from tests.following import INGRID

SUNDAY_NIGHT = at(date(2026, 12, 6), 23, 15)


def letters(session, kind=Kind.DIGEST):
    session.expire_all()
    rows = session.scalars(select(Delivery).where(Delivery.kind == kind).order_by(Delivery.due_at)).all()
    session.commit()
    return rows


def to(mailbox, address=INGRID):
    return [mail for mail in mailbox.mails if mail["To"] == address]


def text(mail):
    return mail.get_body(("plain",)).get_content()
