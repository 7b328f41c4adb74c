"""A session as it is opened: which look back goes before it, and who did that. Status only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from lti_tool.domain.instruments import Phase
from lti_tool.models.activities import Activity
from lti_tool.models.instruments import InstrumentPart, InstrumentVersion
from lti_tool.models.people import Person
from lti_tool.models.reflections import Reflection
from lti_tool.models.tracks import Cohort, Enrolment, Track
from lti_tool.services import participants
from lti_tool.services.participants import Row, Tally


@dataclass(frozen=True)
class LookBack:
    """Looking back on one session of a group. number: of that session. held_on: None where it has no day."""

    activity_id: UUID
    number: int
    held_on: date | None


def look_backs(session: Session, track: Track, meetings: Sequence[date]) -> list[LookBack]:
    """Those that a training asks, in the order of its sessions. meetings: the days of a group."""
    rows = session.execute(
        select(Activity.id, Activity.meeting_number)
        .join(InstrumentVersion, InstrumentVersion.id == Activity.instrument_version_id)
        .where(Activity.track_id == track.id, InstrumentVersion.phase == Phase.MID)
        .order_by(Activity.meeting_number, Activity.created_at)
    )
    days = dict(enumerate(meetings, start=1))
    return [LookBack(id_, number or 1, days.get(number or 1)) for id_, number in rows]


def newest(found: Sequence[LookBack], today: date) -> LookBack | None:
    """What the next session opens with: the look back on the last one that was held; else the first."""
    held = [each for each in found if each.held_on is None or each.held_on <= today]
    return held[-1] if held else next(iter(found), None)


def tally(session: Session, track: Track, cohort: Cohort, look_back: LookBack) -> Tally:
    """How many people of a group there are, and how many of them looked back."""
    done = func.sum(case((_has_looked_back(look_back), 1), else_=0))
    asked = participants.taking_part(select(func.count(Enrolment.id), done), track)
    people, number = session.execute(asked.where(Enrolment.cohort_id == cohort.id)).one()
    return Tally(people, number or 0)


def rows(session: Session, track: Track, cohort: Cohort, look_back: LookBack, page: int) -> list[Row]:
    """Fifty people of a group, who did not look back first. page: counted from 1."""
    is_done = _has_looked_back(look_back)
    asked = participants.taking_part(select(Person, Enrolment, is_done), track)
    mine = asked.where(Enrolment.cohort_id == cohort.id)
    in_order = mine.order_by(is_done, Enrolment.joined_at, Enrolment.id)
    return participants.rows(session, participants.some(in_order, page))


def _has_looked_back(look_back: LookBack) -> ColumnElement[bool]:
    """Whether an enrolment handed in the first part of it."""
    return Enrolment.id.in_(
        select(Reflection.enrolment_id)
        .join(InstrumentPart, InstrumentPart.id == Reflection.part_id)
        .where(Reflection.activity_id == look_back.activity_id, Reflection.submitted_at.is_not(None))
        .where(InstrumentPart.position == 1)
    )
