"""What is kept of a person: kinds and numbers, never contents; and the passes that show it."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from lti_tool.models.check_ins import CheckIn
from lti_tool.models.contacts import GONE, Contact, ContactKind
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.entries import Entry
from lti_tool.models.logbook import Note, NoteEvidence
from lti_tool.models.people import Leave, Person
from lti_tool.models.plan_replies import PlanReply
from lti_tool.models.plans import EarlierPlan, Plan
from lti_tool.models.platforms import Deployment, Platform
from lti_tool.models.privacy import PrivacyVisit, Whose
from lti_tool.models.readings import Reading
from lti_tool.models.recalls import Recall
from lti_tool.models.reflections import Answer, LateDraft, Reflection
from lti_tool.models.releases import Release, Story
from lti_tool.models.takeaways import Takeaway
from lti_tool.models.tracks import Enrolment
from lti_tool.services import archive_links, note_links, visits
from lti_tool.services.visits import Browser

HOLDS = timedelta(minutes=15)
"""How long after a launch somebody may see, take along or erase what is kept (real clock)."""

SWEPT_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Asker:
    """Whose data a pass is about, and where it came from. about: None for who is not known here."""

    visit: PrivacyVisit
    about: Person | None
    deployment: Deployment
    platform: Platform

    def has_expired(self, now: datetime) -> bool:
        """Whether the launch was too long ago (real clock)."""
        return now > self.visit.launched_at + HOLDS


@dataclass(frozen=True)
class Kept:
    """How much there is of each kind. since: when the person became known."""

    has_name: bool
    has_address: bool
    since: date
    trainings: int
    answers: int
    plans: int
    check_ins: int
    questions: int
    notes: int
    entries: int
    drafts: int
    days_away: int
    leaders: int
    buddies: int
    mails_sent: int
    mails_to_come: int
    earlier_plans: int
    has_note_link: bool
    readings: int
    notes_with_plans: int
    has_archive_link: bool
    shown: int
    replies: int


def open_visit(
    session: Session,
    deployment: Deployment,
    whose: Whose,
    about: Person | None,
    browser: Browser,
    locale: str | None,
    return_url: str | None,
    now: datetime,
) -> str:
    """A new pass; its token, 256 bits. Old ones go (real clock)."""
    sweep(session, now)
    token = secrets.token_urlsafe(32)
    session.add(
        PrivacyVisit(
            organisation_id=deployment.organisation_id,
            deployment_id=deployment.id,
            token_hash=visits.fingerprint(token),
            browser=browser.fingerprint,
            proof=browser.proof,
            whose=whose,
            about_id=about.id if about else None,
            locale=locale or "nl",
            return_url=return_url,
            launched_at=now,
        )
    )
    return token


def sweep(session: Session, now: datetime) -> None:
    """Forgets old passes (real clock)."""
    session.execute(delete(PrivacyVisit).where(PrivacyVisit.launched_at < now - SWEPT_AFTER))


def find(session: Session, token: str) -> Asker | None:
    """Whose pass a token is; expired ones too."""
    row = session.execute(
        select(PrivacyVisit, Person, Deployment, Platform)
        .outerjoin(Person, Person.id == PrivacyVisit.about_id)
        .join(Deployment, Deployment.id == PrivacyVisit.deployment_id)
        .join(Platform, Platform.id == Deployment.platform_id)
        .where(visits.of_token(PrivacyVisit, visits.fingerprint(token)))
    ).one_or_none()
    return Asker(*row) if row is not None else None


def kept(session: Session, person: Person) -> Kept:
    """What is kept of a person."""
    mine = select(Enrolment.id).where(Enrolment.person_id == person.id)
    written = select(Reflection.id).where(Reflection.enrolment_id.in_(mine))
    letters = select(Delivery.id).where(Delivery.enrolment_id.in_(mine), Delivery.kind == Kind.NUDGE)
    sent = [DeliveryStatus.SENT, DeliveryStatus.UNKNOWN]
    still = [DeliveryStatus.PLANNED, DeliveryStatus.CLAIMED, DeliveryStatus.SENDING]
    named = select(Contact.id).where(Contact.enrolment_id.in_(mine), Contact.status.not_in(GONE))
    return Kept(
        has_name=person.name is not None,
        has_address=person.mailbox_id is not None,
        since=person.created_at.date(),
        trainings=_count(session, mine),
        answers=_count(session, select(Answer.id).where(Answer.reflection_id.in_(written))),
        plans=_count(session, select(Plan.id).where(Plan.enrolment_id.in_(mine), Plan.made_on.is_not(None))),
        check_ins=_count(session, select(CheckIn.id).where(CheckIn.enrolment_id.in_(mine))),
        questions=_count(session, select(Recall.id).where(Recall.enrolment_id.in_(mine))),
        notes=_count(session, select(Note.id).where(Note.person_id == person.id)),
        entries=_count(session, select(Entry.id).where(Entry.person_id == person.id)),
        drafts=_count(session, select(LateDraft.id).where(LateDraft.person_id == person.id)),
        days_away=_count(session, select(Leave.id).where(Leave.person_id == person.id)),
        leaders=_count(session, named.where(Contact.kind == ContactKind.LEADER)),
        buddies=_count(session, named.where(Contact.kind == ContactKind.BUDDY)),
        mails_sent=_count(session, letters.where(Delivery.status.in_(sent))),
        mails_to_come=_count(session, letters.where(Delivery.status.in_(still))),
        earlier_plans=_count(session, select(EarlierPlan.id).where(EarlierPlan.enrolment_id.in_(mine))),
        has_note_link=note_links.of_person(session, person) is not None,
        readings=_count(session, select(Reading.id).where(Reading.enrolment_id.in_(mine))),
        notes_with_plans=_count(session, select(NoteEvidence.id).where(NoteEvidence.enrolment_id.in_(mine))),
        has_archive_link=archive_links.of_person(session, person) is not None,
        shown=_count(session, select(Release.id).where(Release.enrolment_id.in_(mine)))
        + _count(session, select(Story.id).where(Story.enrolment_id.in_(mine)))
        + _count(session, select(Takeaway.id).where(Takeaway.enrolment_id.in_(mine))),
        replies=_count(session, select(PlanReply.id).where(PlanReply.enrolment_id.in_(mine))),
    )


def _count(session: Session, rows: Select[UUID]) -> int:
    return session.scalars(select(func.count()).select_from(rows.subquery())).one()
