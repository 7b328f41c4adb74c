"""Other dates for a training, with the letters that follow from them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.tracks import Cohort, Enrolment
from lti_tool.services import digests, enrolments, nudges, tracks
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.tracks import Dates


def move(session: Session, cohort: Cohort, dates: Dates, catalogue: Catalogue, now: datetime) -> int:
    """Moves a cohort and its letters; how many that were to come get another day, or come no more.

    Whoever only wants to know that number takes the transaction back.
    """
    before = _coming(session, cohort)
    everybody = enrolments.of_cohort(session, cohort.id)
    tracks.move(session, cohort, dates)
    session.expire_all()
    nudges.replan(session, everybody, catalogue, now)
    digests.replan_cohort(session, cohort.id, now)
    after = _coming(session, cohort)
    return sum(after.get(delivery_id) != day for delivery_id, day in before.items())


def _coming(session: Session, cohort: Cohort) -> dict[UUID, date]:
    rows = session.execute(
        select(Delivery.id, Delivery.due_on)
        .join(Enrolment, Enrolment.id == Delivery.enrolment_id)
        .where(
            Enrolment.cohort_id == cohort.id,
            Delivery.kind == Kind.NUDGE,
            Delivery.status == DeliveryStatus.PLANNED,
        )
    )
    return {row.id: row.due_on for row in rows}
