"""What becomes of a delivery's row once the mail server has spoken, or has not."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from lti_tool.domain.clock import Now
from lti_tool.mail.mailer import NotSent, Reason, Result, Sent, Unknown
from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.people import Mailbox
from lti_tool.services import budgets, deliveries, mailboxes

BACK_OFF = timedelta(minutes=1)
LONGEST_BACK_OFF = timedelta(hours=1)


def record(session: Session, delivery_id: UUID, identity: str, result: Result, now: Now) -> None:
    """Writes down what the server said of a letter. identity: the Message-ID under which it went."""
    match result:
        case Sent():
            deliveries.finish(session, delivery_id, identity, DeliveryStatus.SENT, None, now.real)
        case Unknown(reason=reason):
            deliveries.finish(session, delivery_id, identity, DeliveryStatus.UNKNOWN, reason, now.real)
        case NotSent(reason=reason, permanent=True):
            # The mailbox first, as everybody who changes one goes on to its deliveries.
            if reason is Reason.REFUSED_ADDRESS:
                _close_mailbox(session, delivery_id)
            if deliveries.finish(session, delivery_id, identity, DeliveryStatus.FAILED, reason, now.real):
                budgets.give_back(session, [delivery_id])
        case NotSent(reason=reason):
            delivery = session.get(Delivery, delivery_id)
            # Gone meanwhile: whom it was for was erased.
            attempts = delivery.attempts if delivery else 1
            pause = min(LONGEST_BACK_OFF, BACK_OFF * 2 ** min(attempts - 1, 10))
            if deliveries.retry(session, delivery_id, identity, reason, now.real + pause):
                budgets.give_back(session, [delivery_id])


def _close_mailbox(session: Session, delivery_id: UUID) -> None:
    delivery = session.get(Delivery, delivery_id)
    if delivery is not None and delivery.mailbox_id is not None:
        mailboxes.refuse(session.get_one(Mailbox, delivery.mailbox_id))
        session.flush()
