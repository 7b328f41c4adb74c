"""The budget of a mailbox: one letter a day, two a week, over all trainings and tenants."""

from datetime import date
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from lti_tool.domain import budget
from lti_tool.domain.budget import Coming
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.people import Mailbox, MailboxDay, MailboxWeek
from lti_tool.services import firsts


def take(session: Session, mailbox_id: UUID, delivery: Delivery, on: date) -> bool:
    """Takes the day and a slot of the week for a letter; False when there is no room today.

    The rows are what keeps the promise: of two workers that want the same day, one gets it.
    """
    week = budget.iso_week(on)
    taken = _taken(session, mailbox_id, week)
    slot = budget.free_slot(delivery.rank, taken)
    others = _others(session, mailbox_id, delivery)
    if slot is None or budget.gives_way(delivery.rank, on, others, taken):
        return False
    return firsts.add(
        session,
        MailboxDay(mailbox_id=mailbox_id, on=on, delivery_id=delivery.id),
        MailboxWeek(mailbox_id=mailbox_id, iso_week=week, slot=slot, delivery_id=delivery.id),
    )


def take_card(session: Session, mailbox_id: UUID, delivery: Delivery, on: date) -> bool:
    """Takes the day and the one place of the week for a card; False when there is no room today.

    It gives way to a letter of one's own training that stands planned for this day.
    """
    if any(other.on == on for other in _others(session, mailbox_id, delivery)):
        return False
    week = MailboxWeek(
        mailbox_id=mailbox_id, iso_week=budget.iso_week(on), slot=budget.CARD_SLOT, delivery_id=delivery.id
    )
    return firsts.add(session, MailboxDay(mailbox_id=mailbox_id, on=on, delivery_id=delivery.id), week)


def take_service(session: Session, mailbox_id: UUID, delivery: Delivery, on: date) -> bool:
    """Whether a service letter may go to a mailbox today; it then counts for today.

    The mailbox is locked until the transaction ends, so that two workers never both take the last place.
    """
    session.execute(select(Mailbox.id).where(Mailbox.id == mailbox_id).with_for_update())
    gone = session.scalar(
        select(func.count()).where(
            Delivery.mailbox_id == mailbox_id,
            Delivery.kind == Kind.SERVICE,
            Delivery.due_on == on,
            Delivery.status.in_([DeliveryStatus.SENDING, DeliveryStatus.SENT, DeliveryStatus.UNKNOWN]),
        )
    )
    if (gone or 0) >= budget.SERVICE_LETTERS:
        return False
    delivery.due_on = on
    session.flush()
    return True


def has_room(session: Session, mailbox_id: UUID, rank: int, on: date) -> bool:
    """Whether a letter of this rank would find its day and a slot free, as far as letters have gone."""
    if session.get(MailboxDay, (mailbox_id, on)) is not None:
        return False
    return budget.free_slot(rank, _taken(session, mailbox_id, budget.iso_week(on))) is not None


def give_back(session: Session, delivery_id: UUID) -> None:
    """The letter did not go out: its day and slot are free again."""
    session.execute(delete(MailboxDay).where(MailboxDay.delivery_id == delivery_id))
    session.execute(delete(MailboxWeek).where(MailboxWeek.delivery_id == delivery_id))


def _taken(session: Session, mailbox_id: UUID, week: str) -> set[int]:
    slots = select(MailboxWeek.slot).where(MailboxWeek.mailbox_id == mailbox_id, MailboxWeek.iso_week == week)
    return set(session.scalars(slots))


def _others(session: Session, mailbox_id: UUID, delivery: Delivery) -> list[Coming]:
    rows = session.execute(
        select(Delivery.rank, Delivery.due_on).where(
            Delivery.mailbox_id == mailbox_id,
            Delivery.kind == Kind.NUDGE,
            Delivery.status.in_([DeliveryStatus.PLANNED, DeliveryStatus.CLAIMED]),
            Delivery.id != delivery.id,
        )
    )
    return [Coming(rank, on) for rank, on in rows]
