"""Letters to those who follow as rows: planned anew on every change, decided upon at the last moment."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from lti_tool.domain import digests as rules
from lti_tool.domain.channels import HELLO
from lti_tool.domain.digests import DigestPlace
from lti_tool.domain.nudges import SkipReason
from lti_tool.models.contacts import Contact, ContactKind, ContactStatus
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.tracks import Enrolment
from lti_tool.services import contact_facts
from lti_tool.services.contact_facts import Follower

STOPPED = "contact_stopped"
MOVED = "dates_moved"
OPEN = {DeliveryStatus.PLANNED, DeliveryStatus.CANCELLED}
_IS_CARD = Delivery.kind.in_([Kind.DIGEST, Kind.POST]) & (Delivery.step != HELLO)


def replan_cohort(session: Session, cohort_id: UUID, now: datetime) -> None:
    """Brings the letters of all who follow a cohort, or somebody in it, in line with its dates."""
    in_cohort = select(Enrolment.id).where(Enrolment.cohort_id == cohort_id)
    ids = session.scalars(
        select(Contact.id).where(or_(Contact.cohort_id == cohort_id, Contact.enrolment_id.in_(in_cohort)))
    )
    replan(session, list(ids), now)


def replan_of(session: Session, enrolment_ids: Iterable[UUID], now: datetime) -> None:
    """The same of those who follow these learners, when their days or their group changed."""
    of_them = Contact.enrolment_id.in_(list(enrolment_ids))
    replan(session, list(session.scalars(select(Contact.id).where(of_them))), now)


def replan(session: Session, contact_ids: Iterable[UUID], now: datetime) -> None:
    """Brings the rows of those who follow in line with what is known now (calendar clock).

    Planning twice adds nothing; what was sent, or is being sent, is never touched.
    """
    session.flush()
    ids = list(contact_ids)
    rows = _hold(session, ids)
    for follower in contact_facts.gather(session, ids):
        own = {(row.step, row.occurrence): row for row in rows if row.contact_id == follower.contact.id}
        is_confirmed = follower.contact.status is ContactStatus.CONFIRMED
        is_on = is_confirmed and not follower.is_removed
        planned = {(str(p.step), p.occurrence): p for p in rules.places(follower.facts)} if is_on else {}
        for name, place in planned.items():
            _plan(session, follower, own.get(name), place, now)
        for name, row in own.items():
            if name not in planned and row.status is DeliveryStatus.PLANNED:
                _cancel(row, _why_not(follower, is_on=is_on), now)
    session.flush()


def of_organisation(session: Session, organisation_id: UUID) -> list[UUID]:
    """The ids of all who follow in an organisation."""
    return list(session.scalars(select(Contact.id).where(Contact.organisation_id == organisation_id)))


def coming(session: Session, contact_id: UUID, but: UUID | None = None) -> list[Delivery]:
    """The letters that are still to come for a contact, in order. but: one that is going out now."""
    return list(
        session.scalars(
            select(Delivery)
            .where(
                Delivery.contact_id == contact_id,
                Delivery.kind == Kind.DIGEST,
                Delivery.status.in_([DeliveryStatus.PLANNED, DeliveryStatus.CLAIMED]),
                Delivery.id.is_distinct_from(but),
            )
            .order_by(Delivery.due_at)
        )
    )


def _hold(session: Session, contact_ids: list[UUID]) -> list[Delivery]:
    """The letters as they are now; rounds and others who plan wait."""
    for model, is_ours in (
        (Contact, Contact.id.in_(contact_ids)),
        (Delivery, Delivery.contact_id.in_(contact_ids) & _IS_CARD),
    ):
        found = session.scalars(
            select(model)
            .where(is_ours)
            .order_by(model.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        ).all()
    return [row for row in found if isinstance(row, Delivery)]


def _plan(
    session: Session, follower: Follower, row: Delivery | None, place: DigestPlace, now: datetime
) -> None:
    if place.due_at < now:
        _let_be(row, place, now)
        return
    if row is None:
        row = Delivery(
            organisation_id=follower.contact.organisation_id,
            kind=Kind.POST if follower.contact.kind is ContactKind.CHANNEL else Kind.DIGEST,
            contact_id=follower.contact.id,
            step=place.step,
            occurrence=place.occurrence,
            created_at=now,
        )
        session.add(row)
    elif row.status not in OPEN:
        return
    row.status, row.reason, row.finished_at = DeliveryStatus.PLANNED, None, None
    row.due_at, row.due_on, row.last_on = place.due_at, place.due_on, place.last_on
    row.mailbox_id = follower.contact.mailbox_id


def _why_not(follower: Follower, *, is_on: bool) -> str:
    if is_on:
        return MOVED
    return SkipReason.TRACK_REMOVED if follower.is_removed else STOPPED


def _let_be(row: Delivery | None, place: DigestPlace, now: datetime) -> None:
    """A letter whose day is over stays when it was already due: it is late, or waits for room."""
    if row is None or row.status is not DeliveryStatus.PLANNED:
        return
    row.last_on = place.last_on
    if row.due_on > row.last_on or (row.due_at > now and row.reason is None):
        _cancel(row, MOVED, now)


def _cancel(row: Delivery, reason: str, now: datetime) -> None:
    row.status, row.reason, row.finished_at = DeliveryStatus.CANCELLED, reason, now
