"""A way to one's own words after leaving: a link in the person's own mail that lives while the address does.

Asking, however often and by whom, sends a letter to that one address and shows nothing to who asks.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from secrets import token_urlsafe
from uuid import UUID

from sqlalchemy import CursorResult, Select, delete, select, update
from sqlalchemy.orm import Session

from lti_tool.domain.clock import Now
from lti_tool.models.archives import ArchiveLink, LinkStatus
from lti_tool.models.deliveries import Delivery
from lti_tool.models.organisations import Organisation
from lti_tool.models.people import Mailbox, MailboxStatus, Person
from lti_tool.models.tracks import Cohort
from lti_tool.services import enrolments, mailboxes, service_letters, visits, zones

STEP = "archive"
HOLDS = timedelta(days=90)
"""How long a link opens (real clock): who says goodbye has a quarter, and a letter that somebody finds years
later opens nothing. Whoever still reads mail there asks for another."""
LETTER_HOLDS = timedelta(days=3)
KEPT = timedelta(days=7)
"""How long after the asking a link is known at least, open or not, so that asking stays once a day."""
RANDOM_BYTES = 32


class Offer(StrEnum):
    """Whether somebody can be sent a link now."""

    POSSIBLE = "possible"
    TODAY = "today"  # one was asked for today
    NO_ADDRESS = "no_address"  # they confirmed none of their own
    NOT = "not"  # no mail reaches them


@dataclass(frozen=True)
class Owned:
    """A link with whose it is."""

    link: ArchiveLink
    person: Person
    organisation: Organisation


def of_person(session: Session, person: Person) -> ArchiveLink | None:
    """What is known of somebody's link, whether it opens anything or not."""
    return session.scalar(select(ArchiveLink).where(ArchiveLink.person_id == person.id))


def live(session: Session, person: Person, now: datetime) -> ArchiveLink | None:
    """The link of somebody that opens their words now (real clock)."""
    row = session.execute(_opening(now).where(ArchiveLink.person_id == person.id)).one_or_none()
    return row[0] if row is not None else None


def offer(session: Session, person: Person, now: datetime) -> Offer:
    """Whether somebody can be sent a link now (real clock)."""
    if person.own_mailbox_id is None:
        return Offer.NO_ADDRESS
    is_open = session.get_one(Mailbox, person.own_mailbox_id).status is MailboxStatus.OPEN
    if not is_open or enrolments.newest(session, person) is None:
        return Offer.NOT
    known = of_person(session, person)
    return Offer.TODAY if known and known.asked_on == now.date() else Offer.POSSIBLE


def ask(session: Session, who: Person, now: Now) -> bool:
    """Plans the letter with a link; False when it cannot be sent now. At most one a day for a person.

    An earlier link opens until that letter goes.
    """
    # Locked: of two who ask at once, the second finds what the first made.
    person = session.get_one(Person, who.id, with_for_update=True, populate_existing=True)
    enrolment = enrolments.newest(session, person)
    if enrolment is None or offer(session, person, now.real) is not Offer.POSSIBLE:
        return False
    today = zones.today(person, session.get_one(Cohort, enrolment.cohort_id), now.calendar)
    letter = service_letters.plan(
        session, enrolment, STEP, person.own_mailbox_id, now=now.calendar, today=today, holds=LETTER_HOLDS
    )
    known = of_person(session, person)
    if known is None:
        known = ArchiveLink(organisation_id=person.organisation_id, person_id=person.id)
        session.add(known)
    if known.status is not LinkStatus.OPEN:
        known.status = LinkStatus.ASKED
    known.delivery_id, known.asked_on = letter.id, now.real.date()
    session.flush()
    return True


def of_letter(session: Session, delivery_id: UUID) -> Owned | None:
    """The link that a letter is to bring; None once it was ended, asked for anew, or mails go elsewhere."""
    row = session.execute(
        select(ArchiveLink, Person, Organisation)
        .join(Person, Person.id == ArchiveLink.person_id)
        .join(Organisation, Organisation.id == ArchiveLink.organisation_id)
        .join(Delivery, Delivery.id == ArchiveLink.delivery_id)
        .where(ArchiveLink.delivery_id == delivery_id, ArchiveLink.status != LinkStatus.ENDED)
        .where(Delivery.mailbox_id == Person.own_mailbox_id)
    ).one_or_none()
    return Owned(*row) if row is not None else None


def make(session: Session, link: ArchiveLink, now: datetime) -> str | None:
    """Lets a link open anew (real clock), after which what an earlier letter told opens nothing.

    The token in it, 256 bits: it is told in one letter and kept nowhere. None when it was ended a moment ago.
    """
    # Whoever ends it meanwhile either was first, and is heard here, or waits and ends what is made here.
    session.refresh(link, with_for_update=True)
    if link.status is LinkStatus.ENDED:
        return None
    token = token_urlsafe(RANDOM_BYTES)
    link.status, link.token_hash = LinkStatus.OPEN, visits.fingerprint(token)
    link.expires_at = now + HOLDS
    session.flush()
    return token


def find(session: Session, token: str, now: datetime) -> Owned | None:
    """Whose words a link opens (real clock).

    None once it ended or ran out, its address refuses mail, or whose it was was erased. It outlives the
    registration of the LMS: the words are still there, and still that person's.
    """
    row = session.execute(
        _opening(now).where(ArchiveLink.token_hash == visits.fingerprint(token))
    ).one_or_none()
    return Owned(*row) if row is not None else None


def note_opened(session: Session, link: ArchiveLink, now: datetime) -> bool:
    """Notes that a link shows words now (real clock); False when it was ended a moment ago."""
    result = session.execute(
        update(ArchiveLink)
        .where(ArchiveLink.id == link.id, ArchiveLink.token_hash == link.token_hash)
        .values(opened_on=now.date())
        .execution_options(synchronize_session=False)
    )
    assert isinstance(result, CursorResult)  # noqa: S101  an UPDATE always gives one
    return result.rowcount == 1


def end(session: Session, person: Person) -> None:
    """The link opens nothing any more, and a letter that was to bring one does not go."""
    session.execute(mailboxes.ending(ArchiveLink.person_id == person.id))


def sweep(session: Session, now: datetime) -> int:
    """Forgets links that open nothing any more (real clock); how many."""
    is_live = (ArchiveLink.status == LinkStatus.OPEN) & (ArchiveLink.expires_at > now)
    gone = delete(ArchiveLink).where(~is_live, ArchiveLink.asked_on < (now - KEPT).date())
    result = session.execute(gone.execution_options(synchronize_session=False))
    assert isinstance(result, CursorResult)  # noqa: S101  a DELETE always gives one
    return result.rowcount


def _opening(now: datetime) -> Select[ArchiveLink, Person, Organisation]:
    return (
        select(ArchiveLink, Person, Organisation)
        .join(Person, Person.id == ArchiveLink.person_id)
        .join(Organisation, Organisation.id == ArchiveLink.organisation_id)
        .join(Mailbox, Mailbox.id == Person.own_mailbox_id)
        .where(ArchiveLink.status == LinkStatus.OPEN, ArchiveLink.expires_at > now)
        .where(Mailbox.status != MailboxStatus.REFUSED)
    )
