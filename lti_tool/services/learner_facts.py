"""What planning needs to know of people, in a fixed number of statements however many they are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lti_tool.domain import moments
from lti_tool.domain.nudges import EnrolmentFacts
from lti_tool.domain.workdays import WorkCalendar
from lti_tool.models.check_ins import CheckIn, Outcome
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.organisations import Organisation
from lti_tool.models.people import Person
from lti_tool.models.plans import Plan
from lti_tool.models.tracks import Cohort, Enrolment, EnrolmentStatus, MailStatus, Track
from lti_tool.services import holidays

# Over, one way or another. A claimed row is not: whether it goes is still to be decided.
OVER = {
    DeliveryStatus.SENDING,
    DeliveryStatus.SENT,
    DeliveryStatus.UNKNOWN,
    DeliveryStatus.FAILED,
    DeliveryStatus.SKIPPED,
}
ANSWERS = (Outcome.USED, Outcome.PARTLY, Outcome.NOT_YET)


@dataclass(frozen=True)
class Learner:
    """One enrolment with all that belongs to it, and the facts that follow."""

    enrolment: Enrolment
    person: Person
    cohort: Cohort
    track: Track
    plan: Plan | None
    deliveries: tuple[Delivery, ...]
    facts: EnrolmentFacts


def gather(session: Session, enrolment_ids: Iterable[UUID]) -> list[Learner]:
    """The learners of these enrolments."""
    ids = list(enrolment_ids)
    rows = session.execute(
        select(Enrolment, Person, Cohort, Track, Organisation, Plan)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Track, Track.id == Cohort.track_id)
        .join(Organisation, Organisation.id == Enrolment.organisation_id)
        .outerjoin(Plan, Plan.enrolment_id == Enrolment.id)
        .where(Enrolment.id.in_(ids))
    ).all()
    answers = session.execute(
        select(CheckIn.enrolment_id, func.max(CheckIn.answered_at))
        .where(CheckIn.enrolment_id.in_(ids), CheckIn.outcome.in_(ANSWERS))
        .group_by(CheckIn.enrolment_id)
    )
    answered = {enrolment_id: at for enrolment_id, at in answers}  # noqa: C416  dict() takes a result for a mapping
    nudges: dict[UUID, list[Delivery]] = defaultdict(list)
    for delivery in session.scalars(
        select(Delivery).where(Delivery.enrolment_id.in_(ids), Delivery.kind == Kind.NUDGE)
    ):
        nudges[delivery.enrolment_id].append(delivery)
    return [
        Learner(
            enrolment,
            person,
            cohort,
            track,
            plan,
            tuple(nudges[enrolment.id]),
            _facts(
                enrolment,
                person,
                cohort,
                calendar(organisation, enrolment.anchor_on),
                plan,
                nudges[enrolment.id],
                answered.get(enrolment.id),
            ),
        )
        for enrolment, person, cohort, track, organisation, plan in rows
    ]


def calendar(organisation: Organisation, around: date) -> WorkCalendar:
    """The working days of someone in an organisation, in the years around a day."""
    years = (around.year, around.year + 1)
    days = frozenset[date]().union(*(holidays.dutch(year, organisation.extra_holidays) for year in years))
    return WorkCalendar(holidays=days)


def _facts(
    enrolment: Enrolment,
    person: Person,
    cohort: Cohort,
    works: WorkCalendar,
    plan: Plan | None,
    deliveries: Iterable[Delivery],
    answered_at: datetime | None,
) -> EnrolmentFacts:
    zone = person.time_zone or cohort.time_zone
    return EnrolmentFacts(
        anchor_on=enrolment.anchor_on,
        calendar=works,
        time_zone=zone,
        joined_at=enrolment.joined_at,
        mail_hour=person.mail_hour,
        plan_made_on=plan.made_on if plan else None,
        own_on=plan.own_on if plan else None,
        own_date_number=plan.own_date_number if plan else 1,
        used_on=plan.used_on if plan else None,
        answered_since_anchor=answered_at is not None
        and moments.local(answered_at, zone).date() >= enrolment.anchor_on,
        already_sent={(row.step, row.occurrence): row.due_on for row in deliveries if row.status in OVER},
        is_stopped=enrolment.mail_status is MailStatus.STOPPED,
        paused_until=enrolment.paused_until,
        has_left=enrolment.status is EnrolmentStatus.LEFT,
    )
