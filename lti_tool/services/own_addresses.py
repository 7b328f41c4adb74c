"""Where mails go instead of to the address that the LMS says: given by a person, confirmed by a letter there.

What is known of an address elsewhere never shows: asking says the same whatever it is.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.orm import Session

from lti_tool.domain.clock import Now
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.organisations import Organisation
from lti_tool.models.own_addresses import AddressStatus, OwnAddress
from lti_tool.models.people import Mailbox, Person
from lti_tool.models.tracks import Enrolment
from lti_tool.services import archive_links, budgets, mailboxes, nudges, service_letters, zones
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.keys import NamedKeys
from lti_tool.services.learner_facts import Learner

STEP = "own_address"
HOLDS = timedelta(days=3)
"""How long the link of a letter can confirm (real clock)."""
OPEN_AT_ONCE = 3
UNDER_WAY = (DeliveryStatus.PLANNED, DeliveryStatus.CLAIMED)


class Refusal(StrEnum):
    """Why an address cannot be asked."""

    NO_ADDRESS = "no_address"
    TOO_MANY = "too_many_addresses"
    TRIAL = "looks_as_learner"


@dataclass(frozen=True)
class Asked:
    """An address that somebody gave, with whose mails would go there."""

    row: OwnAddress
    person: Person
    organisation: Organisation

    @property
    def is_confirmed(self) -> bool:
        """Whether mails go there."""
        return self.row.status is AddressStatus.CONFIRMED


def ask(session: Session, learner: Learner, address: str, named: NamedKeys, now: Now) -> Refusal | None:
    """Plans the letter to an address that somebody gives; None when it goes out. Twice is once."""
    if learner.person.is_trial:
        return Refusal.TRIAL
    # Locked: of two who ask at once, the second counts what the first made.
    person = session.get_one(Person, learner.person.id, with_for_update=True, populate_existing=True)
    if mailboxes.normalise(address) is None:
        return Refusal.NO_ADDRESS
    if _is_on_its_way(session, person, mailboxes.find(session, address, named)):
        return None
    if _open_now(session, person, now.real) >= OPEN_AT_ONCE:
        return Refusal.TOO_MANY
    mailbox = mailboxes.find_or_make(session, address, named, now.real)
    assert mailbox is not None  # noqa: S101  it is an address
    today = zones.today(person, learner.cohort, now.calendar)
    letter = service_letters.plan(
        session, learner.enrolment, STEP, mailbox.id, now=now.calendar, today=today, holds=HOLDS
    )
    session.add(
        OwnAddress(
            organisation_id=person.organisation_id,
            person_id=person.id,
            mailbox_id=mailbox.id,
            delivery_id=letter.id,
            asked_at=now.real,
            expires_at=now.real + HOLDS,
        )
    )
    session.flush()
    return None


def _is_on_its_way(session: Session, person: Person, mailbox: Mailbox | None) -> bool:
    """Whether a letter that asks the same is still to go."""
    waits = select(OwnAddress.id).join(Delivery, Delivery.id == OwnAddress.delivery_id)
    mine = OwnAddress.person_id == person.id, OwnAddress.mailbox_id == (mailbox.id if mailbox else None)
    is_asked = OwnAddress.status == AddressStatus.ASKED
    return (
        session.scalar(select(waits.where(*mine, is_asked, Delivery.status.in_(UNDER_WAY)).exists())) is True
    )


def of_letter(session: Session, delivery_id: UUID, now: datetime) -> Asked | None:
    """What a letter asks; None once it ran out (real clock), was answered with no, or is in use no more."""
    row = session.execute(
        select(OwnAddress, Person, Organisation)
        .join(Person, Person.id == OwnAddress.person_id)
        .join(Organisation, Organisation.id == OwnAddress.organisation_id)
        .where(
            OwnAddress.delivery_id == delivery_id,
            (OwnAddress.status == AddressStatus.CONFIRMED)
            | ((OwnAddress.status == AddressStatus.ASKED) & (OwnAddress.expires_at > now)),
        )
    ).one_or_none()
    return Asked(*row) if row is not None else None


def confirm(session: Session, asked: Asked, catalogue: Catalogue, now: Now) -> None:
    """From now on mails go there; what is planned goes along. Twice is once."""
    person = session.get_one(Person, asked.person.id, with_for_update=True, populate_existing=True)
    session.refresh(asked.row)
    if asked.row.status is not AddressStatus.ASKED:
        return
    _end(session, person)
    asked.row.status, asked.row.confirmed_at = AddressStatus.CONFIRMED, now.real
    person.own_mailbox_id = person.mailbox_id = asked.row.mailbox_id
    _send_there(session, person, catalogue, now.calendar)


def deny(session: Session, asked: Asked, catalogue: Catalogue, now: Now) -> None:
    """Whoever reads there wants no such mails: none go there, also when they did."""
    if asked.is_confirmed:
        take_back(session, asked.person, catalogue, now)
    asked.row.status = AddressStatus.DENIED
    session.flush()


def take_back(session: Session, who: Person, catalogue: Catalogue, now: Now) -> None:
    """Mails go to the address that the LMS says again; to nobody when it says none."""
    person = session.get_one(Person, who.id, with_for_update=True, populate_existing=True)
    _end(session, person)
    person.own_mailbox_id, person.mailbox_id = None, person.lms_mailbox_id
    _send_there(session, person, catalogue, now.calendar)


def in_use(session: Session, person: Person, named: NamedKeys) -> str | None:
    """The address that mails go to; None without any."""
    mailbox = session.get(Mailbox, person.mailbox_id) if person.mailbox_id else None
    return mailboxes.address_of(mailbox, named) if mailbox else None


def waiting(session: Session, person: Person, named: NamedKeys, now: datetime | None = None) -> list[str]:
    """The addresses that nobody confirmed yet; with `now` (real clock) those that still can be."""
    rows = session.scalars(
        select(Mailbox)
        .join(OwnAddress, OwnAddress.mailbox_id == Mailbox.id)
        .where(OwnAddress.person_id == person.id, OwnAddress.status == AddressStatus.ASKED)
        .where(OwnAddress.expires_at > now if now else OwnAddress.expires_at.is_not(None))
        .order_by(OwnAddress.asked_at)
    )
    return list(dict.fromkeys(mailboxes.address_of(mailbox, named) for mailbox in rows))


def lapse(session: Session, now: datetime) -> None:
    """Forgets the addresses that nobody confirmed in time, and those that are in use no more (real clock)."""
    # It stands in the text of the statement, as in `deliveries.claim`.
    confirmed = bindparam("confirmed", AddressStatus.CONFIRMED, OwnAddress.status.type, literal_execute=True)
    old = OwnAddress.expires_at <= now, OwnAddress.status != confirmed
    rows = session.execute(select(OwnAddress.mailbox_id, OwnAddress.delivery_id).where(*old)).all()
    if not rows:
        return
    budgets.hold(session, [row.mailbox_id for row in rows])
    session.execute(delete(OwnAddress).where(OwnAddress.delivery_id.in_([row.delivery_id for row in rows])))
    session.execute(
        update(Delivery)
        .where(Delivery.id.in_([row.delivery_id for row in rows]))
        .values(mailbox_id=None)
        .execution_options(synchronize_session=False)
    )
    mailboxes.forget_unused(session, [row.mailbox_id for row in rows])


def _open_now(session: Session, person: Person, now: datetime) -> int:
    """How many letters are out that nobody has said yes to; a no does not make room for another."""
    counted = select(func.count()).where(
        OwnAddress.person_id == person.id, OwnAddress.confirmed_at.is_(None), OwnAddress.expires_at > now
    )
    return session.scalars(counted).one()


def _end(session: Session, person: Person) -> None:
    session.execute(
        update(OwnAddress)
        .where(OwnAddress.person_id == person.id, OwnAddress.status == AddressStatus.CONFIRMED)
        .values(status=AddressStatus.ENDED)
    )


def _send_there(session: Session, person: Person, catalogue: Catalogue, now: datetime) -> None:
    """Everything that is still to come goes to where mails go now, and finds its room there."""
    session.flush()
    mine = list(session.scalars(select(Enrolment.id).where(Enrolment.person_id == person.id)))
    nudges.replan(session, mine, catalogue, now)
    session.execute(
        update(Delivery)
        .where(Delivery.enrolment_id.in_(mine), Delivery.kind == Kind.NUDGE, Delivery.status.in_(UNDER_WAY))
        .values(mailbox_id=person.mailbox_id)
    )
    # What went to the address before opens nothing any more. After the mailboxes, as where one is refused.
    archive_links.end(session, person)
