"""A whole training at once, as it is chosen in the LMS: a track, and activities without a link yet."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import chain

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.domain.paces import Pace
from lti_tool.domain.retention import LENGTH
from lti_tool.models.activities import Activity
from lti_tool.models.courses import Course
from lti_tool.models.organisations import Organisation
from lti_tool.models.tracks import Cohort, Track, TrackStatus
from lti_tool.services import activities, gone_items, instruments, track_copies, tracks
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.previews import Training
from lti_tool.services.tracks import Dates, FollowUp


class Purpose(StrEnum):
    """What an activity is for."""

    PRE = "pre"
    MID = "mid"
    POST = "post"
    JOURNEY = "journey"  # the page of one's own plan, which asks nothing and takes no score


@dataclass(frozen=True)
class Chosen:
    """An activity to add. meeting_number: of a look back on one meeting, which one."""

    purpose: Purpose
    meeting_number: int | None = None


@dataclass(frozen=True)
class NewTraining:
    """A training to begin. dates: None when they are to be given later. earlier: one to begin from."""

    title: str
    dates: Dates | None
    follow_up: FollowUp
    earlier: Track | None = None
    pace: Pace = Pace.TOGETHER


@dataclass(frozen=True)
class Added:
    """An activity that waits for its link. first_day, last_day: when it is asked; None: open or unknown."""

    chosen: Chosen
    activity: Activity
    title: str
    time_zone: str
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True)
class OpenTraining:
    """A training of a course that something may be added to.

    cohort: None while its days are still to be given. purposes: what it asks already.
    looked_back: the meetings that have a look back. was_opened: whether somebody opened one of its items.
    """

    track: Track
    cohort: Cohort | None
    meetings: int
    purposes: frozenset[Purpose]
    looked_back: frozenset[int]
    was_opened: bool

    @property
    def next_purpose(self) -> Purpose:
        """What it probably lacks."""
        done = self.purposes - ({Purpose.MID} if self.not_looked_back else set())
        possible = [each for each in Purpose if each is not Purpose.MID or self.not_looked_back]
        return next((each for each in possible if each not in done), Purpose.POST)

    @property
    def not_looked_back(self) -> tuple[int, ...]:
        """The meetings without a look back; of a training without days, the one after those with one."""
        last = self.meetings - 1 if self.cohort else max(self.looked_back, default=0) + 1
        return tuple(number for number in range(1, last + 1) if number not in self.looked_back)


def open_trainings(session: Session, course: Course) -> list[OpenTraining]:
    """The trainings of a course that are open, newest first."""
    rows = session.execute(
        select(Track, Cohort, tracks.was_opened())
        .outerjoin(Cohort, (Cohort.track_id == Track.id) & (Cohort.number == 1))
        .where(Track.course_id == course.id, Track.status == TrackStatus.OPEN)
        .order_by(Track.created_at.desc(), Track.id)
    ).all()
    days = tracks.meetings(session, [cohort.id for _, cohort, _ in rows if cohort is not None])
    linked = activities.looked_back(session, [track.id for track, _, _ in rows])
    asked = activities.phases(session, [track.id for track, _, _ in rows])
    return [
        OpenTraining(
            track,
            cohort,
            len(days[cohort.id]) if cohort else 0,
            frozenset(Purpose(phase or Purpose.JOURNEY) for phase in asked[track.id]),
            linked[track.id],
            was_opened,
        )
        for track, cohort, was_opened in rows
    ]


def of_purposes(purposes: Collection[str], meetings: Sequence[int]) -> tuple[Chosen, ...]:
    """The activities for some purposes, in the order of a course. meetings: those to look back on."""
    looked_back = [Chosen(Purpose.MID, number) for number in meetings]
    found = (looked_back if each is Purpose.MID else [Chosen(each)] for each in Purpose if each in purposes)
    return tuple(chain.from_iterable(found))


def training(session: Session, course: Course, new: NewTraining, dates: Dates, today: date) -> Training:
    """What the calendar shows before a training begins. dates: those of the new one."""
    organisation = session.get_one(Organisation, course.organisation_id)
    return Training(organisation, dates, new.follow_up, organisation.time_zone, today)


def add(
    session: Session,
    course: Course,
    where: Track | NewTraining,
    chosen: Collection[Chosen],
    catalogue: Catalogue,
    now: datetime,
) -> list[Added]:
    """Begins the training if it is a new one, and adds what was chosen."""
    zone = session.get_one(Organisation, course.organisation_id).time_zone
    track = where if isinstance(where, Track) else _begin(session, course, where, zone, now)
    cohort = next(iter(tracks.cohorts(session, track)), None)
    dates = tracks.dates_of(session, cohort) if cohort else None
    zone = cohort.time_zone if cohort else zone
    placed = ((each, _place(session, track, each, catalogue, now)) for each in chosen)
    return [Added(each, here, track.title, zone, *asked_between(each, dates)) for each, here in placed]


def asked_between(chosen: Chosen, dates: Dates | None) -> tuple[date | None, date | None]:
    """The first and the last day on which an activity is asked; None where it is open, or not known yet.

    A preparation has until the training begins, a look back on a meeting until the next one, a plan the two
    weeks after the training. At one's own pace people prepare when they begin, and plan when they finish.
    """
    if dates is None or chosen.purpose is Purpose.JOURNEY:
        return None, None
    if dates.pace is Pace.OWN:
        return (None, None) if chosen.purpose is Purpose.PRE else (dates.starts_on, dates.ends_on + LENGTH)
    if chosen.purpose is Purpose.PRE:
        return None, dates.starts_on
    number = chosen.meeting_number
    if number is None:
        return dates.ends_on, dates.ends_on + LENGTH
    days = dates.meetings[number - 1 : number + 1]
    return (days[0], days[1]) if len(days) > 1 else (None, None)


def _begin(session: Session, course: Course, new: NewTraining, zone: str, now: datetime) -> Track:
    track = tracks.begin_undated(session, course, now, new.follow_up)
    if new.earlier is not None:
        track_copies.begin_from(session, new.earlier, track)
    track.title, track.pace = new.title, new.pace
    if new.dates is not None:
        tracks.schedule(session, track, new.dates, zone, now, new.follow_up)
        track.is_unannounced = True
    return track


def _place(session: Session, track: Track, chosen: Chosen, catalogue: Catalogue, now: datetime) -> Activity:
    """One more item; where one of that kind is gone, that very one, which goes to the new link."""
    gone = gone_items.find(session, track, chosen.purpose, chosen.meeting_number)
    if gone is not None:
        return gone
    version = (
        None
        if chosen.purpose is Purpose.JOURNEY
        else instruments.version_of(session, catalogue.latest(chosen.purpose)).id
    )
    activity = activities.add(session, track, version, now, chosen.meeting_number)
    track_copies.ask_as_before(session, track, activity, catalogue, now)
    return activity
