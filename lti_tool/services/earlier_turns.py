"""Who is in a course for an earlier training, and so is not let into a later one by its roster."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from lti_tool.models.courses import Course, Membership, Role
from lti_tool.models.people import Person
from lti_tool.models.tracks import Cohort, Enrolment, EnrolmentStatus, Track, TrackStatus


def left_out(session: Session, track: Track, course: Course) -> int:
    """How many learners who are still in the course take part in no more than an earlier training there.

    Each joins once they open an item of this one. 0 where no roster lets anybody in.
    """
    if course.roster_url is None:
        return 0
    own = aliased(Enrolment)
    here = select(own.person_id).join(Cohort, Cohort.id == own.cohort_id).where(Cohort.track_id == track.id)
    people = (
        select(func.count(Enrolment.person_id.distinct()))
        .join(Person, Person.id == Enrolment.person_id)
        .join(Membership, Membership.person_id == Enrolment.person_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Track, Track.id == Cohort.track_id)
    )
    had_it = (
        Track.course_id == course.id,
        Track.status == TrackStatus.OPEN,
        Cohort.ends_on < track.created_at.date(),
        Enrolment.status == EnrolmentStatus.ACTIVE,
    )
    is_learner = (
        Membership.course_id == course.id,
        Membership.role == Role.LEARNER,
        Person.is_test.is_(False),
    )
    return session.scalars(people.where(*had_it, *is_learner, Enrolment.person_id.not_in(here))).one()
