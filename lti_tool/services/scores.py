"""Reporting to the gradebook that a part is complete: 1 of 1, never a judgement."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.models.activities import Activity
from lti_tool.models.courses import ResourceLink
from lti_tool.models.deliveries import Delivery, Kind
from lti_tool.models.people import Person
from lti_tool.models.platforms import Deployment
from lti_tool.models.tracks import Enrolment
from lti_tool.services.reflections import Desk

# A gradebook that cannot be reached for a month is not coming back.
TRIES_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Report:
    """Whose score it is, and where it goes."""

    line_item_url: str
    sub: str
    platform_id: UUID
    deployment_id: str


def plan(session: Session, desk: Desk, link: ResourceLink, now: datetime) -> None:
    """Queues the score of an activity, once; nothing for a link without grades, or a test person."""
    if link.line_item_url is None or desk.person.is_test:
        return
    step = f"score:{desk.activity.id}"
    known = session.scalar(
        select(Delivery.id).where(Delivery.enrolment_id == desk.enrolment.id, Delivery.step == step)
    )
    if known is None:
        day = now.astimezone(UTC).date()
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
            )
        )
        session.flush()


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
    if link.line_item_url is None:
        return None
    return Report(link.line_item_url, person.sub, deployment.platform_id, deployment.deployment_id)
