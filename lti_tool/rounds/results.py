"""What becomes of a delivery's row once the mail server has spoken, or has not."""

import logging
import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from uuid import UUID

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session, sessionmaker

from lti_tool.domain.clock import Now
from lti_tool.mail.mailer import NotSent, Reason, Result, Sent, Unknown
from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.people import Mailbox
from lti_tool.rounds.ticking import Ticking
from lti_tool.services import budgets, deliveries, mailboxes

BACK_OFF = timedelta(minutes=1)
LONGEST_BACK_OFF = timedelta(hours=1)
# A database that starts again, or that a backup holds, is there within this.
PATIENCE = timedelta(minutes=5)
PAUSE_SECONDS = 1.0
AWAY = (OperationalError, InterfaceError)

log = logging.getLogger("beklijf.deliver")


def settle(
    sessions: sessionmaker[Session],
    known: Iterable[tuple[UUID, str, Result]],
    clock: Ticking,
    also: Callable[[Session], None] | None = None,
) -> None:
    """Records what is known of letters, as soon as there is a database; safe to repeat.

    Without it a letter that went would become unknown. also: what is noted with that, as safe to repeat.
    Raises what the database says when it stays away.
    """
    until = clock.elapsed + PATIENCE
    while True:
        try:
            with sessions.begin() as session:
                for delivery_id, identity, result in known:
                    record(session, delivery_id, identity, result, clock.now())
                if also is not None:
                    also(session)
            return
        except AWAY:
            if clock.elapsed > until:
                raise
            log.warning("deliver.database_away")
            time.sleep(PAUSE_SECONDS)


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
        mailboxes.refuse(session, session.get_one(Mailbox, delivery.mailbox_id))
