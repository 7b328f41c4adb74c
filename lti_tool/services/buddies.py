"""What a learner lets a buddy see: each thing by itself, as it stands now, until it is taken back."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from lti_tool.domain.releases import Reader, Shareable
from lti_tool.models.contacts import GONE, Contact, ContactStatus
from lti_tool.models.tracks import Enrolment
from lti_tool.services import contact_facts, enrolments, releases
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.contact_facts import Follower
from lti_tool.services.keys import Key
from lti_tool.services.plan_answers import Writer
from lti_tool.services.releases import Audience, Thing


def shown_to(session: Session, buddy: Follower, key: Key | None, catalogue: Catalogue) -> list[Thing]:
    """What a buddy sees now; nothing without a yes, and nothing of who was erased."""
    is_on = buddy.contact.status is ContactStatus.CONFIRMED
    if not is_on or key is None or buddy.enrolment is None or buddy.person is None:
        return []
    writer = Writer(buddy.enrolment, buddy.person, key)
    may_see = released(session, buddy.contact)
    there = releases.things(session, [writer], catalogue)[buddy.enrolment.id]
    return [thing for thing in there if thing.item in may_see]


def released(session: Session, contact: Contact) -> frozenset[Shareable]:
    """What a buddy may see now."""
    return releases.released_to(session, [contact.id])[contact.id]


def release(session: Session, contact: Contact, items: Collection[Shareable], now: datetime) -> None:
    """Lets a buddy see these things and nothing else; of one who was taken back nothing (calendar clock)."""
    if contact.enrolment_id is None:
        return
    # Before the contact, as whoever erases does.
    enrolments.hold(session, [contact.enrolment_id])
    session.refresh(contact, with_for_update=True)
    if contact.status in GONE:
        return
    audience = Audience(session.get_one(Enrolment, contact.enrolment_id), Reader.BUDDY, contact.id)
    releases.release(session, audience, items, now)


def of_letter(session: Session, delivery_id: UUID) -> Follower | None:
    """The buddy whom a letter went to, however long ago; None for one who was taken back."""
    found = contact_facts.of_delivery(session, delivery_id)
    if found is None or not found[1].is_buddy or found[1].contact.status in GONE:
        return None
    return found[1]


def find(session: Session, delivery_id: UUID, now: datetime) -> Follower | None:
    """The same while the page is open: up to a week after the two weeks (calendar clock)."""
    buddy = of_letter(session, delivery_id)
    if buddy is None or buddy.is_over or buddy.local_day(now) > buddy.closes_on:
        return None
    return buddy
