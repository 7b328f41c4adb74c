"""Who follows a training beside it: named by somebody, and asked first."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, delete, exists, func, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from lti_tool.domain import moments
from lti_tool.domain.clock import Now
from lti_tool.models.contacts import GONE, Contact, ContactKind, ContactStatus
from lti_tool.models.courses import Membership
from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.organisations import Organisation
from lti_tool.models.people import Mailbox, MailboxStatus, Person
from lti_tool.models.releases import Release
from lti_tool.models.sealed import Sealed
from lti_tool.models.team_notes import TeamNote
from lti_tool.models.tracks import Cohort, Enrolment, Track
from lti_tool.services import budgets, deliveries, digests, firsts, mailboxes, sealing, service_letters
from lti_tool.services.keys import NamedKeys

PLACE = sealing.common_place("contact.name")
INVITATION = "invitation"
# An invitation without an answer is taken back.
WAITS = timedelta(days=14)
# Invitations of those days: so many for a group, and by one learner over all trainings.
MOST = {ContactKind.CONTACT: 10, ContactKind.LEADER: 3, ContactKind.BUDDY: 3}
THERE = (ContactStatus.INVITED, ContactStatus.CONFIRMED)


class Refusal(StrEnum):
    """Why somebody cannot be named."""

    NO_ADDRESS = "no_address"
    ELSEWHERE = "address_elsewhere"
    ASKED_BEFORE = "asked_before"
    TOO_MANY = "too_many"
    TRIAL = "looks_as_learner"


@dataclass(frozen=True)
class Circle:
    """All of one kind who follow a group, or one person in it. about: of contacts a cohort."""

    kind: ContactKind
    about: Cohort | Enrolment

    @property
    def rows(self) -> ColumnElement[bool]:
        """Which contacts these are."""
        column = Contact.cohort_id if isinstance(self.about, Cohort) else Contact.enrolment_id
        return (Contact.kind == self.kind) & (column == self.about.id)


@dataclass(frozen=True)
class Typed:
    """What somebody fills in. tells_name: a leader or a buddy may know who named them."""

    name: str
    address: str
    locale: str
    tells_name: bool = False


@dataclass(frozen=True)
class Shown:
    """A contact as whoever named them sees it. is_reached: no mail to the address came back.

    is_unknown: nobody knows whether a letter arrived.
    """

    id: UUID
    name: str
    status: str
    is_reached: bool = True
    is_unknown: bool = False


def name(
    session: Session, circle: Circle, by: Person, typed: Typed, named: NamedKeys, now: datetime
) -> Contact | Refusal:
    """Names a contact of a cohort, or the leader or a buddy of somebody in one, and plans the invitation.

    now: the calendar clock. An address is asked once: for a group, and by a learner in all trainings unless
    it gave a yes. One that wants no mail is not told apart from others, since that is nobody's business but
    its owner's.
    """
    if by.is_trial:
        return Refusal.TRIAL
    about = circle.about
    cohort = about if isinstance(about, Cohort) else session.get_one(Cohort, about.cohort_id)
    if mailboxes.normalise(typed.address) is None:
        return Refusal.NO_ADDRESS
    if not _is_ours(session, cohort, typed.address, named):
        return Refusal.ELSEWHERE
    mailbox = mailboxes.find_or_make(session, typed.address, named, now)
    assert mailbox is not None  # noqa: S101  it is an address
    contact = _contact(circle, by, mailbox, typed, named, now)
    if not _has_room(session, circle, by, now):
        return Refusal.TOO_MANY
    if _has_no_yes(session, circle, by, mailbox) or not firsts.add(session, contact):
        return Refusal.ASKED_BEFORE
    today = moments.local(now, cohort.time_zone).date()
    service_letters.plan(session, contact, INVITATION, mailbox.id, now=now, today=today, holds=WAITS)
    return contact


def answer(session: Session, contact: Contact, *, says_yes: bool, now: datetime) -> None:
    """What the contact wants from now on; the letters follow. One who was taken back meanwhile stays so."""
    session.refresh(contact, with_for_update=True)
    if contact.status in GONE:
        return
    wanted = ContactStatus.CONFIRMED if says_yes else ContactStatus.STOPPED
    if contact.status is not wanted:
        contact.status, contact.answered_at = wanted, now
    digests.replan(session, [contact.id], now)


def remove(session: Session, contact: Contact, named: NamedKeys, now: datetime) -> None:
    """Takes a contact back: name and address go, no letter comes, and no link opens anything any more.

    What they noted goes too, whose keys went before (`team_notes.key_ids`).
    """
    # Before the letters, as rounds do.
    budgets.hold(session, [contact.mailbox_id])
    contact.status, contact.name = ContactStatus.REMOVED, sealed("", named)
    session.execute(delete(Release).where(Release.contact_id == contact.id))
    session.execute(delete(TeamNote).where(TeamNote.contact_id == contact.id))
    digests.replan(session, [contact.id], now)
    mailboxes.forget_unused(session, [contact.mailbox_id])


def lapse(session: Session, named: NamedKeys, now: datetime) -> None:
    """Takes back every invitation that nobody answered in two weeks (calendar clock)."""
    # It stands in the text of the statement, as in `deliveries.claim`.
    invited = bindparam("invited", ContactStatus.INVITED, Contact.status.type, literal_execute=True)
    lapsed = session.execute(
        update(Contact)
        .where(Contact.status == invited, Contact.invited_at < now - WAITS)
        .values(status=ContactStatus.LAPSED, name=sealed("", named))
        .returning(Contact.id, Contact.mailbox_id)
        .execution_options(synchronize_session=False)
    ).all()
    if lapsed:
        session.execute(delete(Release).where(Release.contact_id.in_([row.id for row in lapsed])))
        mailboxes.forget_unused(session, [row.mailbox_id for row in lapsed])


def find(session: Session, circle: Circle, contact_id: UUID) -> Contact | None:
    """One of those who were named, unless taken back."""
    return session.scalar(
        select(Contact).where(Contact.id == contact_id, circle.rows, Contact.status.not_in(GONE))
    )


def was_there(session: Session, circle: Circle, contact_id: UUID) -> bool:
    """Whether one of those who were named has been taken back, or never answered."""
    found = select(Contact.id).where(Contact.id == contact_id, circle.rows, Contact.status.in_(GONE))
    return session.scalar(select(found.exists())) is True


def listing(session: Session, circle: Circle, named: NamedKeys) -> list[Shown]:
    """Who was named, in that order, without those who were taken back."""
    return [shown for _, shown in _listed(session, circle.rows, named)]


def named_by(
    session: Session, enrolment_ids: Collection[UUID], named: NamedKeys
) -> Mapping[UUID, list[tuple[ContactKind, Shown]]]:
    """Whom these people named, each in that order, without those who were taken back; by enrolment."""
    found: dict[UUID, list[tuple[ContactKind, Shown]]] = defaultdict(list)
    for row, shown in _listed(session, Contact.enrolment_id.in_(enrolment_ids), named):
        if row.enrolment_id is not None:
            found[row.enrolment_id].append((row.kind, shown))
    return found


def _listed(
    session: Session, which: ColumnElement[bool], named: NamedKeys
) -> Iterator[tuple[Contact, Shown]]:
    rows = session.execute(
        select(Contact, Mailbox.status, unknown(Contact.id).exists())
        .join(Mailbox, Mailbox.id == Contact.mailbox_id)
        .where(which, Contact.status.not_in(GONE))
        .order_by(Contact.invited_at)
    )
    for row, status, is_unknown in rows:
        can_reach = status is not MailboxStatus.REFUSED
        yield row, Shown(row.id, name_of(row, named), row.status.value, can_reach, is_unknown)


def unknown(contact_id: UUID | InstrumentedAttribute[UUID]) -> Select[UUID]:
    """The letters of a contact of which nobody knows whether they arrived."""
    return select(Delivery.id).where(
        Delivery.contact_id == contact_id, Delivery.status == DeliveryStatus.UNKNOWN
    )


def send_again(session: Session, contact: Contact, now: Now) -> bool:
    """A trainer's word: what may not have arrived goes out once more; False when there is nothing."""
    waiting = list(session.scalars(unknown(contact.id)))
    tenant = contact.organisation_id
    return sum(deliveries.send_again(session, tenant, each, now) for each in waiting) > 0


def lapsed(session: Session, circle: Circle) -> int:
    """How many never answered."""
    counted = select(func.count()).where(circle.rows, Contact.status == ContactStatus.LAPSED)
    return session.scalars(counted).one()


def names(session: Session, cohort_id: UUID, named: NamedKeys) -> list[str]:
    """Who gets team cards about a cohort, and in which channels they stand, for its learners to see."""
    rows = session.scalars(
        select(Contact)
        .where(Contact.cohort_id == cohort_id, Contact.status == ContactStatus.CONFIRMED)
        .order_by(Contact.invited_at)
    )
    return [name_of(row, named) for row in rows]


def name_of(contact: Contact, named: NamedKeys) -> str:
    """The name, as it was typed."""
    return sealing.unseal(named.common, PLACE, contact.name)


def sealed(text: str, named: NamedKeys) -> Sealed:
    """A name as it is kept."""
    return sealing.seal(named.common, PLACE, text)


def _is_ours(session: Session, cohort: Cohort, address: str, named: NamedKeys) -> bool:
    """Whether an address is in the organisation's mail domains, or told by the LMS of somebody in the course.

    Never one that somebody gave themselves: whoever guesses it would learn whose it is.
    """
    domain = (mailboxes.normalise(address) or "").rpartition("@")[2]
    if domain in session.get_one(Organisation, cohort.organisation_id).mail_domains.split():
        return True
    mailbox = mailboxes.find(session, address, named)
    if mailbox is None:
        return False
    in_course = (
        select(Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .join(Track, Track.course_id == Membership.course_id)
        .where(Track.id == cohort.track_id, Person.lms_mailbox_id == mailbox.id)
    )
    return session.scalar(in_course.limit(1)) is not None


def _has_room(session: Session, circle: Circle, by: Person, now: datetime) -> bool:
    """Whether one more may be asked: one leader at a time, and not too many by a learner in all trainings."""
    there = exists().where(circle.rows, Contact.status.in_(THERE))
    if circle.kind is ContactKind.LEADER and session.scalar(select(there)):
        return False
    is_of_group = circle.kind is ContactKind.CONTACT
    asked = circle.rows if is_of_group else _asked_by(by) & (Contact.kind == circle.kind)
    waiting = (Contact.invited_at > now - WAITS) & Contact.answered_at.is_(None)
    return session.scalars(select(func.count()).where(asked, waiting)).one() < MOST[circle.kind]


def _has_no_yes(session: Session, circle: Circle, by: Person, mailbox: Mailbox) -> bool:
    """Whether a learner asked this address before, in any training and as whatever, and no yes stands."""
    if circle.kind is ContactKind.CONTACT:
        return False
    asked = (Contact.mailbox_id == mailbox.id) & (Contact.status != ContactStatus.CONFIRMED)
    return session.scalar(select(exists().where(_asked_by(by), asked))) is True


def _asked_by(learner: Person) -> ColumnElement[bool]:
    kinds = (ContactKind.LEADER, ContactKind.BUDDY)
    return (Contact.named_by == learner.id) & Contact.kind.in_(kinds)


def _contact(
    circle: Circle, by: Person, mailbox: Mailbox, typed: Typed, named: NamedKeys, now: datetime
) -> Contact:
    about, is_of_one = circle.about, circle.kind is not ContactKind.CONTACT
    return Contact(
        organisation_id=about.organisation_id,
        kind=circle.kind,
        cohort_id=None if is_of_one else about.id,
        enrolment_id=about.id if is_of_one else None,
        mailbox_id=mailbox.id,
        name=sealed(typed.name, named),
        locale=typed.locale,
        named_by=by.id,
        tells_name=is_of_one and typed.tells_name,
        invited_at=now,
    )
