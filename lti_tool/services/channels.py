"""Channels of Teams or Slack that team cards about a group go to, as text without figures of their own.

Nobody is asked first: whoever has the address of a channel was let in by who owns it.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from lti_tool.domain import channels as rules
from lti_tool.domain import moments
from lti_tool.domain.channels import Channel, Service
from lti_tool.domain.digests import STAYS
from lti_tool.models.contacts import Contact, ContactKind, ContactStatus
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.people import Mailbox, MailboxStatus, Person
from lti_tool.models.tracks import Cohort
from lti_tool.services import contacts, digests, firsts, mailboxes
from lti_tool.services.keys import NamedKeys

MOST = 3
"""So many channels get the cards of one group."""


class Refusal(StrEnum):
    """Why a channel cannot be added."""

    HERE_ALREADY = "channel_here"
    TOO_MANY = "too_many_channels"


@dataclass(frozen=True)
class Shown:
    """A channel as a trainer sees it, never with its address. is_reached: it did not refuse a post."""

    id: UUID
    name: str
    service: Service
    is_reached: bool
    is_unknown: bool


def add(
    session: Session,
    cohort: Cohort,
    by: Person,
    channel: Channel,
    name: str,
    locale: str,
    named: NamedKeys,
    now: datetime,
) -> Contact | Refusal:
    """Lets a channel have the team cards of a group (calendar clock); a first post goes at once."""
    mailbox = mailboxes.of_channel(session, channel.url, named, now)
    own = select(Contact).where(Contact.cohort_id == cohort.id, Contact.mailbox_id == mailbox.id)
    found = session.scalar(own.with_for_update())
    if found is not None and found.status is ContactStatus.CONFIRMED:
        return Refusal.HERE_ALREADY
    if len(_there(session, cohort)) >= MOST:
        return Refusal.TOO_MANY
    if found is None:
        found = _contact(cohort, mailbox, named, now)
        if not firsts.add(session, found):
            return Refusal.HERE_ALREADY
    found.name, found.locale, found.named_by = contacts.sealed(name, named), locale, by.id
    found.status, found.answered_at = ContactStatus.CONFIRMED, now
    _say_hello(session, found, cohort, now)
    digests.replan(session, [found.id], now)
    return found


def find(session: Session, cohort: Cohort, contact_id: UUID) -> Contact | None:
    """One of the channels of a group, unless taken back."""
    return session.scalar(select(Contact).where(Contact.id == contact_id, _is_there(cohort)))


def listing(session: Session, cohort: Cohort, named: NamedKeys) -> list[Shown]:
    """The channels of a group, in the order in which they came."""
    return [_shown(session, contact, named) for contact in _there(session, cohort)]


def number(session: Session) -> int:
    """How many channels get cards, over all organisations."""
    there = (Contact.kind == ContactKind.CHANNEL) & (Contact.status == ContactStatus.CONFIRMED)
    return session.scalar(select(func.count()).where(there)) or 0


def _is_there(cohort: Cohort) -> ColumnElement[bool]:
    return (
        (Contact.cohort_id == cohort.id)
        & (Contact.kind == ContactKind.CHANNEL)
        & (Contact.status == ContactStatus.CONFIRMED)
    )


def _there(session: Session, cohort: Cohort) -> list[Contact]:
    return list(session.scalars(select(Contact).where(_is_there(cohort)).order_by(Contact.invited_at)))


def _shown(session: Session, contact: Contact, named: NamedKeys) -> Shown:
    mailbox = session.get_one(Mailbox, contact.mailbox_id)
    channel = rules.read(mailboxes.address_of(mailbox, named), local=True)
    assert channel is not None  # noqa: S101  it was read before it was kept
    latest = session.scalar(
        select(Delivery.status)
        .where(Delivery.contact_id == contact.id, Delivery.finished_at.is_not(None))
        .order_by(Delivery.finished_at.desc())
        .limit(1)
    )
    is_reached = mailbox.status is MailboxStatus.OPEN and latest is not DeliveryStatus.FAILED
    name = contacts.name_of(contact, named)
    is_unknown = session.scalar(contacts.unknown(contact.id).limit(1)) is not None
    return Shown(contact.id, name, channel.service, is_reached, is_unknown)


def _contact(cohort: Cohort, mailbox: Mailbox, named: NamedKeys, now: datetime) -> Contact:
    return Contact(
        organisation_id=cohort.organisation_id,
        kind=ContactKind.CHANNEL,
        cohort_id=cohort.id,
        mailbox_id=mailbox.id,
        name=contacts.sealed("", named),
        locale="",
        status=ContactStatus.CONFIRMED,
        invited_at=now,
    )


def _say_hello(session: Session, contact: Contact, cohort: Cohort, now: datetime) -> None:
    """Like a service letter: at once, at any hour, outside the budget."""
    today = moments.local(now, cohort.time_zone).date()
    before = select(func.count()).where(Delivery.contact_id == contact.id, Delivery.step == rules.HELLO)
    session.add(
        Delivery(
            organisation_id=contact.organisation_id,
            kind=Kind.POST,
            contact_id=contact.id,
            mailbox_id=contact.mailbox_id,
            step=rules.HELLO,
            occurrence=(session.scalar(before) or 0) + 1,
            due_at=now,
            due_on=today,
            last_on=today + STAYS,
            status=DeliveryStatus.PLANNED,
            created_at=now,
        )
    )
    session.flush()
