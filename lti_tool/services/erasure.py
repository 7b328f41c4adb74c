"""Erasing a person: all that was theirs goes, and a tombstone stays.

Their key goes first, in a store of its own (`rounds/erasing.py`): from then on nothing that they wrote opens,
here or in a dump. What stays was never about one person: figures, groups, dates, what trainers set up.
"""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from sqlalchemy import Delete, Update, delete, or_, select, update
from sqlalchemy.orm import Session

from lti_tool.models.archives import ArchiveLink
from lti_tool.models.check_ins import CheckIn
from lti_tool.models.comparisons import Drawn
from lti_tool.models.contacts import Contact
from lti_tool.models.courses import Membership
from lti_tool.models.deliveries import Delivery
from lti_tool.models.entries import Entry
from lti_tool.models.feeds import CalendarFeed
from lti_tool.models.logbook import Note, NoteEvidence, NoteLink
from lti_tool.models.own_addresses import OwnAddress
from lti_tool.models.people import Leave, MailboxDay, MailboxWeek, Person
from lti_tool.models.plan_replies import PlanReply
from lti_tool.models.plans import EarlierPlan, Plan
from lti_tool.models.privacy import Download, PrivacyVisit
from lti_tool.models.readings import Reading
from lti_tool.models.recalls import Recall
from lti_tool.models.reflections import Answer, LateDraft, Reflection
from lti_tool.models.releases import Release, Story
from lti_tool.models.takeaways import Takeaway
from lti_tool.models.tallies import Counted
from lti_tool.models.tracks import Enrolment
from lti_tool.models.visits import Visit
from lti_tool.services import budgets, enrolments, mailboxes, tombstones
from lti_tool.services.keys import NamedKeys

OF_TRAINING = (
    Reflection, EarlierPlan, Plan, PlanReply, CheckIn, Recall, Counted, Reading, Release, Story,
    NoteEvidence, Takeaway, Drawn,
)  # fmt: skip
"""What belongs to taking part in a training, and to nobody else."""


def erase(session: Session, person: Person, named: NamedKeys, on: date, *, keeps_out: bool = True) -> None:
    """Removes all rows of a person, and the addresses that nobody else has.

    keeps_out: whether a roster may not bring them back; it may whom only a term ended.

    A leader and buddies whom they named go with them. Contacts whom a trainer named for a group said yes
    themselves and stay. An address whose owner wants no mail at all stays too: else it would get mail again.
    """
    # Whoever writes something of this person meanwhile waits, and then finds nobody.
    session.get(Person, person.id, with_for_update=True)
    held = select(Enrolment.id).where(Enrolment.person_id == person.id)
    enrolments.hold(session, list(session.scalars(held)))
    addresses = _addresses(session, person)
    # Before their letters, as rounds do.
    budgets.hold(session, addresses)
    for statement in _statements(person):
        session.execute(statement.execution_options(synchronize_session=False))
    if keeps_out and not person.is_trial:
        tombstones.put(session, person, named, on)
    session.execute(delete(Person).where(Person.id == person.id))
    session.expire_all()
    mailboxes.forget_unused(session, addresses)


def _statements(person: Person) -> Iterator[Delete | Update]:
    """What goes, in the order in which rows refer to each other."""
    mine = select(Enrolment.id).where(Enrolment.person_id == person.id)
    written = select(Reflection.id).where(Reflection.enrolment_id.in_(mine))
    followers = select(Contact.id).where(Contact.enrolment_id.in_(mine))
    letters = select(Delivery.id).where(
        or_(
            Delivery.enrolment_id.in_(mine),
            Delivery.contact_id.in_(followers),
            Delivery.person_id == person.id,
        )
    )
    yield delete(Answer).where(Answer.reflection_id.in_(written))
    for owned in OF_TRAINING:
        yield delete(owned).where(owned.enrolment_id.in_(mine))
    for taken in (MailboxDay, MailboxWeek):
        yield delete(taken).where(taken.delivery_id.in_(letters))
    for sent in (ArchiveLink, Download, OwnAddress):
        yield delete(sent).where(sent.person_id == person.id)
    yield delete(Delivery).where(Delivery.id.in_(letters))
    yield delete(Contact).where(Contact.enrolment_id.in_(mine))
    yield update(Contact).where(Contact.named_by == person.id).values(named_by=None)
    # Whoever was read keeps that it was: by a trainer, not by which.
    yield update(Reading).where(Reading.reader_id == person.id).values(reader_id=None)
    # So does whoever was answered keep the answer.
    yield update(PlanReply).where(PlanReply.writer_id == person.id).values(writer_id=None)
    yield update(PrivacyVisit).where(PrivacyVisit.about_id == person.id).values(about_id=None)
    passes = or_(Visit.person_id == person.id, Visit.about_id == person.id)
    # Who looks as a learner from there has no way back any more; a round removes that test person.
    yield update(Visit).where(Visit.back_id.in_(select(Visit.id).where(passes))).values(back_id=None)
    yield delete(Visit).where(passes)
    for of_person in (CalendarFeed, Enrolment, Entry, LateDraft, Leave, Membership, Note, NoteLink):
        yield delete(of_person).where(of_person.person_id == person.id)


def _addresses(session: Session, person: Person) -> set[UUID]:
    """Those of their own, also what they only asked for, and those of whom they named."""
    mine = select(Enrolment.id).where(Enrolment.person_id == person.id)
    named = session.scalars(select(Contact.mailbox_id).where(Contact.enrolment_id.in_(mine)))
    given = session.scalars(select(OwnAddress.mailbox_id).where(OwnAddress.person_id == person.id))
    own = [each for each in (person.mailbox_id, person.lms_mailbox_id) if each is not None]
    return {*named, *given, *own}
