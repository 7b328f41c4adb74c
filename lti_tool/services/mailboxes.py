"""Addresses, outside any tenant."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Update, delete, exists, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from lti_tool.models.advisers import Adviser
from lti_tool.models.archives import ArchiveLink, LinkStatus
from lti_tool.models.contacts import GONE, Contact
from lti_tool.models.deliveries import Delivery
from lti_tool.models.own_addresses import OwnAddress
from lti_tool.models.people import Mailbox, MailboxDay, MailboxStatus, MailboxWeek, Person
from lti_tool.services import deliveries, sealing
from lti_tool.services.keys import NamedKeys

PLACE = sealing.common_place("mailbox.address")


class Reach(StrEnum):
    """Whether letters reach a person."""

    OPEN = "open"
    NO_ADDRESS = "no_address"
    REFUSED = "refused"  # their server sent one back for good
    STOPPED = "stopped"  # they want none


def normalise(address: str) -> str | None:
    """An address as it is compared: without white space, in lower case; None when it is none."""
    address = address.strip().lower()
    local, _, domain = address.rpartition("@")
    if not local or not domain or len(address) > 254 or any(c.isspace() for c in address):
        return None
    return address


def find(session: Session, address: str, named: NamedKeys) -> Mailbox | None:
    """The mailbox of an address, when there is one."""
    mark = _mark(address, named)
    return session.scalar(select(Mailbox).where(Mailbox.address_hmac == mark)) if mark else None


def find_or_make(session: Session, address: str, named: NamedKeys, now: datetime) -> Mailbox | None:
    """The mailbox of an address; None for what is no address."""
    return find_or_make_all(session, [address], named, now).get(address)


def find_or_make_all(
    session: Session, addresses: Iterable[str], named: NamedKeys, now: datetime
) -> dict[str, Mailbox]:
    """The mailboxes of addresses, by address as it was given; what is no address is left out."""
    given = {address: normal for address in addresses if (normal := normalise(address))}
    marks = {address: named.fingerprint(f"address:{normal}") for address, normal in given.items()}
    # Held, so that none of them is forgotten before somebody has it.
    rows = session.scalars(
        select(Mailbox)
        .where(Mailbox.address_hmac.in_(set(marks.values())))
        .order_by(Mailbox.id)
        .with_for_update(read=True, key_share=True)
        .execution_options(populate_existing=True)
    )
    known = {mailbox.address_hmac: mailbox for mailbox in rows}
    for address, mark in marks.items():
        if mark not in known:
            known[mark] = Mailbox(address_hmac=mark, created_at=now)
            session.add(known[mark])
        if known[mark].address is None:
            known[mark].address = sealing.seal(named.common, PLACE, address.strip())
    session.flush()
    return {address: known[mark] for address, mark in marks.items()}


def of_channel(session: Session, url: str, named: NamedKeys, now: datetime) -> Mailbox:
    """The mailbox of a channel's address; it is open, also when it refused a post before."""
    mark = named.fingerprint(f"channel:{url}")
    # Held, so that it is not forgotten before the group has it.
    held = select(Mailbox).where(Mailbox.address_hmac == mark).with_for_update(read=True, key_share=True)
    found = session.scalar(held.execution_options(populate_existing=True))
    if found is None:
        found = Mailbox(address_hmac=mark, created_at=now)
        session.add(found)
    found.address, found.status = sealing.seal(named.common, PLACE, url), MailboxStatus.OPEN
    session.flush()
    return found


def _mark(address: str, named: NamedKeys) -> str | None:
    normal = normalise(address)
    return named.fingerprint(f"address:{normal}") if normal else None


def is_at(mailbox: Mailbox, address: str, named: NamedKeys) -> bool:
    """Whether a mailbox is the one of an address."""
    return _mark(address, named) == mailbox.address_hmac


def address_of(mailbox: Mailbox, named: NamedKeys) -> str:
    """The address itself, of a mailbox that somebody has."""
    assert mailbox.address is not None  # noqa: S101  only one that nobody has was forgotten
    return sealing.unseal(named.common, PLACE, mailbox.address)


def told_by_lms(person: Person, mailbox: Mailbox | None) -> None:
    """The LMS says that this is somebody's address; letters go there unless they gave one of their own.

    None: it says none, or what is no address; what it said before holds.
    """
    if mailbox is None:
        return
    person.lms_mailbox_id = mailbox.id
    if person.own_mailbox_id is None:
        person.mailbox_id = mailbox.id


def reach(session: Session, person: Person) -> Reach:
    """Whether letters reach a person; who looks as a learner sees what one with an address sees."""
    if person.is_trial:
        return Reach.OPEN
    mailbox = session.get(Mailbox, person.mailbox_id) if person.mailbox_id else None
    if mailbox is None:
        return Reach.NO_ADDRESS
    return Reach(mailbox.status)


def domain_of(session: Session, person: Person, named: NamedKeys) -> str | None:
    """What stands after the @ of a person's address, in lower case."""
    mailbox = session.get(Mailbox, person.mailbox_id) if person.mailbox_id else None
    address = normalise(address_of(mailbox, named)) if mailbox else None
    return address.rpartition("@")[2] if address else None


def stop(session: Session, person: Person) -> None:
    """Its owner wants no letter any more; one that its server refuses stays refused."""
    _change(session, person, MailboxStatus.OPEN, MailboxStatus.STOPPED)
    if person.mailbox_id is not None:
        deliveries.take_back(session, Delivery.mailbox_id == person.mailbox_id)


def reopen(session: Session, person: Person) -> None:
    """Its owner wants letters again."""
    _change(session, person, MailboxStatus.STOPPED, MailboxStatus.OPEN)


def try_again(session: Session, person: Person) -> None:
    """Its owner says that an address works which a server refused: the next letter will tell."""
    _change(session, person, MailboxStatus.REFUSED, MailboxStatus.OPEN)


def _change(session: Session, person: Person, before: MailboxStatus, after: MailboxStatus) -> None:
    session.execute(
        update(Mailbox).where(Mailbox.id == person.mailbox_id, Mailbox.status == before).values(status=after)
    )


def ending(condition: ColumnElement[bool]) -> Update:
    """The statement after which links to somebody's words open nothing. condition: which links."""
    ended = {"status": LinkStatus.ENDED, "token_hash": None, "expires_at": None}
    # It reads rows that somebody may have just changed: what is in hand is made anew.
    return update(ArchiveLink).where(condition).values(ended).execution_options(synchronize_session="fetch")


def refuse(session: Session, mailbox: Mailbox) -> None:
    """Its server refused a letter for good: nothing more goes there. Whose owner stopped it stays stopped.

    Links to somebody's words that went there end: the next who gets that address is somebody else.
    """
    owners = select(Person.id).where(Person.own_mailbox_id == mailbox.id)
    session.execute(ending(ArchiveLink.person_id.in_(owners)))
    if mailbox.status is MailboxStatus.OPEN:
        mailbox.status = MailboxStatus.REFUSED
        session.flush()
        deliveries.take_back(session, Delivery.mailbox_id == mailbox.id)


def forget_unused(session: Session, mailbox_ids: Iterable[UUID]) -> None:
    """Forgets addresses that nobody here has any more.

    Nothing stays of them but a fingerprint, where an address was asked before or its owner wants no mail.
    """
    ids = list(mailbox_ids)
    held = select(Mailbox.id).where(Mailbox.id.in_(ids)).order_by(Mailbox.id).with_for_update()
    session.execute(held)
    is_followed = exists().where(Contact.mailbox_id == Mailbox.id, Contact.status.not_in(GONE))
    readers = _without(Person.mailbox_id, Person.lms_mailbox_id, OwnAddress.mailbox_id, Adviser.mailbox_id)
    unknown = _without(Contact.mailbox_id, Delivery.mailbox_id, MailboxDay.mailbox_id, MailboxWeek.mailbox_id)
    nobodys = Mailbox.id.in_(ids), ~is_followed, *readers
    for statement in (
        delete(Mailbox).where(Mailbox.status != MailboxStatus.STOPPED, *nobodys, *unknown),
        update(Mailbox).where(*nobodys).values(address=None),
    ):
        session.execute(statement.execution_options(synchronize_session="fetch"))


def _without(*columns: InstrumentedAttribute[Any]) -> list[ColumnElement[bool]]:
    """No row refers to a mailbox in any of these columns."""
    return [~exists().where(column == Mailbox.id) for column in columns]
