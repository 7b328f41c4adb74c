"""Who takes part in a cohort."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, bindparam, or_, select
from sqlalchemy.orm import Session

from lti_tool.models.activities import Activity
from lti_tool.models.courses import Membership, ResourceLink, Role
from lti_tool.models.people import Person
from lti_tool.models.tracks import Cohort, Enrolment, EnrolmentStatus, Track, TrackStatus
from lti_tool.models.visits import Visit

# Made once, as in `learner_facts`.
_FIND = (
    select(Enrolment)
    .join(Cohort, Cohort.id == Enrolment.cohort_id)
    .where(Enrolment.person_id == bindparam("person_id"), Cohort.track_id == bindparam("track_id"))
    .order_by(Enrolment.attempt.desc())
    .limit(1)
)
_AT_LINK = (
    select(Enrolment.id)
    .join(Cohort, Cohort.id == Enrolment.cohort_id)
    .join(Activity, Activity.track_id == Cohort.track_id)
    .where(Activity.link_id == bindparam("link_id"), Enrolment.person_id == bindparam("person_id"))
    .order_by(Enrolment.attempt.desc())
    .limit(1)
)


def find(session: Session, person_id: UUID, track: Track) -> Enrolment | None:
    """The latest attempt of a person in a track, in whichever group."""
    return session.scalar(_FIND, {"person_id": person_id, "track_id": track.id})


def at_link(session: Session, person_id: UUID, link: ResourceLink) -> UUID | None:
    """The id of the latest attempt of a person in the training that a link belongs to."""
    return session.scalar(_AT_LINK, {"person_id": person_id, "link_id": link.id})


def newest(session: Session, person: Person) -> Enrolment | None:
    """The training that somebody joined last: whose letters a letter about the person goes with."""
    mine = select(Enrolment).where(Enrolment.person_id == person.id)
    return session.scalar(mine.order_by(Enrolment.joined_at.desc(), Enrolment.id).limit(1))


def hold(session: Session, enrolment_ids: Iterable[UUID]) -> None:
    """Lets changes to the same enrolments wait for each other, as when somebody clicks twice."""
    # In one order, so that two who hold several never wait for each other. SQLite writes one by one anyway.
    session.execute(
        select(Enrolment.id)
        .where(Enrolment.id.in_(list(enrolment_ids)))
        .order_by(Enrolment.id)
        .with_for_update()
    )


def enrol(session: Session, people: Iterable[Person], cohort: Cohort, now: datetime) -> list[Enrolment]:
    """Lets people take part who are in no group of the track yet; the new enrolments."""
    taking_part = set(
        session.scalars(
            select(Enrolment.person_id)
            .join(Cohort, Cohort.id == Enrolment.cohort_id)
            .where(Cohort.track_id == cohort.track_id)
        )
    )
    new = [
        Enrolment(
            organisation_id=cohort.organisation_id,
            person_id=person.id,
            cohort_id=cohort.id,
            anchor_on=cohort.ends_on,
            joined_at=now,
        )
        for person in people
        if person.id not in taking_part
    ]
    session.add_all(new)
    session.flush()
    return new


def bring_back(session: Session, person_ids: Iterable[UUID], course_id: UUID) -> list[Enrolment]:
    """Lets people who had left a course take part again; the enrolments that changed."""
    gone = select(Enrolment).where(
        Enrolment.person_id.in_(list(person_ids)),
        Enrolment.cohort_id.in_(_cohorts_of(course_id)),
        Enrolment.status == EnrolmentStatus.LEFT,
    )
    return _become(session, session.scalars(gone), EnrolmentStatus.ACTIVE)


def let_go(session: Session, course_id: UUID, present: Collection[UUID], since: datetime) -> list[Enrolment]:
    """Ends the part of those who are in a course no more; the enrolments that changed.

    present: the persons who are. since: when that was asked (real clock); who launched later is in it.
    Left alone are pretended students, whom no roster lists, and who came from another course.
    """
    rows = session.scalars(_of_members(course_id, since))
    return _become(session, [row for row in rows if row.person_id not in present], EnrolmentStatus.LEFT)


def end_part(session: Session, course_id: UUID, gone: Collection[UUID], since: datetime) -> list[Enrolment]:
    """Ends the part of those of whom a roster says that they left; the enrolments that changed.

    gone: the persons. since: as in `let_go`.
    """
    rows = session.scalars(_of_members(course_id, since).where(Enrolment.person_id.in_(gone)))
    return _become(session, rows, EnrolmentStatus.LEFT)


def _of_members(course_id: UUID, since: datetime) -> Select[Enrolment]:
    """Those who take part by being in a course, and of whom its roster speaks."""
    return (
        select(Enrolment)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.course_id == course_id,
            Membership.seen_at <= since,
            Person.is_test.is_(False),
            Enrolment.cohort_id.in_(_cohorts_of(course_id)),
            Enrolment.status == EnrolmentStatus.ACTIVE,
        )
    )


def _become(session: Session, rows: Iterable[Enrolment], status: EnrolmentStatus) -> list[Enrolment]:
    changed = list(rows)
    for enrolment in changed:
        enrolment.status = status
    session.flush()
    return changed


def _cohorts_of(course_id: UUID) -> Select[UUID]:
    return select(Cohort.id).join(Track, Track.id == Cohort.track_id).where(Track.course_id == course_id)


def waiting_learners(session: Session, track: Track) -> list[Person]:
    """Learners who launched before a training was set up.

    Those who opened one of its links, and those of its course who take part in no training there yet: whoever
    takes part in another one is not drawn into this.
    """
    opened = (
        select(Visit.person_id)
        .join(Activity, Activity.link_id == Visit.link_id)
        .where(Activity.track_id == track.id)
    )
    takes_part = (
        select(Enrolment.person_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Track, Track.id == Cohort.track_id)
        .where(Track.course_id == track.course_id, Track.status == TrackStatus.OPEN)
    )
    return list(
        session.scalars(
            select(Person)
            .join(Membership, Membership.person_id == Person.id)
            .where(
                Membership.course_id == track.course_id,
                Membership.role == Role.LEARNER,
                or_(Person.id.in_(opened), Person.id.not_in(takes_part)),
            )
        )
    )


def of_track(session: Session, track_id: UUID) -> list[UUID]:
    """The ids of all enrolments of a track."""
    return list(
        session.scalars(
            select(Enrolment.id)
            .join(Cohort, Cohort.id == Enrolment.cohort_id)
            .where(Cohort.track_id == track_id)
        )
    )


def of_organisation(session: Session, organisation_id: UUID, today: date) -> list[UUID]:
    """The ids of the enrolments of an organisation to whom letters may still come."""
    return list(
        session.scalars(
            select(Enrolment.id)
            .join(Cohort, Cohort.id == Enrolment.cohort_id)
            .join(Track, Track.id == Cohort.track_id)
            .where(
                Enrolment.organisation_id == organisation_id,
                Track.status == TrackStatus.OPEN,
                or_(Track.closes_on.is_(None), Track.closes_on >= today),
            )
        )
    )
