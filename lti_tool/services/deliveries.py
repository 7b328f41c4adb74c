"""The states of a delivery. Each change is conditional, so that two workers never both make it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, func, not_, or_, select, true, update
from sqlalchemy.orm import Session

from lti_tool.domain.clock import Now
from lti_tool.models.contacts import Contact
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.people import Person
from lti_tool.models.tracks import Enrolment
from lti_tool.services import budgets

WORKER_DIED = "worker_died"


@dataclass(frozen=True)
class Claim:
    """A delivery that is ours until `lease_until`, which no other claim has."""

    delivery_id: UUID
    kind: Kind
    lease_until: datetime


def recover(session: Session, now: datetime) -> None:
    """Takes back what was being sent by a worker that died (real clock).

    A letter may or may not have gone out: it becomes unknown and never goes out by itself again. A score is
    harmless to repeat. What a worker had claimed only is claimed anew by whoever comes next.
    """
    lapsed = and_(Delivery.status == DeliveryStatus.SENDING, Delivery.lease_until < now)
    # What is being sent has a Message-ID and no end, of which there is an index.
    left = and_(Delivery.message_id.is_not(None), Delivery.finished_at.is_(None), lapsed)
    is_score = Delivery.kind == Kind.SCORE
    _take_back(session, left & is_score, status=DeliveryStatus.PLANNED)
    _take_back(session, left & ~is_score, status=DeliveryStatus.UNKNOWN, reason=WORKER_DIED, finished_at=now)


def claim(
    session: Session,
    kinds: Collection[Kind],
    limit: int,
    lease: timedelta,
    now: Now,
    unless: ColumnElement[bool] | None = None,
) -> list[Claim]:
    """Claims what is due (calendar clock) and not waiting for a retry (real clock), oldest first.

    What a worker that died had claimed is taken over, and its place in a mailbox is free again.
    unless: what makes a delivery wait for something else.
    """
    # They stand in the text of the statement: by it a database knows that the index of these kinds will do.
    words = bindparam("kinds", tuple(kinds), Delivery.kind.type, expanding=True, literal_execute=True)
    is_lapsed = and_(Delivery.status == DeliveryStatus.CLAIMED, Delivery.lease_until < now.real)
    is_due = and_(
        Delivery.finished_at.is_(None),
        or_(Delivery.status == DeliveryStatus.PLANNED, is_lapsed),
        Delivery.kind.in_(words),
        Delivery.due_at <= now.calendar,
        or_(Delivery.retry_at.is_(None), Delivery.retry_at <= now.real),
        true() if unless is None else not_(unless),
    )
    oldest = select(Delivery.id).where(is_due).order_by(Delivery.due_at, Delivery.rank).limit(limit)
    due = oldest.with_for_update(skip_locked=True).cte("due")
    lease_until = now.real + lease
    claimed = session.execute(
        update(Delivery)
        .where(Delivery.id.in_(select(due.c.id)))
        .values(status=DeliveryStatus.CLAIMED, lease_until=lease_until)
        .returning(Delivery.id, Delivery.kind, Delivery.due_at, Delivery.rank)
        .execution_options(synchronize_session=False)
    )
    # RETURNING promises no order, and of two letters for one mailbox the higher rank goes first.
    in_order = sorted(claimed, key=lambda row: (row.due_at, row.rank))
    budgets.give_back(session, [row.id for row in in_order])
    return [Claim(row.id, row.kind, lease_until) for row in in_order]


def find_claimed(session: Session, claim: Claim) -> Delivery | None:
    """The delivery while the claim holds, locked: nobody takes it over before this transaction ends.

    Its mailbox is locked first, as in `hold_claimed`.
    """
    to = select(Delivery.mailbox_id).where(Delivery.id == claim.delivery_id)
    budgets.hold(session, session.scalars(to))
    ours = select(Delivery).where(Delivery.id == claim.delivery_id, _holds(claim))
    return session.scalar(ours.with_for_update())


def hold_claimed(session: Session, claims: Iterable[Claim]) -> list[tuple[Claim, Delivery]]:
    """The deliveries of claims that still hold, locked, in the order of the claims.

    Their mailboxes are locked first, as whoever changes a mailbox goes on to its deliveries.
    """
    ours = {claim.delivery_id: claim for claim in claims}
    mailboxes = select(Person.mailbox_id).join(Enrolment, Enrolment.person_id == Person.id)
    to = mailboxes.join(Delivery, Delivery.enrolment_id == Enrolment.id).where(Delivery.id.in_(ours))
    budgets.hold(session, session.scalars(to))
    rows = session.scalars(
        select(Delivery)
        .where(Delivery.id.in_(ours), Delivery.status == DeliveryStatus.CLAIMED)
        .order_by(Delivery.id)
        .with_for_update()
    )
    held = {row.id: row for row in rows if row.lease_until == ours[row.id].lease_until}
    return [(claim, held[claim.delivery_id]) for claim in ours.values() if claim.delivery_id in held]


def mark_sending(
    session: Session,
    claim: Claim,
    message_id: str,
    version: str,
    lease: timedelta,
    now: datetime,
    **also: object,
) -> bool:
    """Notes that a letter is about to go out; False when the claim was lost. also: further columns."""
    return _change(
        session,
        claim.delivery_id,
        _holds(claim),
        **also,
        status=DeliveryStatus.SENDING,
        message_id=message_id,
        template_version=version,
        lease_until=now + lease,
        attempts=Delivery.attempts + 1,
    )


def finish(
    session: Session,
    delivery_id: UUID,
    message_id: str,
    status: DeliveryStatus,
    reason: str | None,
    now: datetime,
) -> bool:
    """Records what became of a letter; also when it took so long that it was held for unknown."""
    return _change(
        session,
        delivery_id,
        _under_way(message_id),
        status=status,
        reason=reason,
        lease_until=None,
        finished_at=now,
    )


def retry(session: Session, delivery_id: UUID, message_id: str, reason: str, retry_at: datetime) -> bool:
    """Back to planned after a refusal for now (real clock), however long the server took for it."""
    return _change(
        session,
        delivery_id,
        _under_way(message_id),
        status=DeliveryStatus.PLANNED,
        reason=reason,
        lease_until=None,
        retry_at=retry_at,
        message_id=None,
        finished_at=None,
    )


def release(session: Session, claim: Claim, reason: str | None, retry_at: datetime | None) -> bool:
    """Gives a claim back, for instance because the mail server cannot be reached."""
    return _change(
        session,
        claim.delivery_id,
        _holds(claim),
        status=DeliveryStatus.PLANNED,
        reason=reason,
        lease_until=None,
        retry_at=retry_at,
    )


def postpone(session: Session, claim: Claim, due_at: datetime, due_on: date, reason: str) -> bool:
    """Moves a claimed delivery to a later moment (calendar clock)."""
    return _change(
        session,
        claim.delivery_id,
        _holds(claim),
        status=DeliveryStatus.PLANNED,
        due_at=due_at,
        due_on=due_on,
        reason=reason,
        lease_until=None,
    )


def skip(session: Session, claim: Claim, reason: str, now: datetime) -> bool:
    """Leaves a claimed delivery out for good, with the reason."""
    return _change(
        session,
        claim.delivery_id,
        _holds(claim),
        status=DeliveryStatus.SKIPPED,
        reason=reason,
        lease_until=None,
        finished_at=now,
    )


def send_again(session: Session, organisation_id: UUID, delivery_id: UUID, now: Now) -> bool:
    """A trainer's word: a letter that may not have arrived goes out once more, at the next round.

    It takes its place in the budget of its mailbox anew, on the day that it goes.
    """
    unknown = (Delivery.status == DeliveryStatus.UNKNOWN) & (Delivery.organisation_id == organisation_id)
    is_wanted = _change(
        session,
        delivery_id,
        unknown & (Delivery.kind != Kind.SCORE),
        status=DeliveryStatus.PLANNED,
        reason="sent_again",
        message_id=None,
        due_at=now.calendar,
        finished_at=None,
    )
    if is_wanted:
        budgets.give_back(session, [delivery_id])
    return is_wanted


def take_back(session: Session, which: ColumnElement[bool], *, awaits: bool = False) -> None:
    """What a round claimed of these, and did not send yet, is decided upon anew: a mailbox closes, or more.

    awaits: also what somebody decides upon just now, once it is decided.
    """
    claimed = which & (Delivery.status == DeliveryStatus.CLAIMED)
    budgets.give_back(session, _take_back(session, claimed, awaits=awaits, status=DeliveryStatus.PLANNED))


def next_due(session: Session) -> datetime | None:
    """When the next delivery is due (calendar clock)."""
    return session.scalar(
        select(Delivery.due_at)
        .where(Delivery.status == DeliveryStatus.PLANNED)
        .order_by(Delivery.due_at)
        .limit(1)
    )


def _take_back(
    session: Session, which: ColumnElement[bool], *, awaits: bool = False, **values: object
) -> list[UUID]:
    """Takes rows from whoever has them, but for those that somebody decides upon just now; their ids."""
    theirs = select(Delivery.id).where(which).order_by(Delivery.id).with_for_update(skip_locked=not awaits)
    changed = session.scalars(
        update(Delivery)
        .where(Delivery.id.in_(theirs))
        .values(lease_until=None, **values)
        .returning(Delivery.id)
        .execution_options(synchronize_session=False)
    )
    return list(changed)


def _holds(claim: Claim) -> ColumnElement[bool]:
    return (Delivery.status == DeliveryStatus.CLAIMED) & (Delivery.lease_until == claim.lease_until)


def _under_way(message_id: str) -> ColumnElement[bool]:
    """A letter that went to the server under this Message-ID, also when its lease lapsed meanwhile."""
    states = [DeliveryStatus.SENDING, DeliveryStatus.UNKNOWN]
    return (Delivery.message_id == message_id) & Delivery.status.in_(states)


def _change(session: Session, delivery_id: UUID, condition: ColumnElement[bool], **values: object) -> bool:
    change = update(Delivery).where(Delivery.id == delivery_id, condition).values(**values)
    unsynchronized = {"synchronize_session": False}
    return session.scalar(change.returning(Delivery.id), execution_options=unsynchronized) is not None


def key_ids(session: Session, delivery_ids: list[UUID]) -> list[UUID]:
    """The ids of the keys of the people whom deliveries are for, or whose leader they are for."""
    about = func.coalesce(Delivery.enrolment_id, Contact.enrolment_id)
    return list(
        session.scalars(
            select(Person.key_id)
            .join(Enrolment, Enrolment.person_id == Person.id)
            .where(
                Enrolment.id.in_(
                    select(about)
                    .outerjoin(Contact, Contact.id == Delivery.contact_id)
                    .where(Delivery.id.in_(delivery_ids))
                )
            )
        )
    )
