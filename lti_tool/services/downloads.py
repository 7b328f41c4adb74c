"""What is kept of somebody, sent to their own address as a download that works once.

Whoever asks for it in their place never sees the words, the address or the link.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from lti_tool.domain.clock import Now
from lti_tool.models.organisations import Organisation
from lti_tool.models.people import Person
from lti_tool.models.privacy import Download
from lti_tool.models.tracks import Cohort
from lti_tool.services import enrolments, mailboxes, service_letters, zones
from lti_tool.services.keys import NamedKeys
from lti_tool.services.mailboxes import Reach

STEP = "download"
HOLDS = timedelta(days=7)
"""How long a download can be taken (real clock)."""


class Offer(StrEnum):
    """Whether somebody can be sent a download now."""

    POSSIBLE = "possible"
    TODAY = "today"  # one was sent today
    NOT = "not"  # no mail reaches them, or none may


@dataclass(frozen=True)
class Sent:
    """A download with whose it is and who has it sent."""

    download: Download
    person: Person
    organisation: Organisation


def offer(session: Session, person: Person, named: NamedKeys, now: datetime) -> Offer:
    """Whether somebody can be sent a download now (real clock)."""
    if not may_get_mail(session, person, named) or enrolments.newest(session, person) is None:
        return Offer.NOT
    today = select(Download.id).where(Download.person_id == person.id, Download.made_on == now.date())
    return Offer.POSSIBLE if session.scalar(today) is None else Offer.TODAY


def may_get_mail(session: Session, person: Person, named: NamedKeys) -> bool:
    """Whether mail reaches somebody, within the mail domains of their organisation if it has any."""
    if mailboxes.reach(session, person) is not Reach.OPEN:
        return False
    domains = session.get_one(Organisation, person.organisation_id).mail_domains.split()
    return not domains or mailboxes.domain_of(session, person, named) in domains


def send(session: Session, person_id: UUID, named: NamedKeys, now: Now) -> bool:
    """Plans the letter; False when it cannot be sent now. At most one a day for a person."""
    # Locked: of two who ask at once, the second finds what the first made.
    person = session.get(Person, person_id, with_for_update=True, populate_existing=True)
    if person is None or offer(session, person, named, now.real) is not Offer.POSSIBLE:
        return False
    enrolment = enrolments.newest(session, person)
    assert enrolment is not None  # noqa: S101  the offer looked
    today = zones.today(person, session.get_one(Cohort, enrolment.cohort_id), now.calendar)
    letter = service_letters.plan(
        session, enrolment, STEP, person.mailbox_id, now=now.calendar, today=today, holds=HOLDS
    )
    session.add(
        Download(
            organisation_id=person.organisation_id,
            person_id=person.id,
            delivery_id=letter.id,
            made_on=now.real.date(),
            made_at=now.real,
            expires_at=now.real + HOLDS,
        )
    )
    session.flush()
    return True


def of_letter(session: Session, delivery_id: UUID, now: datetime) -> Sent | None:
    """The download of a letter; None once it was taken, ran out (real clock), or whose it was was erased."""
    row = session.execute(
        select(Download, Person, Organisation)
        .join(Person, Person.id == Download.person_id)
        .join(Organisation, Organisation.id == Download.organisation_id)
        .where(Download.delivery_id == delivery_id, Download.used_at.is_(None), Download.expires_at > now)
    ).one_or_none()
    return Sent(*row) if row is not None else None


def take(session: Session, download: Download, now: datetime) -> bool:
    """Uses up a download (real clock); False when somebody just did. The row decides who was first."""
    result = session.execute(
        update(Download)
        .where(Download.id == download.id, Download.used_at.is_(None), Download.expires_at > now)
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(result, CursorResult)  # noqa: S101  an UPDATE always gives one
    return result.rowcount == 1
