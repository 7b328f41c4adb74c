"""Notes of a logbook that their writer keeps with a plan, as what shows how it goes."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from lti_tool.models.logbook import Note, NoteEvidence
from lti_tool.models.people import Person
from lti_tool.models.plans import Plan
from lti_tool.models.tracks import Cohort, Enrolment, Track
from lti_tool.services import firsts, plans
from lti_tool.services.keys import Key
from lti_tool.services.plans import Sentence


@dataclass(frozen=True)
class OwnPlan:
    """A plan of somebody, as they choose it. title: of its training, which ended on `ended_on`.

    task: what there is of a plan without a sentence. has_note: the note is kept with it.
    """

    enrolment_id: UUID
    title: str
    ended_on: date
    sentence: Sentence | None
    task: str
    has_note: bool


def choices(session: Session, note: Note, person: Person, key: Key) -> list[OwnPlan]:
    """The plans that a note can be kept with; the one of the training that ended last comes first."""
    rows = session.execute(
        select(Enrolment, Track.title, Plan, NoteEvidence.id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Track, Track.id == Cohort.track_id)
        .join(Plan, Plan.enrolment_id == Enrolment.id)
        .outerjoin(
            NoteEvidence, (NoteEvidence.enrolment_id == Enrolment.id) & (NoteEvidence.note_id == note.id)
        )
        .where(Enrolment.person_id == person.id)
        .order_by(Enrolment.anchor_on.desc(), Enrolment.attempt.desc(), Enrolment.id)
    )
    return [
        OwnPlan(
            enrolment.id,
            title,
            enrolment.anchor_on,
            plans.sentence_of(plan, person, key),
            plans.task_of(plan, person, key),
            kept is not None,
        )
        for enrolment, title, plan, kept in rows
    ]


def has_plan(session: Session, person: Person) -> bool:
    """Whether there is a plan to keep a note with."""
    theirs = select(Plan.id).join(Enrolment, Enrolment.id == Plan.enrolment_id)
    return session.scalar(theirs.where(Enrolment.person_id == person.id).limit(1)) is not None


def add(session: Session, note: Note, enrolment_id: UUID) -> bool:
    """Keeps a note with a plan of its writer; False where they have no such plan."""
    theirs = select(Plan.id).join(Enrolment, Enrolment.id == Plan.enrolment_id)
    mine = Enrolment.id == enrolment_id, Enrolment.person_id == note.person_id
    if session.scalar(theirs.where(*mine)) is None:
        return False
    # Kept already, or the note was removed meanwhile: either way there is nothing to add.
    firsts.add(
        session,
        NoteEvidence(organisation_id=note.organisation_id, note_id=note.id, enrolment_id=enrolment_id),
    )
    return True


def take_back(session: Session, note: Note, enrolment_id: UUID) -> None:
    """The note stays, and stands with that plan no more."""
    kept = NoteEvidence.note_id == note.id, NoteEvidence.enrolment_id == enrolment_id
    session.execute(delete(NoteEvidence).where(*kept))


def titles(session: Session, person: Person) -> dict[UUID, list[str]]:
    """The trainings with whose plan each note is kept, by note; none for one that is kept with no plan."""
    found: dict[UUID, list[str]] = defaultdict(list)
    for note_id, title in session.execute(
        select(NoteEvidence.note_id, Track.title)
        .join(Note, Note.id == NoteEvidence.note_id)
        .join(Enrolment, Enrolment.id == NoteEvidence.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Track, Track.id == Cohort.track_id)
        .where(Note.person_id == person.id)
        .order_by(Enrolment.anchor_on.desc(), Enrolment.attempt.desc(), Enrolment.id)
    ):
        found[note_id].append(title)
    return dict(found)


def days(session: Session, enrolment_ids: Sequence[UUID]) -> dict[UUID, list[date]]:
    """The days of the notes that are kept with the plans of enrolments, by enrolment."""
    found: dict[UUID, list[date]] = defaultdict(list)
    for enrolment_id, day in session.execute(
        select(NoteEvidence.enrolment_id, Note.written_on)
        .join(Note, Note.id == NoteEvidence.note_id)
        .where(NoteEvidence.enrolment_id.in_(enrolment_ids))
        .order_by(Note.written_on)
    ):
        found[enrolment_id].append(day)
    return dict(found)
