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
    done = func.sum(case((has_prepared(track), 1), else_=0))
    rows = session.execute(
        participants.taking_part(select(Enrolment.cohort_id, func.count(), done), track).group_by(
            Enrolment.cohort_id
        )
    )
    return {cohort_id: Tally(people, number) for cohort_id, people, number in rows}


def rows(session: Session, track: Track, page: int) -> list[Row]:
    """Fifty people, by group: who has not prepared first. page: counted from 1."""
    is_done = has_prepared(track)
    asked = participants.taking_part(select(Person, Enrolment, is_done), track)
    by_group = asked.order_by(Cohort.number, is_done, Enrolment.joined_at, Enrolment.id)
    return participants.rows(session, participants.some(by_group, page))


def has_prepared(track: Track) -> ColumnElement[bool]:
    """Whether an enrolment handed in the first part of a preparation of a training."""
    # Found once for all of them: asked of each anew, it takes most of the time of a page of a large group.
    return Enrolment.id.in_(
        select(Reflection.enrolment_id)
        .join(Activity, Activity.id == Reflection.activity_id)
        .join(InstrumentPart, InstrumentPart.id == Reflection.part_id)
        .join(InstrumentVersion, InstrumentVersion.id == InstrumentPart.instrument_version_id)
        .where(Activity.track_id == track.id, Reflection.submitted_at.is_not(None))
        .where(InstrumentPart.position == 1, InstrumentVersion.phase == Phase.PRE)
    )
