"""Reporting to the gradebook that a part is complete: 1 of 1, never a judgement."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, CursorResult, Select, and_, func, or_, select, update
from sqlalchemy.orm import Session

from lti_tool.domain.clock import Now
from lti_tool.domain.nudges import SkipReason
from lti_tool.models.activities import Activity
from lti_tool.models.courses import ResourceLink
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.people import Person
from lti_tool.models.platforms import Deployment
from lti_tool.models.tracks import Enrolment, EnrolmentStatus, Track, TrackStatus
from lti_tool.services import line_items
from lti_tool.services.reflections import Desk

# A gradebook that cannot be reached for a month is not coming back.
TRIES_FOR = timedelta(days=30)


LEFT_COURSE = "left_course"
NO_LINE_ITEM = "no_line_item"
GIVEN_UP = "given_up"
ASKED_AGAIN = "asked_again"
PAUSE = timedelta(minutes=5)
"""Between a try and the next that a trainer asks for: an LMS that is down is not asked at each press."""


@dataclass(frozen=True)
class Report:
    """Whose score it is, and where it goes.

    line_item_url: None when it is still to be searched for. is_own_column: whether it was.
    after: the moment of the last score that may have arrived there for this person (real clock).
    """

    link_id: UUID
    line_item_url: str | None
    is_own_column: bool
    sub: str
    platform_id: UUID
    deployment_id: str
    product_family: str | None
    after: datetime | None


def plan(session: Session, desk: Desk, now: datetime) -> None:
    """Queues the score of an activity, once; nothing for a test person.

    Also where its link takes no grades: its trainer may switch them on later, and then it is asked again.
    Of a training that was removed the course hears nothing: it waits until that is taken back.
    """
    if desk.person.is_test:
        return
    step = f"score:{desk.activity.id}"
    known = session.scalar(
        select(Delivery.id).where(Delivery.enrolment_id == desk.enrolment.id, Delivery.step == step)
    )
    if known is None:
        day, is_open = now.astimezone(UTC).date(), session.scalar(_is_open(desk.activity.track_id))
        session.add(
            Delivery(
                organisation_id=desk.enrolment.organisation_id,
                kind=Kind.SCORE,
                enrolment_id=desk.enrolment.id,
                activity_id=desk.activity.id,
                step=step,
                due_at=now,
                due_on=day,
                last_on=day + TRIES_FOR,
                created_at=now,
                status=DeliveryStatus.PLANNED if is_open else DeliveryStatus.CANCELLED,
                reason=None if is_open else SkipReason.TRACK_REMOVED,
                finished_at=None if is_open else now,
            )
        )
        session.flush()


def _is_open(track_id: UUID) -> Select[bool]:
    """Whether a training was not removed, as it stands now."""
    return select(Track.status == TrackStatus.OPEN).where(Track.id == track_id)


def report(session: Session, delivery: Delivery) -> Report | None:
    """What to report; None when the link takes no grades any more."""
    row = session.execute(
        select(ResourceLink, Person, Deployment)
        .join(Activity, Activity.link_id == ResourceLink.id)
        .join(Deployment, Deployment.id == ResourceLink.deployment_id)
        .join(Enrolment, Enrolment.id == delivery.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Activity.id == delivery.activity_id)
    ).one()
    link, person, deployment = row
    if not line_items.takes_scores(link):
        return None
    return Report(
        link_id=link.id,
        line_item_url=link.line_item_url,
        is_own_column=link.line_item_sought_at is not None,
        sub=person.sub,
        platform_id=deployment.platform_id,
        deployment_id=deployment.deployment_id,
        product_family=deployment.product_family,
        after=_last_moment(session, delivery, person),
    )


def _last_moment(session: Session, delivery: Delivery, person: Person) -> datetime | None:
    """When the gradebook was last told something about this person and activity, in whichever attempt."""
    return session.scalar(
        select(func.max(Delivery.scored_at))
        .join(Enrolment, Enrolment.id == Delivery.enrolment_id)
        .where(Enrolment.person_id == person.id, Delivery.activity_id == delivery.activity_id)
    )


def ask_again(session: Session, link: ResourceLink, now: datetime, person: Person | None = None) -> None:
    """Gives scores of a link that did not arrive another chance (calendar clock).

    None of a training that was removed.
    person: only that one's, who opened the link again; None for everybody's, when the addresses changed.
    """
    if not line_items.takes_scores(link):
        return
    ids = (
        select(Delivery.id)
        .join(Activity, Activity.id == Delivery.activity_id)
        .join(Enrolment, Enrolment.id == Delivery.enrolment_id)
        .join(Track, Track.id == Activity.track_id)
        .where(Activity.link_id == link.id, Delivery.kind == Kind.SCORE, Track.status == TrackStatus.OPEN)
    )
    if person is not None:
        ids = ids.where(Enrolment.person_id == person.id)
    left_out = (Delivery.status == DeliveryStatus.SKIPPED) & Delivery.reason.in_([LEFT_COURSE, NO_LINE_ITEM])
    session.execute(
        update(Delivery)
        .where(Delivery.id.in_(ids), or_(Delivery.status == DeliveryStatus.FAILED, left_out))
        .values(
            status=DeliveryStatus.PLANNED,
            reason=ASKED_AGAIN,
            message_id=None,
            retry_at=None,
            finished_at=None,
            last_on=now.astimezone(UTC).date() + TRIES_FOR,
        )
        .execution_options(synchronize_session="fetch")
    )


def undelivered(track: Track) -> Select[UUID]:
    """The scores of a track that did not arrive: given up, or tried before and waiting.

    Not of who left, nor of test people.
    """
    return (
        select(Delivery.id)
        .join(Activity, Activity.id == Delivery.activity_id)
        .join(Enrolment, Enrolment.id == Delivery.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(
            Activity.track_id == track.id,
            Delivery.kind == Kind.SCORE,
            or_(_is_given_up(), _waits()),
            Enrolment.status == EnrolmentStatus.ACTIVE,
            Person.is_test.is_(False),
        )
    )


def number_undelivered(session: Session, track: Track) -> int:
    """How many scores of a track did not arrive."""
    counted = select(func.count()).select_from(undelivered(track).subquery())
    return session.scalars(counted).one()


def has_given_up(session: Session, track: Track) -> bool:
    """Whether a score of a track does not go again by itself."""
    stopped = undelivered(track).where(_is_given_up())
    return session.scalar(select(stopped.exists())) is True


def waits(delivery: Delivery) -> bool:
    """Whether a score that did not arrive goes again by itself."""
    return delivery.finished_at is None


def send_again(session: Session, track: Track, now: Now) -> int:
    """A trainer's word: what did not arrive is sent at the next round; how many scores.

    Left alone is what was tried a few minutes ago (real clock), and all of a training that was removed.
    """
    # Whoever removes it meanwhile waits, and then takes these back too.
    if not session.scalar(_is_open(track.id).with_for_update(read=True)):
        return 0
    rested = or_(Delivery.scored_at.is_(None), Delivery.scored_at <= now.real - PAUSE)
    result = session.execute(
        update(Delivery)
        .where(Delivery.id.in_(undelivered(track)), or_(_is_given_up(), _waits()), rested)
        .values(
            status=DeliveryStatus.PLANNED,
            reason=ASKED_AGAIN,
            message_id=None,
            retry_at=None,
            finished_at=None,
            last_on=now.calendar.astimezone(UTC).date() + TRIES_FOR,
        )
        .execution_options(synchronize_session=False)
    )
    return result.rowcount if isinstance(result, CursorResult) else 0


def _is_given_up() -> ColumnElement[bool]:
    left_out = and_(Delivery.status == DeliveryStatus.SKIPPED, Delivery.reason.in_([NO_LINE_ITEM, GIVEN_UP]))
    return or_(Delivery.status == DeliveryStatus.FAILED, left_out)


def _waits() -> ColumnElement[bool]:
    return and_(Delivery.status == DeliveryStatus.PLANNED, Delivery.retry_at.is_not(None))
