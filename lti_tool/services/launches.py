"""What a launch that held leaves behind: course, link, person, membership."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.models.courses import Course, CourseKind, Membership, ResourceLink, Role
from lti_tool.models.people import Person
from lti_tool.models.platforms import Deployment
from lti_tool.models.sealed import Sealed
from lti_tool.services import line_items, mailboxes, sealing, tombstones
from lti_tool.services.keys import Key, NamedKeys
from lti_tool.services.line_items import Offer


@dataclass(frozen=True)
class Newcomer:
    """What a launch says about a person."""

    sub: str
    role: Role
    is_test: bool
    name: str | None
    email: str | None
    locale: str | None
    time_zone: str | None


@dataclass(frozen=True)
class Arrival(Newcomer):
    """What a launch says about a person and the place they come from.

    return_url: host and instance only. grades: where scores go, or can find their way.
    roster_url: where the members of the course can be read, if the LMS says so.
    product_family: the kind of LMS.
    """

    context_id: str | None
    course_title: str
    link_id: str
    link_title: str
    return_url: str | None
    roster_url: str | None
    grades: Offer
    product_family: str | None = None


class AnotherKey(Exception):
    """The person came into being under another key, or was erased, while this launch was on its way."""


def find_person(session: Session, deployment: Deployment, sub: str) -> Person | None:
    """The person that a platform calls `sub`, in the organisation of this deployment."""
    return session.scalar(
        select(Person).where(
            Person.organisation_id == deployment.organisation_id,
            Person.platform_id == deployment.platform_id,
            Person.sub == sub,
        )
    )


def record(
    session: Session,
    deployment: Deployment,
    arrival: Arrival,
    key: Key,
    named: NamedKeys,
    now: datetime,
    *,
    key_is_new: bool = True,
) -> tuple[Person, ResourceLink]:
    """Records course, link, person and membership; what the LMS leaves out is left as it was.

    key: the person's own; of a new person, made and committed just before (key_is_new). Raises AnotherKey
    when somebody else made the person meanwhile, or erased them: nobody begins under the key of who was.
    """
    deployment.product_family = arrival.product_family or deployment.product_family
    course = _course(session, deployment, arrival, now)
    link = _link(session, deployment, course, arrival, now)
    person = record_in(session, deployment, course, arrival, key, named, now, key_is_new=key_is_new)
    return person, link


def record_in(
    session: Session,
    deployment: Deployment,
    course: Course,
    arrival: Newcomer,
    key: Key,
    named: NamedKeys,
    now: datetime,
    *,
    key_is_new: bool = True,
) -> Person:
    """Records person and membership of a course that is known; as `record`."""
    person = find_person(session, deployment, arrival.sub)
    if person is None and not key_is_new:
        raise AnotherKey
    if person is None:
        person = _person(session, deployment, arrival, key, now)
        tombstones.lift(session, person, named)
    if person.key_id != key.id:
        raise AnotherKey
    _describe(session, person, arrival, key, named, now)
    _join(session, person, course, arrival.role, now)
    return person


def _person(session: Session, deployment: Deployment, arrival: Newcomer, key: Key, now: datetime) -> Person:
    person = Person(
        organisation_id=deployment.organisation_id,
        platform_id=deployment.platform_id,
        sub=arrival.sub,
        key_id=key.id,
        locale=arrival.locale or "nl",
        is_test=arrival.is_test,
        created_at=now,
    )
    session.add(person)
    session.flush()
    return person


def name_of(person: Person, key: Key | None) -> str | None:
    """The name that the LMS gave; None when it gave none, or when the person was erased."""
    if person.name is None or key is None:
        return None
    return sealing.unseal(key, _name_place(person), person.name)


def sealed_name(person: Person, key: Key, name: str) -> Sealed:
    """A name as it is stored."""
    return sealing.seal(key, _name_place(person), name)


def _name_place(person: Person) -> sealing.Place:
    return sealing.Place(person.organisation_id, person.id, "person.name")


def _describe(
    session: Session, person: Person, arrival: Newcomer, key: Key, named: NamedKeys, now: datetime
) -> None:
    if arrival.name and arrival.name != name_of(person, key):
        person.name = sealed_name(person, key, arrival.name)
    if arrival.email:
        mailboxes.told_by_lms(person, mailboxes.find_or_make(session, arrival.email, named, now))
    if arrival.locale and not person.chose_locale:
        person.locale = arrival.locale
    if arrival.time_zone:
        person.time_zone = arrival.time_zone


def course(
    session: Session, deployment: Deployment, kind: CourseKind, context_id: str, now: datetime
) -> Course:
    """The course that a deployment calls `context_id`, made when it was never seen before."""
    found = session.scalar(
        select(Course).where(
            Course.deployment_id == deployment.id, Course.kind == kind, Course.context_id == context_id
        )
    )
    if found is None:
        found = Course(
            organisation_id=deployment.organisation_id,
            deployment_id=deployment.id,
            kind=kind,
            context_id=context_id,
            title="",
            created_at=now,
        )
        session.add(found)
    return found


def _course(session: Session, deployment: Deployment, arrival: Arrival, now: datetime) -> Course:
    kind = CourseKind.CONTEXT if arrival.context_id is not None else CourseKind.LINK
    context_id = arrival.context_id if arrival.context_id is not None else arrival.link_id
    found = course(session, deployment, kind, context_id, now)
    found.title = arrival.course_title or arrival.link_title
    found.roster_url = arrival.roster_url or found.roster_url
    session.flush()
    return found


def _link(
    session: Session, deployment: Deployment, course: Course, arrival: Arrival, now: datetime
) -> ResourceLink:
    link = session.scalar(
        select(ResourceLink).where(
            ResourceLink.deployment_id == deployment.id, ResourceLink.link_id == arrival.link_id
        )
    )
    if link is None:
        link = ResourceLink(
            organisation_id=deployment.organisation_id,
            deployment_id=deployment.id,
            link_id=arrival.link_id,
            created_at=now,
        )
        session.add(link)
    # Addresses may change at each launch (AGS 2.0, section 3.1).
    link.course_id, link.title = course.id, arrival.link_title
    link.return_url = arrival.return_url or link.return_url
    line_items.note(link, arrival.grades)
    session.flush()
    return link


def _join(session: Session, person: Person, course: Course, role: Role, now: datetime) -> None:
    membership = session.scalar(
        select(Membership).where(Membership.person_id == person.id, Membership.course_id == course.id)
    )
    if membership is None:
        membership = Membership(
            organisation_id=person.organisation_id, person_id=person.id, course_id=course.id
        )
        session.add(membership)
    membership.role, membership.seen_at = role, now
    session.flush()
