"""Other days for a training, another follow-up, another group: with the letters that follow from it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lti_tool.domain import moments
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.people import Person
from lti_tool.models.tracks import AnchorSource, Cohort, Enrolment, Track
from lti_tool.services import digests, enrolments, nudges, releases, snapshots, stories, takeaways, tracks
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.tracks import Dates, FollowUp


@dataclass(frozen=True)
class Change:
    """What becomes of the letters that were to come: how many get another day, fall away, or join.

    sent: how many went out about days that are other ones now.
    reminder: the day to come that a trainer had chosen for the reminder to prepare; it counts no more.
    """

    moved: int = 0
    gone: int = 0
    new: int = 0
    sent: int = 0
    reminder: date | None = None

    def __bool__(self) -> bool:
        return bool(self.moved or self.gone or self.new or self.sent or self.reminder)

    def __str__(self) -> str:
        """A mark that shows whether a trainer saw these very numbers."""
        return f"{self.moved}-{self.gone}-{self.new}" + (f"-{self.reminder}" if self.reminder else "")


def move(
    session: Session,
    cohort: Cohort,
    dates: Dates,
    catalogue: Catalogue,
    now: datetime,
    follow_up: FollowUp | None = None,
) -> Change:
    """Moves a cohort, or follows its track up in another way; what becomes of the letters.

    follow_up: None leaves it as it is.
    Whoever only wants to know the numbers takes the transaction back.
    """
    track = session.get_one(Track, cohort.track_id)
    before = _coming(session, track)
    is_moved = not dates.is_same(tracks.dates_of(session, cohort))
    sent = _sent(session, cohort) if is_moved else 0
    reminder = _reminder(cohort, dates, now)
    kept = follow_up or tracks.follow_up(session, track)
    tracks.move(session, cohort, dates, now)
    tracks.follow(session, track, kept)
    session.expire_all()
    nudges.replan(session, enrolments.of_track(session, track.id), catalogue, now)
    # The closing day is that of all groups.
    for each in tracks.cohorts(session, track):
        digests.replan_cohort(session, each.id, now)
    return replace(_change(before, _coming(session, track)), sent=sent, reminder=reminder)


def add_group(session: Session, track: Track, name: str, dates: Dates, now: datetime) -> Cohort:
    """One more group (calendar clock). The track's usual closing day goes by whichever group ends last."""
    kept = tracks.follow_up(session, track)
    known = tracks.cohorts(session, track)
    number, zone = known[-1].number + 1, known[0].time_zone
    added = tracks.add_cohort(session, track, number, name, dates, zone, now)
    tracks.follow(session, track, kept)
    return added


def regroup(
    session: Session, track: Track, groups: Mapping[UUID, int], catalogue: Catalogue, now: datetime
) -> int:
    """Puts people of a track into other groups of it; how many changed.

    groups: number of the group, by enrolment. What somebody wrote stays, but the people of another group
    do not read what was shown to the first. T0 follows the new group where it came from one. A group is never
    counted for what those who come into it were counted for.
    """
    tracks.hold(session, track)
    enrolments.hold(session, groups)
    known = {cohort.number: cohort for cohort in tracks.cohorts(session, track)}
    own = [cohort.id for cohort in known.values()]
    rows = session.scalars(
        select(Enrolment)
        .where(Enrolment.id.in_(groups), Enrolment.cohort_id.in_(own))
        .execution_options(populate_existing=True)
    ).all()
    changed = [row for row in rows if row.cohort_id != known[groups[row.id]].id]
    snapshots.withhold(session, track, [(row, known[groups[row.id]].id) for row in changed])
    for enrolment in changed:
        cohort = known[groups[enrolment.id]]
        enrolment.cohort_id = cohort.id
        if enrolment.anchor_source is AnchorSource.COHORT:
            enrolment.anchor_on = cohort.ends_on
    ids = [enrolment.id for enrolment in changed]
    releases.hide_from_team(session, ids)
    stories.hide(session, ids)
    takeaways.hide_from_room(session, ids)
    nudges.replan(session, ids, catalogue, now)
    digests.replan_of(session, ids, now)
    return len(changed)


def _reminder(cohort: Cohort, dates: Dates, now: datetime) -> date | None:
    """The day that was chosen for a reminder, when these days of the training take it away before it came."""
    chosen, today = cohort.remind_on, moments.local(now, cohort.time_zone).date()
    is_lost = chosen is not None and chosen > today and dates.starts_on != cohort.starts_on
    return chosen if is_lost else None


def _coming(session: Session, track: Track) -> dict[UUID, date]:
    rows = session.execute(
        select(Delivery.id, Delivery.due_on)
        .join(Enrolment, Enrolment.id == Delivery.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(
            Cohort.track_id == track.id,
            Person.is_test.is_(False),
            Delivery.kind == Kind.NUDGE,
            Delivery.status == DeliveryStatus.PLANNED,
        )
    )
    return {row.id: row.due_on for row in rows}


def _sent(session: Session, cohort: Cohort) -> int:
    """How many letters people of a group have had, or may have had."""
    gone_out = [DeliveryStatus.SENDING, DeliveryStatus.SENT, DeliveryStatus.UNKNOWN]
    counted = (
        select(func.count())
        .select_from(Delivery)
        .join(Enrolment, Enrolment.id == Delivery.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.cohort_id == cohort.id, Person.is_test.is_(False))
        .where(Delivery.kind == Kind.NUDGE, Delivery.status.in_(gone_out))
    )
    return session.scalars(counted).one()


def _change(before: Mapping[UUID, date], after: Mapping[UUID, date]) -> Change:
    stay = before.keys() & after.keys()
    return Change(
        moved=sum(before[id_] != after[id_] for id_ in stay),
        gone=len(before.keys() - stay),
        new=len(after.keys() - stay),
    )
