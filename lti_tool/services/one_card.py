"""One card a week for whoever follows: what is due together goes in one letter, over all their trainings.

The first letter of a week takes the place in the mailbox; what else is due for the same reader, in the same
organisation, goes with it. Those rows are done then, on the day of that letter: that is how its page finds
them. A mailbox has one card a day, so no other letter can be meant.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from lti_tool.domain import digests as rules
from lti_tool.domain.clock import Now
from lti_tool.domain.digests import DigestStep
from lti_tool.domain.nudges import Send
from lti_tool.models.contacts import ContactStatus
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.services import contact_facts
from lti_tool.services.contact_facts import Follower

REASON = "on_one_card"
"""Why a letter does not go by itself: it went with another."""

Letter = tuple[Delivery, Follower]

# What a card asks about when it is of several trainings: the first of these. A talk has a day of its own,
# before a training, so that talks go with talks only.
ORDER = (DigestStep.VALUE_CHECK, DigestStep.LEADER, DigestStep.CLOSED, DigestStep.OPENED)
TALKS = (DigestStep.TALK,)
_WAITS = Delivery.status.in_([DeliveryStatus.PLANNED, DeliveryStatus.CLAIMED])


def join(session: Session, own: Letter, was_on: date, now: Now) -> list[Letter]:
    """What goes in the letter of a row, which comes with it; what it asks about stands first.

    was_on: the day of that row before it found room today; what joined it then joins it again. Their mailbox
    is held.
    """
    delivery = own[0]
    again = _is_of(delivery) & _joined_on(was_on)
    found = session.scalars(select(Delivery).where(again | _waiting(delivery, now))).all()
    letters = [own]
    for row, follower in _with_followers(session, found):
        if row.status is DeliveryStatus.SKIPPED or _may_go(row, follower, now):
            row.status, row.reason, row.lease_until = DeliveryStatus.SKIPPED, REASON, None
            row.due_on, row.finished_at = delivery.due_on, now.real
            letters.append((row, follower))
    session.flush()
    return in_order(letters)


def joined(session: Session, delivery: Delivery) -> list[Letter]:
    """What went in the letter of a row, without the row itself."""
    found = session.scalars(select(Delivery).where(_is_of(delivery) & _joined_on(delivery.due_on)))
    return _with_followers(session, found.all())


def waiting_ids(session: Session, delivery_id: UUID, now: Now) -> list[UUID]:
    """The rows that are due for the same reader as this one."""
    delivery = session.get(Delivery, delivery_id)
    if delivery is None or delivery.kind is not Kind.DIGEST:
        return []
    return [row.id for row in session.scalars(select(Delivery).where(_waiting(delivery, now)))]


def in_order(letters: Sequence[Letter]) -> list[Letter]:
    """What a card asks about first, then by training."""
    place = {step: number for number, step in enumerate(ORDER)}
    return sorted(letters, key=lambda each: (place.get(DigestStep(each[0].step), 0), each[1].track.title))


def _waiting(delivery: Delivery, now: Now) -> ColumnElement[bool]:
    return _is_of(delivery) & _WAITS & (Delivery.due_at <= now.calendar)


def _is_of(delivery: Delivery) -> ColumnElement[bool]:
    """For the same reader, in the same organisation, and of a kind that goes on one card."""
    steps = TALKS if delivery.step in TALKS else ORDER
    return (
        (Delivery.mailbox_id == delivery.mailbox_id)
        & (Delivery.organisation_id == delivery.organisation_id)
        & (Delivery.kind == Kind.DIGEST)
        & Delivery.step.in_(steps if delivery.step in (*TALKS, *ORDER) else ())
        & (Delivery.id != delivery.id)
    )


def _joined_on(day: date) -> ColumnElement[bool]:
    is_done = (Delivery.status == DeliveryStatus.SKIPPED) & (Delivery.reason == REASON)
    return is_done & (Delivery.due_on == day)


def _may_go(row: Delivery, follower: Follower, now: Now) -> bool:
    if follower.obstacle(ContactStatus.CONFIRMED) is not None:
        return False
    return isinstance(rules.decide(follower.facts, row.step, row.occurrence, now=now.calendar), Send)


def _with_followers(session: Session, rows: Sequence[Delivery]) -> list[Letter]:
    ids = {row.contact_id for row in rows if row.contact_id is not None}
    of_each = {each.contact.id: each for each in contact_facts.gather(session, ids)} if ids else {}
    return [(row, of_each[row.contact_id]) for row in rows if row.contact_id in of_each]
