"""Ending a registration: what hangs from it, counted before anybody decides."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from lti_tool.models.contacts import Contact
from lti_tool.models.courses import Course
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.people import Person
from lti_tool.models.platforms import Deployment
from lti_tool.models.tracks import Cohort, Enrolment, Track
from lti_tool.services import deliveries

OPEN = (DeliveryStatus.PLANNED, DeliveryStatus.CLAIMED)


@dataclass(frozen=True)
class Removal:
    """How much a registration holds, in numbers only."""

    deployments: int
    courses: int
    people: int
    letters: int
    scores: int


def look(session: Session, platform_id: UUID) -> Removal:
    """What ends when a registration is removed, and what stays."""
    own = select(Deployment.id).where(Deployment.platform_id == platform_id)
    waits = Delivery.status.in_(OPEN)
    mine = _deliveries_of(platform_id)
    return Removal(
        deployments=_count(session, select(Deployment).where(Deployment.platform_id == platform_id)),
        courses=_count(session, select(Course).where(Course.deployment_id.in_(own))),
        people=_count(session, select(Person).where(Person.platform_id == platform_id)),
        letters=_count(session, select(Delivery).where(waits, Delivery.kind != Kind.SCORE, mine)),
        scores=_count(session, select(Delivery).where(waits, Delivery.kind == Kind.SCORE, mine)),
    )


def take_back(session: Session, platform_id: UUID) -> None:
    """What a round claimed, and did not send yet, is decided upon anew: once the removal itself is kept."""
    deliveries.take_back(session, _deliveries_of(platform_id), awaits=True)


def _deliveries_of(platform_id: UUID) -> ColumnElement[bool]:
    people = select(Person.id).where(Person.platform_id == platform_id)
    enrolments = select(Enrolment.id).where(Enrolment.person_id.in_(people))
    cohorts = (
        select(Cohort.id)
        .join(Track, Cohort.track_id == Track.id)
        .join(Course, Track.course_id == Course.id)
        .join(Deployment, Course.deployment_id == Deployment.id)
        .where(Deployment.platform_id == platform_id)
    )
    contacts = select(Contact.id).where(
        or_(Contact.cohort_id.in_(cohorts), Contact.enrolment_id.in_(enrolments))
    )
    return or_(
        Delivery.enrolment_id.in_(enrolments),
        Delivery.contact_id.in_(contacts),
        Delivery.person_id.in_(people),
    )


def _count(session: Session, rows: Select[Any]) -> int:
    return session.scalar(select(func.count()).select_from(rows.subquery())) or 0
