"""Advisers of an organisation: appointed by an operator, known by an address and nothing else."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from lti_tool.models.advisers import Adviser, SignIn
from lti_tool.models.deliveries import Delivery
from lti_tool.models.organisations import Organisation
from lti_tool.models.people import Mailbox, MailboxStatus
from lti_tool.services import budgets, firsts, mailboxes
from lti_tool.services.keys import NamedKeys


@dataclass(frozen=True)
class Shown:
    """An adviser, as an operator reads it. is_reached: whether mail may go there."""

    address: str
    is_reached: bool


def appoint(
    session: Session, organisation: Organisation, address: str, named: NamedKeys, now: datetime
) -> bool:
    """Makes somebody an adviser (real clock); False when they are one already. The address is one."""
    mailbox = mailboxes.find_or_make(session, address, named, now)
    assert mailbox is not None  # noqa: S101  it is an address
    adviser = Adviser(organisation_id=organisation.id, mailbox_id=mailbox.id, appointed_at=now)
    return firsts.add(session, adviser)


def dismiss(session: Session, organisation: Organisation, address: str, named: NamedKeys) -> bool:
    """Somebody is no adviser any more, from this moment; False when they were none."""
    mailbox = mailboxes.find(session, address, named)
    adviser = _at(session, organisation, mailbox) if mailbox else None
    if adviser is None:
        return False
    # Before the letters, as rounds do.
    budgets.hold(session, [adviser.mailbox_id])
    for statement in (
        delete(SignIn).where(SignIn.adviser_id == adviser.id),
        delete(Delivery).where(Delivery.adviser_id == adviser.id),
        delete(Adviser).where(Adviser.id == adviser.id),
    ):
        session.execute(statement.execution_options(synchronize_session=False))
    mailboxes.forget_unused(session, [adviser.mailbox_id])
    return True


def listing(session: Session, organisation: Organisation, named: NamedKeys) -> list[Shown]:
    """All of an organisation, by address."""
    rows = session.scalars(
        select(Mailbox)
        .join(Adviser, Adviser.mailbox_id == Mailbox.id)
        .where(Adviser.organisation_id == organisation.id)
    )
    shown = (Shown(mailboxes.address_of(row, named), row.status is MailboxStatus.OPEN) for row in rows)
    return sorted(shown, key=lambda each: each.address)


def _at(session: Session, organisation: Organisation, mailbox: Mailbox) -> Adviser | None:
    of_theirs = Adviser.organisation_id == organisation.id
    return session.scalar(select(Adviser).where(of_theirs, Adviser.mailbox_id == mailbox.id))
