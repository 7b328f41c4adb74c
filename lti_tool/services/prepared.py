"""Who prepared and who did not: status only, as the gradebook has it.

What somebody began and did not hand in is nowhere here: whoever sees it knows who hesitates.
"""

from uuid import UUID

from sqlalchemy import ColumnElement, case, exists, func, select
from sqlalchemy.orm import Session

from lti_tool.domain.instruments import Phase
from lti_tool.models.activities import Activity
from lti_tool.models.instruments import InstrumentPart, InstrumentVersion
from lti_tool.models.people import Person
from lti_tool.models.reflections import Reflection
from lti_tool.models.tracks import Cohort, Enrolment, Track
from lti_tool.services import participants
from lti_tool.services.participants import Row, Tally


def is_asked(session: Session, track: Track) -> bool:
    """Whether a training has a preparation at all, opened or not."""
    return session.scalars(
        select(
            exists()
            .where(Activity.track_id == track.id)
            .where(InstrumentVersion.id == Activity.instrument_version_id)
            .where(InstrumentVersion.phase == Phase.PRE)
        )
    ).one()


def tallies(session: Session, track: Track) -> dict[UUID, Tally]:
    """How far each group of a training is, in one statement; of one without people, nothing."""
    done = func.sum(case((has_prepared(), 1), else_=0))
    rows = session.execute(
        participants.taking_part(select(Enrolment.cohort_id, func.count(), done), track).group_by(
            Enrolment.cohort_id
        )
    )
    return {cohort_id: Tally(people, number) for cohort_id, people, number in rows}


def rows(session: Session, track: Track, page: int) -> list[Row]:
    """Fifty people, by group: who has not prepared first. page: counted from 1."""
    is_done = has_prepared()
    asked = participants.taking_part(select(Person, Enrolment, is_done), track)
    by_group = asked.order_by(Cohort.number, is_done, Enrolment.joined_at, Enrolment.id)
    return participants.rows(session, participants.some(by_group, page))


def has_prepared() -> ColumnElement[bool]:
    """Whether an enrolment handed in the first part of a preparation of its own training."""
    return (
        exists()
        .where(Reflection.enrolment_id == Enrolment.id, Reflection.submitted_at.is_not(None))
        .where(Activity.id == Reflection.activity_id, Activity.track_id == Cohort.track_id)
        .where(InstrumentPart.id == Reflection.part_id, InstrumentPart.position == 1)
        .where(InstrumentVersion.id == InstrumentPart.instrument_version_id)
        .where(InstrumentVersion.phase == Phase.PRE)
        .correlate(Enrolment, Cohort)
    )
