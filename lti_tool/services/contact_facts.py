"""What a letter to a contact, a leader or a buddy needs to know, in a fixed number of statements."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lti_tool.domain import moments, retention
from lti_tool.domain.digests import OF_A_BUDDY, OF_A_GROUP, OF_ONE_PERSON, DigestFacts
from lti_tool.domain.nudges import SkipReason
from lti_tool.domain.retention import RetentionWindow
from lti_tool.domain.workdays import Period, WorkCalendar
from lti_tool.models.contacts import Contact, ContactKind, ContactStatus
from lti_tool.models.courses import Course
from lti_tool.models.deliveries import Delivery
from lti_tool.models.organisations import Organisation
from lti_tool.models.people import Mailbox, MailboxStatus, Person
from lti_tool.models.plans import Plan
from lti_tool.models.platforms import Deployment, Platform, PlatformStatus
from lti_tool.models.tracks import Cohort, Enrolment, EnrolmentStatus, Meeting, Track, TrackStatus
from lti_tool.services import launches, learner_facts
from lti_tool.services.keys import Key

STEPS = {
    ContactKind.CONTACT: OF_A_GROUP,
    ContactKind.CHANNEL: OF_A_GROUP,
    ContactKind.LEADER: OF_ONE_PERSON,
    ContactKind.BUDDY: OF_A_BUDDY,
}
# A page behind a link of somebody's two weeks stays open so long after them.
STAYS_OPEN = timedelta(days=7)


@dataclass(frozen=True)
class Follower:
    """Somebody who follows with all that belongs to them.

    enrolment, person, plan, leave: of whom it is the leader or a buddy; None and nothing for a contact.
    """

    contact: Contact
    mailbox: Mailbox
    cohort: Cohort
    track: Track
    organisation: Organisation
    platform: Platform
    enrolment: Enrolment | None
    person: Person | None
    plan: Plan | None
    first_meeting_on: date | None
    leave: tuple[Period, ...]

    @property
    def is_leader(self) -> bool:
        """Whether this is the leader of one person."""
        return self.contact.kind is ContactKind.LEADER

    @property
    def is_buddy(self) -> bool:
        """Whether this is a buddy of one person."""
        return self.contact.kind is ContactKind.BUDDY

    @property
    def ended_on(self) -> date:
        """T0: of that one person, or of the group."""
        return self.enrolment.anchor_on if self.enrolment else self.cohort.ends_on

    @cached_property
    def facts(self) -> DigestFacts:
        """What the rules ask."""
        return DigestFacts(
            ends_on=self.ended_on,
            calendar=self._calendar(),
            time_zone=self.cohort.time_zone,
            confirmed_at=self.contact.answered_at or self.contact.invited_at,
            steps=STEPS[self.contact.kind],
            first_meeting_on=self.first_meeting_on,
            closes_on=self.track.closes_on,
        )

    @property
    def window(self) -> RetentionWindow:
        """The two weeks."""
        return retention.open_window(self.ended_on, self.facts.calendar)

    @property
    def closes_on(self) -> date:
        """The last day on which a page about somebody's two weeks opens."""
        return self.window.last_on + STAYS_OPEN

    @property
    def is_over(self) -> bool:
        """Whether the learner left, or training or registration were removed: their pages open no more."""
        has_left = self.enrolment is not None and self.enrolment.status is EnrolmentStatus.LEFT
        return has_left or self.is_removed or self.platform.status is PlatformStatus.REMOVED

    @property
    def is_removed(self) -> bool:
        """Whether a trainer ended the training."""
        return self.track.status is TrackStatus.REMOVED

    def told_by(self, key: Key | None) -> str | None:
        """The name of whose leader or buddy it is, if that person lets it be told. key: of that person."""
        if self.person is None or not self.contact.tells_name:
            return None
        return launches.name_of(self.person, key)

    def _calendar(self) -> WorkCalendar:
        """The working days that count: a buddy asks somebody who is there."""
        whose = (self.person, self.leave) if self.is_buddy else ()
        return learner_facts.calendar(self.organisation, self.ended_on, *whose)

    def local_day(self, now: datetime) -> date:
        """The day it is for the group (calendar clock)."""
        return moments.local(now, self.cohort.time_zone).date()

    def obstacle(self, wanted: ContactStatus) -> str | None:
        """Why no letter may go to them at all. wanted: how a contact must be for this letter."""
        reasons = (
            (self.contact.status is not wanted, f"contact_{self.contact.status}"),
            (self.is_removed, SkipReason.TRACK_REMOVED),
            (self.platform.status is PlatformStatus.REMOVED, "platform_removed"),
            (self.enrolment is not None and self.enrolment.status is EnrolmentStatus.LEFT, "left"),
            (self.is_buddy and self.plan is not None and self.plan.closed_on is not None, "plan_closed"),
            (self.mailbox.status is MailboxStatus.REFUSED, "address_refused"),
            (self.mailbox.status is MailboxStatus.STOPPED, "address_stopped"),
        )
        return next((reason for holds, reason in reasons if holds), None)


def gather(session: Session, contact_ids: Iterable[UUID]) -> list[Follower]:
    """Those who follow, of these ids."""
    rows = session.execute(
        select(Contact, Mailbox, Cohort, Track, Organisation, Platform, Enrolment, Person, Plan)
        .join(Mailbox, Mailbox.id == Contact.mailbox_id)
        .outerjoin(Enrolment, Enrolment.id == Contact.enrolment_id)
        .outerjoin(Person, Person.id == Enrolment.person_id)
        .outerjoin(Plan, Plan.enrolment_id == Enrolment.id)
        .join(Cohort, Cohort.id == func.coalesce(Contact.cohort_id, Enrolment.cohort_id))
        .join(Track, Track.id == Cohort.track_id)
        .join(Course, Course.id == Track.course_id)
        .join(Organisation, Organisation.id == Contact.organisation_id)
        .join(Deployment, Deployment.id == Course.deployment_id)
        .join(Platform, Platform.id == Deployment.platform_id)
        .where(Contact.id.in_(list(contact_ids)))
    ).all()
    first = _first_meetings(session, {row.Cohort.id for row in rows})
    leave = learner_facts.leave(session, {row.Person.id for row in rows if row.Person is not None})
    return [
        Follower(
            *row,
            first_meeting_on=first.get(row.Cohort.id),
            leave=tuple(leave[row.Person.id]) if row.Person is not None else (),
        )
        for row in rows
    ]


def of_delivery(session: Session, delivery_id: UUID) -> tuple[Delivery, Follower] | None:
    """A letter with whom it is for; None for what is no letter to a contact."""
    delivery = session.get(Delivery, delivery_id)
    if delivery is None or delivery.contact_id is None:
        return None
    return delivery, gather(session, [delivery.contact_id])[0]


def _first_meetings(session: Session, cohort_ids: set[UUID]) -> dict[UUID, date]:
    rows = session.execute(
        select(Meeting.cohort_id, func.min(Meeting.held_on).label("first_on"))
        .where(Meeting.cohort_id.in_(cohort_ids))
        .group_by(Meeting.cohort_id)
    )
    return {row.cohort_id: row.first_on for row in rows}
