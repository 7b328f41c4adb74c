"""Letters that came back after a server took them. Known by their Message-ID: an address can be forged."""

from datetime import timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.domain import bounces
from lti_tool.domain.bounces import Report, Verdict
from lti_tool.domain.clock import Now
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.people import Mailbox
from lti_tool.services import budgets, mailboxes
from lti_tool.services.keys import NamedKeys

OUT = (DeliveryStatus.SENDING, DeliveryStatus.SENT, DeliveryStatus.UNKNOWN)
# Its server tried for hours or days before it gave up.
PAUSE = timedelta(hours=1)


class Outcome(StrEnum):
    """What a report did."""

    UNMATCHED = "unmatched"  # no letter of ours, or one that came back before
    NOTHING = "nothing"  # it is on its way still, or arrived
    REFUSED = "refused"  # its mailbox gets no more
    PLANNED_AGAIN = "planned_again"
    NOT_DELIVERED = "not_delivered"


class Reason(StrEnum):
    """Why a letter that a server took did not arrive."""

    REFUSED = "bounced"
    FOR_NOW = "bounced_for_now"
    NOT_THE_ADDRESS = "bounced_not_the_address"


def record(session: Session, report: Report, named: NamedKeys, now: Now) -> Outcome:
    """Records that a letter came back; a second time changes nothing.

    For good: nothing more goes to its mailbox. For now: it is planned once more while its days last.
    """
    is_it = (Delivery.message_id == report.message_id) & (Delivery.kind != Kind.SCORE)
    # The mailbox first, as everybody who changes one goes on to its deliveries.
    mailbox = session.scalar(
        select(Mailbox)
        .join(Delivery, Delivery.mailbox_id == Mailbox.id)
        .where(is_it)
        .with_for_update(of=Mailbox)
    )
    out = select(Delivery).where(is_it, Delivery.status.in_(OUT)).with_for_update()
    delivery = session.scalar(out) if mailbox else None
    if delivery is None or mailbox is None:
        return Outcome.UNMATCHED
    verdict = _verdict(report, mailbox, named)
    if verdict is None:
        return Outcome.NOTHING
    budgets.give_back(session, [delivery.id])
    may_go_again = delivery.bounced_at is None and now.calendar.date() <= delivery.last_on
    delivery.bounced_at, delivery.lease_until = now.real, None
    if verdict is Verdict.FOR_NOW and may_go_again:
        _plan_again(delivery, now)
        return Outcome.PLANNED_AGAIN
    delivery.status, delivery.reason = DeliveryStatus.FAILED, Reason[verdict.name]
    delivery.finished_at = now.real
    if verdict is not Verdict.REFUSED:
        return Outcome.NOT_DELIVERED
    mailboxes.refuse(session, mailbox)
    return Outcome.REFUSED


def _verdict(report: Report, mailbox: Mailbox, named: NamedKeys) -> Verdict | None:
    """Of what a report says about several, only that about the mailbox counts, if it names it."""
    own = [
        told
        for told in report.told
        if any(mailboxes.is_at(mailbox, address, named) for address in told.addresses)
    ]
    return bounces.judge_all(own or report.told)


def _plan_again(delivery: Delivery, now: Now) -> None:
    """It goes with the next letters (calendar clock), and takes a place in the budget anew."""
    delivery.status, delivery.reason = DeliveryStatus.PLANNED, Reason.FOR_NOW
    delivery.due_at, delivery.due_on = now.calendar, now.calendar.date()
    delivery.retry_at = now.real + PAUSE
    delivery.message_id = delivery.finished_at = None
