"""What a trainer sees of sending: everybody of a training, and the letters that may stand with them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from lti_tool.domain import send_log
from lti_tool.domain.clock import Now
from lti_tool.domain.send_log import Seen
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.people import Mailbox, MailboxStatus, Person
from lti_tool.models.tracks import Cohort, Enrolment, EnrolmentStatus, Track
from lti_tool.services import coming, launches, participants
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.keys import Key


@dataclass(frozen=True)
class Line:
    """A letter that may stand with its name and its day. on: the day it went out, or is to go."""

    step: str
    occurrence: int
    on: date
    seen: Seen


@dataclass(frozen=True)
class Receiver:
    """Somebody of the training. has_address, is_refused: whether there is one, and whether mail came back."""

    enrolment_id: UUID
    name: str | None
    has_left: bool
    has_address: bool
    is_refused: bool


@dataclass(frozen=True)
class Letters:
    """Those of one person. unknown: ids of letters that may not have arrived, without name or day.

    not_taken: how many others the mail server did not take. came_back: how many others came back from an
    address that may be right.
    """

    lines: tuple[Line, ...] = ()
    unknown: tuple[UUID, ...] = ()
    not_taken: int = 0
    came_back: int = 0


def rows(
    session: Session, track: Track, number: int | None = None
) -> list[tuple[Person, Enrolment, MailboxStatus | None]]:
    """Everybody who takes or took part, in the order of their groups, without test people.

    number: of a page of fifty of those who take part still, from 1; None for all.
    """
    found = (
        select(Person, Enrolment, Mailbox.status)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .outerjoin(Mailbox, Mailbox.id == Person.mailbox_id)
        .where(Cohort.track_id == track.id, Person.is_test.is_(False))
        .order_by(Cohort.number, Enrolment.joined_at, Enrolment.id)
    )
    if number is not None:
        found = found.where(Enrolment.status == EnrolmentStatus.ACTIVE)
        found = participants.some(found, number)
    return [(person, enrolment, status) for person, enrolment, status in session.execute(found)]


def receivers(
    found: Sequence[tuple[Person, Enrolment, MailboxStatus | None]], keys: Mapping[UUID, Key]
) -> list[Receiver]:
    """The same people by name. An address whose owner wants no mail at all is one like any other here."""
    return [
        Receiver(
            enrolment.id,
            launches.name_of(person, keys.get(person.key_id)),
            enrolment.status is EnrolmentStatus.LEFT,
            status is not None,
            status is MailboxStatus.REFUSED,
        )
        for person, enrolment, status in found
    ]


def letters(
    session: Session, track: Track, enrolment_ids: Sequence[UUID], catalogue: Catalogue, now: Now
) -> dict[UUID, Letters]:
    """The letters of these people, as far as a trainer may see them."""
    shown = send_log.open_steps(catalogue.cadence(track.cadence).reminding())
    rows = session.scalars(
        select(Delivery)
        .where(
            Delivery.enrolment_id.in_(enrolment_ids),
            Delivery.kind == Kind.NUDGE,
            or_(
                Delivery.step.in_(shown),
                Delivery.status.in_([DeliveryStatus.UNKNOWN, DeliveryStatus.FAILED]),
            ),
        )
        .order_by(Delivery.due_on, Delivery.rank, Delivery.id)
    ).all()
    of_each: dict[UUID, list[Delivery]] = defaultdict(list)
    for row in rows:
        assert row.enrolment_id is not None  # noqa: S101  it was asked for
        of_each[row.enrolment_id].append(row)
    on = coming.days(session, [row for row in rows if row.step in shown], catalogue, now)
    return {enrolment_id: _told(of_each[enrolment_id], shown, on) for enrolment_id in enrolment_ids}


def _told(found: Sequence[Delivery], shown: frozenset[str], on: Mapping[UUID, date]) -> Letters:
    told = [(row, send_log.seen(row.status, row.reason)) for row in found]
    others = [seen for row, seen in told if row.step not in shown]
    return Letters(
        lines=tuple(
            Line(row.step, row.occurrence, on.get(row.id, row.due_on), seen)
            for row, seen in told
            if row.step in shown
        ),
        unknown=tuple(sorted(row.id for row, seen in told if seen is Seen.UNKNOWN)),
        not_taken=sum(seen is Seen.NOT_TAKEN for seen in others),
        came_back=sum(seen in {Seen.CAME_BACK_FOR_NOW, Seen.MAIL_CAME_BACK} for seen in others),
    )
