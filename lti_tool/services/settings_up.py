"""A trainer sets a link up: what it is for, in which track, and who was waiting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from lti_tool.domain import presets
from lti_tool.domain.instruments import Phase
from lti_tool.domain.presets import Preset
from lti_tool.models.courses import Course
from lti_tool.models.organisations import Organisation
from lti_tool.models.tracks import Cohort, Track
from lti_tool.services import (
    activities,
    digests,
    enrolments,
    gone_items,
    nudges,
    parts,
    previews,
    recalls,
    roster_reads,
    track_copies,
    tracks,
)
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.previews import Training
from lti_tool.services.tracks import Dates, FollowUp
from lti_tool.services.visits import Visitor

# Which instrument a phase asks.
INSTRUMENTS = {Phase.PRE: "pre", Phase.MID: "mid", Phase.POST: "post"}
# Words in the title of a link that tell what it is for.
IN_BETWEEN = ("tussen", "bijeenkomst", "between", "session")
AFTERWARDS = ("terug", "plan", "evalu", "achteraf", "look back", "looking back", "after", "reflect")
TWO_WEEKS = timedelta(days=14)
OPEN_FOR = timedelta(days=42)


@dataclass(frozen=True)
class LinkPurpose:
    """What a link is for. meeting_number: of a look back on one meeting, which one."""

    phase: Phase
    meeting_number: int | None = None


@dataclass(frozen=True)
class NewTrack:
    """A track to begin. earlier: one whose set-up comes along."""

    dates: Dates
    follow_up: FollowUp
    earlier: Track | None = None


@dataclass(frozen=True)
class Joinable:
    """A track of the course that a link may join. looked_back: the meetings that have a link already."""

    track: Track
    cohort: Cohort
    meetings: int
    looked_back: frozenset[int]


def phases(catalogue: Catalogue, joinable: list[Joinable]) -> tuple[Phase, ...]:
    """What a link of the course may be for: a look back on a meeting needs another one after it."""
    has_gap = not joinable or any(each.meetings > 1 for each in joinable)
    return tuple(
        phase
        for phase, key in INSTRUMENTS.items()
        if catalogue.has(key) and (phase is not Phase.MID or has_gap)
    )


def joinable(session: Session, course_id: object) -> list[Joinable]:
    """The tracks that a link of a course may join, newest first."""
    found = tracks.open_tracks(session, course_id)
    days = tracks.meetings(session, [cohort.id for _, cohort in found])
    linked = activities.looked_back(session, [track.id for track, _ in found])
    return [Joinable(track, cohort, len(days[cohort.id]), linked[track.id]) for track, cohort in found]


def next_meeting(meetings: int, looked_back: frozenset[int] = frozenset()) -> int:
    """The first meeting to look back on that has no link yet; the first of all when each has one."""
    return next((number for number in range(1, meetings) if number not in looked_back), 1)


def likely_phase(link_title: str, offered: Sequence[Phase], *, has_track: bool) -> Phase:
    """What a link is probably for: by its title, else preparing first and looking back second."""
    title = link_title.lower()
    if has_track and Phase.MID in offered and any(word in title for word in IN_BETWEEN):
        return Phase.MID
    if any(word in title for word in AFTERWARDS):
        return Phase.POST
    return Phase.POST if has_track and "voorb" not in title and "prepar" not in title else Phase.PRE


def propose(phase: Phase, preset: Preset, today: date) -> Dates:
    """The dates that a form starts from: one day, in two weeks to prepare for, or today to look back on.

    At one's own pace it is open from today, for six weeks.
    """
    if preset is Preset.E_LEARNING:
        return Dates(today, today + OPEN_FOR)
    day = today if phase is Phase.POST else today + TWO_WEEKS
    return Dates(day, day)


def likely_preset(session: Session, track: Track) -> Preset:
    """What a training without days is: by its pace, and by what looks back on its meetings."""
    looked_back = activities.looked_back(session, [track.id])[track.id]
    return presets.of_pace(track.pace, max(looked_back, default=0) + 1)


def training(
    session: Session,
    trainer: Visitor,
    purpose: LinkPurpose,
    where: Track | NewTrack,
    catalogue: Catalogue,
    today: date,
) -> Training:
    """What the calendar shows before a link is switched on: the track as it will be."""
    asked = _asked(purpose, catalogue)
    if isinstance(where, Track):
        known = previews.of_track(session, where, tracks.cohorts(session, where)[0])
        return known.asking(asked)
    organisation = session.get_one(Organisation, trainer.course.organisation_id)
    questions = recalls.number_of(session, where.earlier.id) if where.earlier else 0
    return Training(
        organisation, where.dates, where.follow_up, organisation.time_zone, today, asked, questions
    )


def training_of(session: Session, track: Track, new: NewTrack, today: date) -> Training:
    """What the calendar shows before a track gets its days."""
    organisation = session.get_one(Organisation, track.organisation_id)
    asked, questions = previews.asked_by(session, track.id), recalls.number_of(session, track.id)
    return Training(organisation, new.dates, new.follow_up, organisation.time_zone, today, asked, questions)


def set_up(
    session: Session,
    trainer: Visitor,
    purpose: LinkPurpose,
    where: Track | NewTrack,
    catalogue: Catalogue,
    now: datetime,
) -> None:
    """Puts the phase's instrument on the trainer's link, and lets everybody in who was waiting.

    Who takes part already is planned for anew: the link makes other letters possible.
    """
    if isinstance(where, NewTrack):
        where = _begin(session, trainer.course, where, now)
        roster_reads.ask(session, trainer.course.id)
    instrument = catalogue.latest(INSTRUMENTS[purpose.phase])
    number = purpose.meeting_number
    if gone_items.put_back(session, trainer.link, where, purpose.phase, number, now) is None:
        activity = activities.place(session, trainer.link, where, instrument, now, number)
        track_copies.ask_as_before(session, where, activity, catalogue, now)
    _let_in(session, where, catalogue, now)


def schedule(session: Session, track: Track, new: NewTrack, catalogue: Catalogue, now: datetime) -> None:
    """Gives a track the days that it did not have yet, and lets everybody in who was waiting."""
    organisation = session.get_one(Organisation, track.organisation_id)
    tracks.schedule(session, track, new.dates, organisation.time_zone, now, new.follow_up)
    roster_reads.ask(session, track.course_id)
    _let_in(session, track, catalogue, now)


def _begin(session: Session, course: Course, new: NewTrack, now: datetime) -> Track:
    organisation = session.get_one(Organisation, course.organisation_id)
    track = tracks.begin(session, course, new.dates, organisation.time_zone, now, new.follow_up)
    if new.earlier is not None:
        track_copies.begin_from(session, new.earlier, track)
    return track


def _let_in(session: Session, track: Track, catalogue: Catalogue, now: datetime) -> None:
    groups = tracks.cohorts(session, track)
    enrolments.enrol(session, enrolments.waiting_learners(session, track), groups[0], now)
    nudges.replan(session, enrolments.of_track(session, track.id), catalogue, now)
    for cohort in groups:
        digests.replan_cohort(session, cohort.id, now)


def _asked(purpose: LinkPurpose, catalogue: Catalogue) -> frozenset[str]:
    instrument = catalogue.latest(INSTRUMENTS[purpose.phase])
    names = {parts.name_of(purpose.phase, part.key, purpose.meeting_number) for part in instrument.parts}
    return frozenset(names)
