"""The budget of a mailbox: one letter a day, two a week, over all trainings and tenants."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from lti_tool.domain import budget
from lti_tool.domain.budget import Coming
from lti_tool.domain.channels import HELLO
from lti_tool.domain.digests import DigestStep
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.people import Mailbox, MailboxDay, MailboxWeek
from lti_tool.services import firsts

_IS_COMING = (Delivery.kind == Kind.NUDGE) & Delivery.status.in_(
    [DeliveryStatus.PLANNED, DeliveryStatus.CLAIMED]
)

NO_ROOM = "no_room_today"
"""Why a letter was put off that found its mailbox full."""

ASKED_ENOUGH = "buddy_asked_enough"
"""Why a question to a buddy never goes."""

_MAY_HAVE_GONE = Delivery.status.in_([DeliveryStatus.SENDING, DeliveryStatus.SENT, DeliveryStatus.UNKNOWN])


class Book:
    """What is taken and planned around a day, in mailboxes that are held until the transaction ends."""

    def __init__(self, session: Session, mailbox_ids: Iterable[UUID], around: date) -> None:
        self._session = session
        ids = set(mailbox_ids)
        days = [around + timedelta(days=each) for each in (-1, 0, 1)]
        weeks = {budget.iso_week(day) for day in days}
        self._days = {
            (row.mailbox_id, row.on)
            for row in session.scalars(
                select(MailboxDay).where(MailboxDay.mailbox_id.in_(ids), MailboxDay.on.in_(days))
            )
        }
        self._slots: defaultdict[tuple[UUID, str], set[int]] = defaultdict(set)
        for row in session.scalars(
            select(MailboxWeek).where(MailboxWeek.mailbox_id.in_(ids), MailboxWeek.iso_week.in_(weeks))
        ):
            self._slots[row.mailbox_id, row.iso_week].add(row.slot)
        self._planned: defaultdict[UUID, dict[UUID, Coming]] = defaultdict(dict)
        coming = select(Delivery.mailbox_id, Delivery.id, Delivery.rank, Delivery.due_on)
        for each in session.execute(coming.where(Delivery.mailbox_id.in_(ids), _IS_COMING)):
            self._planned[each.mailbox_id][each.id] = Coming(each.rank, each.due_on)

    def take(self, mailbox_id: UUID, delivery: Delivery, on: date) -> bool:
        """Takes the day and a slot of the week for a letter; False when there is no room today.

        The rows are what keeps the promise: a mailbox has one for each day, and one for each slot. It is the
        letter's day then, whatever day it was planned for.
        """
        week = budget.iso_week(on)
        taken, planned = self._slots[mailbox_id, week], self._planned[mailbox_id]
        slot = budget.free_slot(delivery.rank, taken)
        others = [each for delivery_id, each in planned.items() if delivery_id != delivery.id]
        if (mailbox_id, on) in self._days or slot is None:
            return False
        if budget.gives_way(delivery.rank, on, others, taken):
            return False
        self._session.add(MailboxDay(mailbox_id=mailbox_id, on=on, delivery_id=delivery.id))
        self._session.add(
            MailboxWeek(mailbox_id=mailbox_id, iso_week=week, slot=slot, delivery_id=delivery.id)
        )
        delivery.due_on = on
        self._days.add((mailbox_id, on))
        taken.add(slot)
        planned.pop(delivery.id, None)
        return True


def hold(session: Session, mailbox_ids: Iterable[UUID | None]) -> None:
    """Lets others who want a place in the same mailboxes wait until the transaction ends."""
    # In one order, so that two who hold several never wait for each other. SQLite writes one by one anyway.
    session.execute(
        select(Mailbox.id)
        .where(Mailbox.id.in_({each for each in mailbox_ids if each is not None}))
        .order_by(Mailbox.id)
        .with_for_update(key_share=True)
    )


def take_card(session: Session, mailbox_id: UUID, delivery: Delivery, on: date) -> bool:
    """Takes the day and the one place of the week for a card; False when there is no room today.

    It gives way to a letter of one's own training that stands planned for this day.
    """
    hold(session, [mailbox_id])
    if any(other.on == on for other in _others(session, mailbox_id, delivery)):
        return False
    week = MailboxWeek(
        mailbox_id=mailbox_id, iso_week=budget.iso_week(on), slot=budget.CARD_SLOT, delivery_id=delivery.id
    )
    is_ours = firsts.add(session, MailboxDay(mailbox_id=mailbox_id, on=on, delivery_id=delivery.id), week)
    if is_ours:
        delivery.due_on = on
    return is_ours


def has_buddy_asked_enough(session: Session, mailbox_id: UUID) -> bool:
    """Whether a mailbox had all its questions as a buddy, of whichever learners, trainings and tenants.

    It counts what is still kept: retention ends the rows, long after the pages of those buddies have closed.
    The mailbox is held, as in `take_card`, so that two questions never both take the last place.
    """
    hold(session, [mailbox_id])
    gone = select(func.count()).where(
        Delivery.mailbox_id == mailbox_id, Delivery.step == DigestStep.BUDDY, _MAY_HAVE_GONE
    )
    return session.scalars(gone).one() >= budget.BUDDY_LETTERS


def take_service(session: Session, mailbox_id: UUID, delivery: Delivery, on: date) -> bool:
    """Whether a service letter may go to a mailbox today; it then counts for today.

    The mailbox is locked until the transaction ends, so that two workers never both take the last place.
    """
    hold(session, [mailbox_id])
    gone = session.scalar(
        select(func.count()).where(
            Delivery.mailbox_id == mailbox_id,
            or_(Delivery.kind == Kind.SERVICE, Delivery.step == HELLO),
            Delivery.due_on == on,
            _MAY_HAVE_GONE,
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


def give_back(session: Session, delivery_ids: Collection[UUID]) -> None:
    """The letters did not go out: their days and slots are free again."""
    if delivery_ids:
        session.execute(delete(MailboxDay).where(MailboxDay.delivery_id.in_(delivery_ids)))
        session.execute(delete(MailboxWeek).where(MailboxWeek.delivery_id.in_(delivery_ids)))


def _taken(session: Session, mailbox_id: UUID, week: str) -> set[int]:
    slots = select(MailboxWeek.slot).where(MailboxWeek.mailbox_id == mailbox_id, MailboxWeek.iso_week == week)
    return set(session.scalars(slots))


def _others(session: Session, mailbox_id: UUID, delivery: Delivery) -> list[Coming]:
    rows = session.execute(
        select(Delivery.rank, Delivery.due_on).where(
            Delivery.mailbox_id == mailbox_id, _IS_COMING, Delivery.id != delivery.id
        )
    )
    return [Coming(rank, on) for rank, on in rows]
