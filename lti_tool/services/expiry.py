"""What is past the term of its organisation: some of one kind at a time. Calendar clock throughout."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, CursorResult, Delete, delete, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from lti_tool.domain.terms import Matter
from lti_tool.models.archives import ArchiveLink
from lti_tool.models.check_ins import CheckIn
from lti_tool.models.courses import Membership
from lti_tool.models.deliveries import Delivery
from lti_tool.models.entries import Entry
from lti_tool.models.logbook import Note, NoteEvidence
from lti_tool.models.own_addresses import OwnAddress
from lti_tool.models.people import TRIAL, Leave, MailboxDay, MailboxWeek, Person
from lti_tool.models.plans import Plan
from lti_tool.models.privacy import Download
from lti_tool.models.readings import Reading
from lti_tool.models.reflections import Answer, LateDraft, Reflection
from lti_tool.models.releases import Story
from lti_tool.models.tracks import Cohort, Enrolment, Track
from lti_tool.models.visits import Visit
from lti_tool.services import enrolments
from lti_tool.services.erasure import OF_TRAINING

AT_ONCE = 500
"""So many are removed together, so that nobody waits long."""
HELD_BY = (ArchiveLink, Download, OwnAddress)
"""What still leads to the letter that it came by."""


def trainings(session: Session, organisation_id: UUID, before: datetime) -> int:
    """What people wrote and got in trainings that were over before then, unless they changed it since.

    That they took part stays as long as they do.
    """
    session.execute(_launches(organisation_id, before).execution_options(synchronize_session=False))
    ids = session.scalars(
        select(Enrolment.id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Track, Track.id == Cohort.track_id)
        .where(Enrolment.organisation_id == organisation_id, Enrolment.joined_at < before)
        .where(Cohort.ends_on < before.date(), Enrolment.anchor_on < before.date())
        .where(or_(Track.closes_on.is_(None), Track.closes_on < before.date()))
        .where(_has_something(), ~_is_changed_since(before))
        .limit(AT_ONCE)
    ).all()
    enrolments.hold(session, ids)
    for statement in _of_training(ids):
        session.execute(statement.execution_options(synchronize_session=False))
    return len(ids)


def notes(session: Session, organisation_id: UUID, before: datetime) -> int:
    """Notes of logbooks."""
    changed = func.coalesce(Note.changed_at, Note.written_at)
    ids = _some(session, Note, Note.organisation_id == organisation_id, changed < before)
    session.execute(delete(NoteEvidence).where(NoteEvidence.note_id.in_(ids)))
    return _remove(session, Note, ids)


def entries(session: Session, organisation_id: UUID, before: datetime) -> int:
    """What was taken up at will, with the stories that were told of it."""
    ids = _some(session, Entry, Entry.organisation_id == organisation_id, Entry.saved_at < before)
    session.execute(delete(Story).where(Story.entry_id.in_(ids)))
    return _remove(session, Entry, ids)


def drafts(session: Session, organisation_id: UUID, before: datetime) -> int:
    """Texts that never became an answer."""
    own = LateDraft.organisation_id == organisation_id
    return _remove(session, LateDraft, _some(session, LateDraft, own, LateDraft.saved_at < before))


def days_away(session: Session, organisation_id: UUID, before: datetime) -> int:
    """Periods of leave."""
    own = Leave.organisation_id == organisation_id
    return _remove(session, Leave, _some(session, Leave, own, Leave.last_on < before.date()))


def readings(session: Session, organisation_id: UUID, before: datetime) -> int:
    """Who read what."""
    own = Reading.organisation_id == organisation_id
    return _remove(session, Reading, _some(session, Reading, own, Reading.last_on < before.date()))


def people(session: Session, organisation_id: UUID, before: datetime) -> Sequence[UUID]:
    """Of whom nothing that they wrote is kept, and who were seen in no course since then."""
    past = select(Person.id).where(Person.organisation_id == organisation_id, *_is_past(before))
    return session.scalars(past.limit(AT_ONCE)).all()


def hold_past(session: Session, person_id: UUID, before: datetime) -> Person | None:
    """One of them, who stays as they are until the transaction ends; None when they came back meanwhile."""
    own = select(Person).where(Person.id == person_id, *_is_past(before))
    return session.scalar(own.with_for_update())


OF: Mapping[Matter, Callable[[Session, UUID, datetime], int]] = {
    Matter.TRAINING: trainings,
    Matter.LOGBOOK: notes,
    Matter.ENTRIES: entries,
    Matter.DRAFTS: drafts,
    Matter.AWAY: days_away,
    Matter.READINGS: readings,
}
"""How some rows of each kind go; people go one by one, each with a key."""

Row = Note | Entry | LateDraft | Leave | Reading


def _some(session: Session, of: type[Row], *which: ColumnElement[bool]) -> Sequence[UUID]:
    return session.scalars(select(of.id).where(*which).limit(AT_ONCE)).all()


def _remove(session: Session, of: type[Row], ids: Sequence[UUID]) -> int:
    gone = delete(of).where(of.id.in_(ids)).execution_options(synchronize_session=False)
    result = session.execute(gone)
    assert isinstance(result, CursorResult)  # noqa: S101  a DELETE always gives one
    return result.rowcount


def _of_training(ids: Sequence[UUID]) -> Sequence[Delete]:
    """In the order in which rows refer to each other."""
    written = select(Reflection.id).where(Reflection.enrolment_id.in_(ids))
    letters = select(Delivery.id).where(Delivery.enrolment_id.in_(ids), _is_done_with())
    return [
        delete(Answer).where(Answer.reflection_id.in_(written)),
        *(delete(each).where(each.enrolment_id.in_(ids)) for each in OF_TRAINING),
        *(delete(taken).where(taken.delivery_id.in_(letters)) for taken in (MailboxDay, MailboxWeek)),
        delete(Delivery).where(Delivery.id.in_(letters)),
    ]


def _is_done_with() -> ColumnElement[bool]:
    """Of a letter: it went or never will, and nothing leads to it."""
    held = (exists().where(each.delivery_id == Delivery.id) for each in HELD_BY)
    return Delivery.finished_at.is_not(None) & ~or_(*held)


def _has_something() -> ColumnElement[bool]:
    """Of taking part: there is still something to remove."""
    letter = exists().where(Delivery.enrolment_id == Enrolment.id, _is_done_with())
    return or_(letter, *(exists().where(each.enrolment_id == Enrolment.id) for each in OF_TRAINING))


def _is_changed_since(before: datetime) -> ColumnElement[bool]:
    return or_(
        exists().where(Reflection.enrolment_id == Enrolment.id, Reflection.saved_at >= before),
        exists().where(Plan.enrolment_id == Enrolment.id, Plan.changed_at >= before),
        exists().where(CheckIn.enrolment_id == Enrolment.id, CheckIn.answered_at >= before),
    )


def _launches(organisation_id: UUID, before: datetime) -> Delete:
    """When somebody opened an item. One from which a trainer still looks as a learner is not so old."""
    later = aliased(Visit)
    is_needed = exists().where(later.back_id == Visit.id)
    return delete(Visit).where(Visit.organisation_id == organisation_id, Visit.used_at < before, ~is_needed)


def _is_past(before: datetime) -> Sequence[ColumnElement[bool]]:
    """Of a person. Nobody goes whose course has a training that was not over then."""
    goes_on = (
        exists()
        .where(Membership.person_id == Person.id, Track.course_id == Membership.course_id)
        .where(Cohort.track_id == Track.id, Cohort.ends_on >= before.date())
    )
    takes_part = Enrolment.person_id == Person.id
    return (
        Person.created_at < before,
        func.substr(Person.sub, 1, len(TRIAL)) != TRIAL,
        ~exists().where(Membership.person_id == Person.id, Membership.seen_at >= before),
        ~goes_on,
        ~exists().where(takes_part, or_(Enrolment.joined_at >= before, _has_something())),
        *(~exists().where(each.person_id == Person.id) for each in (Note, Entry, LateDraft, ArchiveLink)),
    )
