"""Which groups are to be counted now, that they were, and which never are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from lti_tool.domain import snapshots as rules
from lti_tool.domain.snapshots import Group, Moment, Slot
from lti_tool.domain.workdays import DAY
from lti_tool.models.harvests import Snapshot
from lti_tool.models.organisations import Organisation
from lti_tool.models.tracks import Cohort, Enrolment, Track, TrackStatus
from lti_tool.services import activities, firsts, learner_facts, tracks

Taken = tuple[Moment, int]


@dataclass(frozen=True)
class Waiting:
    """A group that is to be counted. number: of the meeting, else 0."""

    cohort_id: UUID
    moment: Moment
    number: int


def due(session: Session, now: datetime) -> list[Waiting]:
    """All that is to be counted now (calendar clock), in a fixed number of statements.

    Not a group without people: a training that nobody opened has none, and may be removed.
    """
    around = now.date()
    rows = session.execute(
        select(Cohort, Track, Organisation)
        .join(Track, Track.id == Cohort.track_id)
        .join(Organisation, Organisation.id == Cohort.organisation_id)
        .where(
            Track.status == TrackStatus.OPEN,
            Cohort.starts_on <= around + DAY,
            Cohort.ends_on >= around - rules.LONGEST - DAY,
            exists().where(Enrolment.cohort_id == Cohort.id),
        )
    ).all()
    taken = taken_of(session, [cohort.id for cohort, *_ in rows])
    days = tracks.meetings(session, [cohort.id for cohort, *_ in rows])
    looked_back = activities.looked_back(session, [track.id for _, track, _ in rows])
    return [
        Waiting(cohort.id, slot.moment, slot.number)
        for cohort, track, organisation in rows
        for slot in _slots(cohort, organisation, days[cohort.id], looked_back[track.id])
        if slot.is_due(now, cohort.time_zone) and (slot.moment, slot.number) not in taken[cohort.id]
    ]


def coming(session: Session, track: Track, cohort: Cohort, taken: Collection[Taken]) -> list[Slot]:
    """When a group is to be counted still. taken: what was."""
    organisation = session.get_one(Organisation, cohort.organisation_id)
    days = tracks.meetings(session, [cohort.id])[cohort.id]
    looked_back = activities.looked_back(session, [track.id])[track.id]
    slots = _slots(cohort, organisation, days, looked_back)
    return [slot for slot in slots if (slot.moment, slot.number) not in taken]


def taken_of(session: Session, cohort_ids: Collection[UUID]) -> dict[UUID, dict[Taken, date | None]]:
    """What groups were counted for, and on which day; None: they never are."""
    found: dict[UUID, dict[Taken, date | None]] = defaultdict(dict)
    for row in session.scalars(select(Snapshot).where(Snapshot.cohort_id.in_(cohort_ids))):
        found[row.cohort_id][row.moment, row.number] = row.taken_on
    return found


def is_taken(session: Session, cohort_id: UUID, moment: Moment, number: int = 0) -> bool:
    """Whether a group was counted for a moment."""
    there = Snapshot.cohort_id == cohort_id, Snapshot.moment == moment, Snapshot.number == number
    return session.scalar(select(Snapshot.id).where(*there)) is not None


def mark(session: Session, cohort: Cohort, moment: Moment, number: int, today: date) -> bool:
    """Notes that a group is counted now; False when it was already, never is, or its training was removed.

    Nobody goes to another group of the track before it is, and nobody removes the training.
    """
    track = session.get_one(Track, cohort.track_id)
    tracks.hold(session, track)
    return track.status is TrackStatus.OPEN and firsts.add(session, _row(cohort, (moment, number), today))


def withhold(session: Session, track: Track, moved: Collection[tuple[Enrolment, UUID]]) -> None:
    """Groups are never counted for what those who come may have been counted for elsewhere (see the rules).

    moved: who, while they are still in the other group, and the id of the one that they come into. The track
    is held. Who joined after the last of its groups was counted was counted nowhere.
    """
    known = {cohort.id: cohort for cohort in tracks.cohorts(session, track)}
    taken = taken_of(session, known)
    last = _last(taken.values())
    told = {(group, each) for who, group in moved for each in _told(who, taken[who.cohort_id], last)}
    session.add_all(_row(known[group], each, None) for group, each in told if each not in taken[group])
    session.flush()


def _told(who: Enrolment, of_group: Mapping[Taken, date | None], last: Mapping[Taken, date]) -> set[Taken]:
    """What somebody may have been counted for, in their group or before they came into it."""
    found = {each for taken in of_group for each in rules.alike(*taken)}
    return {each for each in found if each in last and who.joined_at.date() <= last[each]}


def _last(taken: Iterable[Mapping[Taken, date | None]]) -> dict[Taken, date]:
    """The last day on which a group was counted, by what for."""
    counted = ((each, day) for of_group in taken for each, day in of_group.items() if day is not None)
    found: dict[Taken, date] = {}
    for (moment, number), day in counted:
        for each in rules.alike(moment, number):
            found[each] = max(day, found.get(each, day))
    return found


def _row(cohort: Cohort, taken: Taken, on: date | None) -> Snapshot:
    ids = {"organisation_id": cohort.organisation_id, "cohort_id": cohort.id}
    return Snapshot(**ids, moment=taken[0], number=taken[1], taken_on=on)


def _slots(
    cohort: Cohort, organisation: Organisation, days: tuple[date, ...], looked_back: Collection[int]
) -> Iterator[Slot]:
    calendar = learner_facts.calendar(organisation, cohort.ends_on)
    yield from rules.slots(Group(cohort.ends_on, calendar, cohort.time_zone, days, looked_back))
