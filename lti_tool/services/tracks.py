"""Setting up a track: from a link without a purpose to an activity with dates."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, select, update
from sqlalchemy.orm import Session, aliased
from sqlalchemy.orm.util import AliasedClass

from lti_tool.domain import reruns
from lti_tool.domain.paces import Pace
from lti_tool.models.activities import Activity
from lti_tool.models.courses import Course, ResourceLink
from lti_tool.models.instruments import InstrumentVersion
from lti_tool.models.tracks import AnchorSource, Cohort, Enrolment, Meeting, Track, TrackStatus

# After the end of a training the last letter comes a month later, and may be late itself.
LETTERS_COME = timedelta(days=45)
# Unless its trainer says otherwise, a training sends nothing more so long after its last day.
CLOSES_AFTER = timedelta(days=60)


@dataclass(frozen=True)
class Dates:
    """The days of a training: the first, the last, and those in between, all of them meetings.

    At one's own pace: since when it is open, and by when somebody should have finished; nobody meets.
    """

    starts_on: date
    ends_on: date
    between: tuple[date, ...] = ()
    pace: Pace = Pace.TOGETHER

    @property
    def meetings(self) -> tuple[date, ...]:
        """All days, in order; a training of one day has one, and so has one at one's own pace."""
        if self.pace is Pace.OWN:
            return (self.starts_on,)
        return tuple(sorted({self.starts_on, *self.between, self.ends_on}))

    @property
    def ends(self) -> tuple[date, date]:
        """The first and the last day."""
        return self.starts_on, self.ends_on

    def is_same(self, other: "Dates") -> bool:
        """Whether these are the very days of the other, whichever order somebody gave them in."""
        mine, theirs = ((each.starts_on, each.ends_on, each.meetings) for each in (self, other))
        return mine == theirs

    def again(self, first_on: date) -> "Dates":
        """The same days, as far from each other, from another first day."""
        days = (self.starts_on, *self.between, self.ends_on)
        first, *between, last = reruns.again(days, first_on)
        return Dates(first, last, tuple(between), self.pace)

    @classmethod
    def of(cls, cohort: Cohort, meetings: tuple[date, ...], pace: Pace) -> "Dates":
        """The days of a cohort as they stand. meetings: all of them."""
        ends = (cohort.starts_on, cohort.ends_on)
        return cls(*ends, tuple(day for day in meetings if day not in ends), pace)


@dataclass(frozen=True)
class FollowUp:
    """How a track is followed up: key of the cadence, the steps left out, and the last day for letters.

    closes_on: None for the usual one.
    """

    cadence: str = "standard"
    left_out: frozenset[str] = frozenset()
    closes_on: date | None = None


@dataclass(frozen=True)
class Placed:
    """An activity with where it stands. cohort: the track's first, or of a learner the own one."""

    activity: Activity
    track: Track
    cohort: Cohort
    version: InstrumentVersion | None

    @property
    def phase(self) -> str | None:
        """When in the training it has its place; None for the page of one's own plan, which asks nothing."""
        return self.version.phase if self.version else None


# Made once, as in `learner_facts`.
_PLACED = (
    select(Activity, Track, Cohort, InstrumentVersion)
    .join(Track, Track.id == Activity.track_id)
    .join(Cohort, (Cohort.track_id == Track.id) & (Cohort.number == 1))
    .outerjoin(InstrumentVersion, InstrumentVersion.id == Activity.instrument_version_id)
    .where(Activity.link_id == bindparam("link_id"))
)
_MEETINGS = select(Meeting).where(Meeting.cohort_id.in_(bindparam("ids"))).order_by(Meeting.held_on)


def placed(session: Session, link: ResourceLink) -> Placed | None:
    """What a link opens; None while no trainer has set it up."""
    row = session.execute(_PLACED, {"link_id": link.id}).one_or_none()
    return Placed(*row) if row is not None else None


def open_tracks(session: Session, course_id: object) -> list[tuple[Track, Cohort]]:
    """The tracks of a course that a link may join, newest first, each with its first cohort.

    Not one that was chosen in the LMS and never opened: that need not be in the course.
    """
    rows = session.execute(
        select(Track, Cohort)
        .join(Cohort, (Cohort.track_id == Track.id) & (Cohort.number == 1))
        .where(Track.course_id == course_id, Track.status == TrackStatus.OPEN, was_opened())
        .order_by(Track.created_at.desc())
    )
    return [(track, cohort) for track, cohort in rows]


def with_open_window(
    course_id: object, today: date, track: type[Track] | AliasedClass[Track] = Track
) -> ColumnElement[bool]:
    """Whether a track is of a course, and letters of one of its groups may still come.

    What was chosen in the LMS counts once one of its links was opened: the LMS need not have made them.
    """
    group = aliased(Cohort)
    in_time = group.ends_on >= today - LETTERS_COME
    return and_(
        track.course_id == course_id,
        track.status == TrackStatus.OPEN,
        exists(group.id).where(group.track_id == track.id, in_time),
        was_opened(track),
    )


def was_opened(track: type[Track] | AliasedClass[Track] = Track) -> ColumnElement[bool]:
    """Whether somebody opened one of the items of a track."""
    item = aliased(Activity)
    return exists(item.id).where(item.track_id == track.id, item.link_id.is_not(None))


def begin(
    session: Session,
    course: Course,
    dates: Dates,
    time_zone: str,
    now: datetime,
    follow_up: FollowUp | None = None,
) -> Track:
    """A new track with one cohort."""
    track = begin_undated(session, course, now)
    schedule(session, track, dates, time_zone, now, follow_up)
    return track


def begin_undated(
    session: Session,
    course: Course,
    now: datetime,
    follow_up: FollowUp | None = None,
    root_id: UUID | None = None,
) -> Track:
    """A new track without days: nobody takes part before they are given. root_id: as in `Track`."""
    track_id = uuid4()
    track = Track(
        id=track_id,
        root_id=root_id or track_id,
        organisation_id=course.organisation_id,
        course_id=course.id,
        title=course.title,
        created_at=now,
    )
    session.add(track)
    session.flush()
    follow(session, track, follow_up or FollowUp())
    return track


def schedule(
    session: Session,
    track: Track,
    dates: Dates,
    time_zone: str,
    now: datetime,
    follow_up: FollowUp | None = None,
) -> None:
    """Gives a track its days, and with them its pace and its first cohort (calendar clock)."""
    track.pace = dates.pace
    add_cohort(session, track, 1, "", dates, time_zone, now)
    follow(session, track, follow_up or FollowUp())


def follow(session: Session, track: Track, follow_up: FollowUp) -> None:
    """Says how a track is followed up; its usual closing day goes by the last cohort that ends."""
    track.cadence, track.left_out = follow_up.cadence, " ".join(sorted(follow_up.left_out))
    track.closes_on = follow_up.closes_on or usual_closing_day(session, track)
    session.flush()


def usual_closing_day(session: Session, track: Track) -> date | None:
    """The closing day of a track whose trainer chose none; None while it has no days."""
    last = session.scalars(select(func.max(Cohort.ends_on)).where(Cohort.track_id == track.id)).one()
    return None if last is None else last + CLOSES_AFTER


def follow_up(session: Session, track: Track) -> FollowUp:
    """How a track is followed up now; a closing day that is the usual one is none of its own."""
    usual = usual_closing_day(session, track)
    own = track.closes_on if track.closes_on != usual else None
    return FollowUp(track.cadence, frozenset(track.left_out.split()), own)


def hold_link(session: Session, link: ResourceLink) -> None:
    """Lets those who set up a link wait for each other."""
    session.execute(select(ResourceLink.id).where(ResourceLink.id == link.id).with_for_update(key_share=True))


def hold(session: Session, track: Track) -> None:
    """Lets those who change a track wait for each other; what was read of it before is read anew."""
    held = select(Track.id).where(Track.id == track.id).with_for_update(key_share=True)
    session.execute(held)
    session.expire_all()


def cohorts(session: Session, track: Track) -> list[Cohort]:
    """The groups of a track, in the order in which they were made."""
    return list(session.scalars(select(Cohort).where(Cohort.track_id == track.id).order_by(Cohort.number)))


def meetings(session: Session, cohort_ids: list[UUID]) -> dict[UUID, tuple[date, ...]]:
    """The days of cohorts, in order."""
    found: dict[UUID, list[date]] = defaultdict(list)
    for meeting in session.scalars(_MEETINGS, {"ids": cohort_ids}):
        found[meeting.cohort_id].append(meeting.held_on)
    return {cohort_id: tuple(found[cohort_id]) for cohort_id in cohort_ids}


def dates_of(session: Session, cohort: Cohort) -> Dates:
    """The days of a cohort."""
    pace = session.get_one(Track, cohort.track_id).pace
    return Dates.of(cohort, meetings(session, [cohort.id])[cohort.id], pace)


def add_cohort(
    session: Session, track: Track, number: int, name: str, dates: Dates, time_zone: str, now: datetime
) -> Cohort:
    """A group of a track with days of its own (calendar clock)."""
    cohort = Cohort(
        organisation_id=track.organisation_id,
        track_id=track.id,
        number=number,
        name=name,
        starts_on=dates.starts_on,
        ends_on=dates.ends_on,
        dated_at=now,
        time_zone=time_zone,
    )
    session.add(cohort)
    session.flush()
    _hold_meetings(session, cohort, dates)
    return cohort


def move(session: Session, cohort: Cohort, dates: Dates, now: datetime) -> None:
    """Changes the days of a cohort; everybody whose T0 came from them moves along (calendar clock).

    What comes before the first meeting may then be as late as in a training that is made now, and the day
    that its trainer chose for a reminder counts no more: it was chosen by another first day.
    """
    if dates.starts_on != cohort.starts_on:
        cohort.dated_at, cohort.remind_on = now, None
    cohort.starts_on, cohort.ends_on = dates.starts_on, dates.ends_on
    _hold_meetings(session, cohort, dates)
    session.execute(
        update(Enrolment)
        .where(Enrolment.cohort_id == cohort.id, Enrolment.anchor_source == AnchorSource.COHORT)
        .values(anchor_on=dates.ends_on)
    )


def _hold_meetings(session: Session, cohort: Cohort, dates: Dates) -> None:
    """Gives a cohort the days that it has from now on."""
    for meeting in session.scalars(select(Meeting).where(Meeting.cohort_id == cohort.id)):
        session.delete(meeting)
    session.flush()
    for day in dates.meetings:
        session.add(Meeting(organisation_id=cohort.organisation_id, cohort_id=cohort.id, held_on=day))
    session.flush()
