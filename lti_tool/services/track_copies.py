"""Beginning from an earlier training: what a trainer set up comes along, people and their words never."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, aliased

from lti_tool.domain import openings
from lti_tool.domain.openings import Opening
from lti_tool.models.activities import Activity
from lti_tool.models.courses import Course, Membership, Role
from lti_tool.models.instruments import InstrumentVersion
from lti_tool.models.people import Person
from lti_tool.models.tracks import Cohort, Track, TrackStatus
from lti_tool.services import adaptations, recalls, tracks
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.tracks import Dates, FollowUp

MOST = 20
"""As many as a list can hold and still be read."""


class ItemKind(NamedTuple):
    """What an item is for, and after which meeting, if any."""

    phase: str
    meeting_number: int | None


@dataclass(frozen=True)
class Earlier:
    """A training to begin from. course_title: of the course that it is in. dates: of its first group.

    asks_otherwise: items whose questions its trainer changed. opens_later: those that open on their own day.
    """

    track: Track
    course_title: str
    dates: Dates
    asks_otherwise: tuple[ItemKind, ...] = ()
    opens_later: tuple[ItemKind, ...] = ()

    @property
    def own_title(self) -> str | None:
        """Its name; None where it was only called after its course, as the new one is after its own."""
        return self.track.title if self.track.title != self.course_title else None

    @property
    def follow_up(self) -> FollowUp:
        """How it is followed up; its closing day belongs to its own days and stays behind."""
        return FollowUp(self.track.cadence, frozenset(self.track.left_out.split()))


def of_trainer(session: Session, person: Person) -> list[Earlier]:
    """The trainings of the courses in which somebody is a trainer now, the latest first.

    Only those that somebody opened and that have days: of the others nobody knows what became of them.
    """
    mine = select(Membership.course_id).where(
        Membership.person_id == person.id, Membership.role == Role.TRAINER
    )
    own = Track.course_id.in_(mine) & (Track.organisation_id == person.organisation_id)
    return _read(session, own)


def of_ids(session: Session, organisation_id: UUID, track_ids: Collection[UUID]) -> list[Earlier]:
    """The same of these, as far as they are of the organisation and still there."""
    return _read(session, Track.id.in_(track_ids) & (Track.organisation_id == organisation_id))


def carry(session: Session, source: Track, track: Track) -> None:
    """Gives a new training what its source was set up with, beside mails and days.

    Of all copies this is the one place: of a course that was copied, and of a training that begins from
    another. What is set up per training and must come along is added here.
    """
    track.goal_level, track.kind = source.goal_level, source.kind
    recalls.copy(session, source, track)


def begin_from(session: Session, source: Track, track: Track) -> None:
    """Lets a new training of a trainer begin as an earlier one."""
    course = session.get_one(Course, source.course_id)
    if source.title != course.title:
        track.title = source.title
    track.begun_from_id = source.id
    carry(session, source, track)


def ask_as_before(
    session: Session, track: Track, activity: Activity, catalogue: Catalogue, now: datetime
) -> None:
    """Lets an item that is added ask and open as it did in the training that this one began from.

    A look back on a meeting asks as that on the same meeting did, else as that on another.
    """
    if track.begun_from_id is None or activity.instrument_version_id is None:
        return
    before, own = aliased(InstrumentVersion), aliased(InstrumentVersion)
    other_meeting = Activity.meeting_number.is_distinct_from(activity.meeting_number)
    source = session.scalar(
        select(Activity)
        .join(before, before.id == Activity.instrument_version_id)
        .join(own, (own.key == before.key) & (own.id == activity.instrument_version_id))
        .where(Activity.track_id == track.begun_from_id, Activity.organisation_id == track.organisation_id)
        .order_by(other_meeting, Activity.created_at, Activity.id)
        .limit(1)
    )
    if source is not None:
        activity.opens = source.opens
        adaptations.copy(session, source, activity, now, catalogue)


def _read(session: Session, which: ColumnElement[bool]) -> list[Earlier]:
    rows = session.execute(
        select(Track, Course.title, Cohort)
        .join(Course, Course.id == Track.course_id)
        .join(Cohort, (Cohort.track_id == Track.id) & (Cohort.number == 1))
        .where(which, Track.status == TrackStatus.OPEN, tracks.was_opened())
        .order_by(Cohort.starts_on.desc(), Track.created_at.desc(), Track.id)
        .limit(MOST)
    ).all()
    days = tracks.meetings(session, [cohort.id for _, _, cohort in rows])
    changed = _changed(session, [track for track, *_ in rows])
    return [
        Earlier(track, title, Dates.of(cohort, days[cohort.id], track.pace), *changed[track.id])
        for track, title, cohort in rows
    ]


def _changed(session: Session, found: Collection[Track]) -> dict[UUID, tuple[tuple[ItemKind, ...], ...]]:
    """By training the items that ask otherwise, and those that open on their own day; in one statement."""
    rows = session.execute(
        select(Activity, InstrumentVersion.phase)
        .join(InstrumentVersion, InstrumentVersion.id == Activity.instrument_version_id)
        .where(Activity.track_id.in_([track.id for track in found]))
        .where(or_(Activity.adaptation_id.is_not(None), Activity.opens == Opening.ON_ITS_DAY))
        .order_by(Activity.meeting_number, Activity.created_at, Activity.id)
    ).all()

    def of(track: Track) -> Iterator[tuple[ItemKind, ...]]:
        own = [(row, ItemKind(phase, row.meeting_number)) for row, phase in rows if row.track_id == track.id]
        yield tuple(dict.fromkeys(kind for row, kind in own if row.adaptation_id))
        has_day = [(row, kind) for row, kind in own if openings.has_day(kind.phase, track.pace)]
        yield tuple(dict.fromkeys(kind for row, kind in has_day if row.opens is Opening.ON_ITS_DAY))

    return {track.id: tuple(of(track)) for track in found}
