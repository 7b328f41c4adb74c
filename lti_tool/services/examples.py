"""Examples of letters, sent to the trainer who asks; outside the budget of a week and every figure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lti_tool.domain import budget
from lti_tool.domain.clock import Now
from lti_tool.domain.workdays import DAY
from lti_tool.models.activities import Activity
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.people import Mailbox, Person
from lti_tool.models.tracks import Cohort, Track
from lti_tool.services import budgets, service_letters, zones
from lti_tool.services.mailboxes import Reach
from lti_tool.services.specimens import EVERY, Specimen
from lti_tool.services.tracks import Placed

STEP = "example:"
OPEN = (DeliveryStatus.PLANNED, DeliveryStatus.CLAIMED)
OUT = (DeliveryStatus.SENDING, DeliveryStatus.SENT, DeliveryStatus.UNKNOWN)


class Offer(StrEnum):
    """Whether a trainer can be sent an example now."""

    POSSIBLE = "possible"
    TODAY = "today"  # their address had its share of such letters today
    NO_ADDRESS = "no_address"
    REFUSED = "refused"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Asked:
    """An example that is to be written: for whom, of which letter, and about which training."""

    person: Person
    track: Track
    cohort: Cohort
    letter: Specimen


def reach(session: Session, person: Person) -> Reach:
    """Whether letters reach the address that the LMS says; one that somebody typed is not asked about."""
    mailbox = session.get(Mailbox, person.lms_mailbox_id) if person.lms_mailbox_id else None
    return Reach(mailbox.status) if mailbox else Reach.NO_ADDRESS


def offer(session: Session, person: Person, today: date) -> tuple[Offer, int]:
    """Whether somebody can be sent an example on their local day, and how many more that day.

    Only to the address of their launch.
    """
    found = reach(session, person)
    if found is not Reach.OPEN:
        return Offer(found), 0
    more = left(session, person, today)
    return (Offer.POSSIBLE if more else Offer.TODAY), more


def left(session: Session, person: Person, today: date) -> int:
    """How many more their address can get that day; other service letters count as well."""
    taken = session.scalar(
        select(func.count()).where(
            Delivery.mailbox_id == person.lms_mailbox_id,
            Delivery.kind == Kind.SERVICE,
            Delivery.due_on == today,
            Delivery.status.in_([*OPEN, *OUT]),
        )
    )
    return max(0, budget.SERVICE_LETTERS - (taken or 0))


def waits(session: Session, person: Person) -> bool:
    """Whether an example found no room on the day that it was asked for, and goes on the next."""
    put_off = Delivery.status.in_(OPEN), Delivery.reason == budgets.NO_ROOM
    mine = select(Delivery.id).where(
        Delivery.person_id == person.id, Delivery.step.startswith(STEP), *put_off
    )
    return session.scalar(mine.limit(1)) is not None


def send(session: Session, person_id: UUID, placed: Placed, letter: Specimen, now: Now) -> Offer:
    """Plans the letter, when it can be sent now; what was possible."""
    # Locked: of two presses at once, the second finds what the first made.
    person = session.get_one(Person, person_id, with_for_update=True, populate_existing=True)
    today = zones.today(person, placed.cohort, now.calendar)
    found, _ = offer(session, person, today)
    if found is not Offer.POSSIBLE:
        return found
    service_letters.plan(
        session,
        person,
        f"{STEP}{letter.name}",
        person.lms_mailbox_id,
        now=now.calendar,
        today=today,
        holds=DAY,
        activity_id=placed.activity.id,
    )
    return found


def of_letter(session: Session, delivery: Delivery) -> Asked | None:
    """What an example is about; None when that is there no more, or of a letter that is not known here."""
    letter = EVERY.get(delivery.step.removeprefix(STEP))
    if letter is None:
        return None
    row = session.execute(
        select(Person, Track, Cohort)
        .select_from(Activity)
        .join(Person, Person.id == delivery.person_id)
        .join(Track, Track.id == Activity.track_id)
        .join(Cohort, (Cohort.track_id == Track.id) & (Cohort.number == 1))
        .where(Activity.id == delivery.activity_id)
    ).one_or_none()
    return Asked(*row, letter) if row is not None else None
