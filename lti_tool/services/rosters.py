"""What a roster that was read leaves behind: who is in a course, and who takes part."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.domain.clock import Now
from lti_tool.domain.rosters import Extent
from lti_tool.models.courses import Course
from lti_tool.models.people import Person
from lti_tool.models.tracks import Cohort, Enrolment, Track, TrackStatus
from lti_tool.services import course_people, enrolments, nudges, tracks
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.course_people import Keys, Roster


def apply(
    session: Session, course: Course, roster: Roster, keys: Keys, catalogue: Catalogue, now: Now
) -> set[UUID]:
    """Records people, memberships and enrolments, with the letters that follow; the keys now in use.

    The number of statements does not depend on the number of people. Whoever has no key here was erased,
    or came by a launch meanwhile, and is left as they are. May raise IntegrityError when somebody on the
    roster launches at the same moment.
    """
    found = course_people.record(session, course, roster, keys, now.real)
    changed = enrolments.bring_back(session, [person.id for person in found.open], course.id)
    changed += _enrol(session, course, found.learners, now.calendar)
    if roster.extent is Extent.WHOLE:
        changed += enrolments.let_go(session, course.id, found.present, roster.read_at)
    if roster.extent is Extent.CHANGES:
        changed += enrolments.end_part(session, course.id, found.gone, roster.read_at)
    changed += nudges.elsewhere(session, [person.id for person in found.open])
    nudges.replan(session, {one.id for one in changed}, catalogue, now.calendar)
    return {person.key_id for person in found.open}


def _enrol(session: Session, course: Course, learners: Sequence[Person], now: datetime) -> list[Enrolment]:
    """Lets learners take part in each open training of the course whose letters may still come.

    Not in one that was set up after another in which they took part had ended: that was their turn.
    """
    taken = _taken(session, course)
    new: list[Enrolment] = []
    for track, cohort in _open(session, course, now.date()):
        set_up_on = track.created_at.date()
        not_now = {who for who, track_id, ended in taken if track_id == track.id or ended < set_up_on}
        new += enrolments.enrol(session, [one for one in learners if one.id not in not_now], cohort, now)
    return new


def _taken(session: Session, course: Course) -> list[tuple[UUID, UUID, date]]:
    """Who takes part in which training of the course, and when it ends."""
    rows = session.execute(
        select(Enrolment.person_id, Cohort.track_id, Cohort.ends_on)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Track, Track.id == Cohort.track_id)
        .where(Track.course_id == course.id, Track.status == TrackStatus.OPEN)
    )
    return [(row.person_id, row.track_id, row.ends_on) for row in rows]


def _open(session: Session, course: Course, today: date) -> list[tuple[Track, Cohort]]:
    rows = session.execute(
        select(Track, Cohort)
        .join(Cohort, (Cohort.track_id == Track.id) & (Cohort.number == 1))
        .where(tracks.with_open_window(course.id, today))
        .order_by(Track.created_at)
    )
    return [(track, cohort) for track, cohort in rows]
