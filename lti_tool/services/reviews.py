"""What the gradebook may open of one person's work: whether it is done, and since when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.models.courses import Course, CourseKind, ResourceLink
from lti_tool.models.instruments import InstrumentPart
from lti_tool.models.people import Person
from lti_tool.models.platforms import Deployment
from lti_tool.models.reflections import Reflection
from lti_tool.models.tracks import Enrolment
from lti_tool.services import enrolments, launches, tracks
from lti_tool.services.tracks import Placed


@dataclass(frozen=True)
class Asked:
    """Whose work a review is about, and of which column.

    for_user: `sub`. link_id: None when the platform names no link. context_id: None outside a course.
    """

    for_user: str
    line_item: str
    link_id: str | None
    context_id: str | None


@dataclass(frozen=True)
class Work:
    """One person's work at one link."""

    link: ResourceLink
    course: Course
    person: Person


def find(session: Session, deployment: Deployment, asked: Asked) -> Work | None:
    """The work; None for a column of no activity of this course, and for who takes no part in it alike."""
    found = _place(session, deployment, asked)
    person = launches.find_person(session, deployment, asked.for_user)
    if found is None or person is None:
        return None
    link, course = found
    placed = tracks.placed(session, link)
    if placed is None or enrolments.find(session, person.id, placed.track) is None:
        return None
    return Work(link, course, person)


def waits_for_days(session: Session, deployment: Deployment, asked: Asked) -> bool:
    """Whether the column is of an activity whose trainer has yet to give its days."""
    found = _place(session, deployment, asked)
    return found is not None and tracks.placed(session, found[0]) is None


def done_at(session: Session, placed: Placed, person: Person) -> datetime | None:
    """When the first part was submitted, which is what the gradebook hears; None while it is not."""
    return session.scalar(
        select(Reflection.submitted_at)
        .join(Enrolment, Enrolment.id == Reflection.enrolment_id)
        .join(InstrumentPart, InstrumentPart.id == Reflection.part_id)
        .where(
            Enrolment.person_id == person.id,
            Reflection.activity_id == placed.activity.id,
            InstrumentPart.position == 1,
            Reflection.submitted_at.is_not(None),
        )
        .order_by(Reflection.submitted_at.desc())
        .limit(1)
    )


def _place(session: Session, deployment: Deployment, asked: Asked) -> tuple[ResourceLink, Course] | None:
    rows = session.execute(
        select(ResourceLink, Course)
        .join(Course, Course.id == ResourceLink.course_id)
        .where(ResourceLink.deployment_id == deployment.id)
        .where((ResourceLink.line_item_url == asked.line_item) | (ResourceLink.link_id == asked.link_id))
    )
    return _of_column([(link, course) for link, course in rows if _is_there(course, asked)], asked)


def _is_there(course: Course, asked: Asked) -> bool:
    """Whether a course is the one from which the gradebook was opened."""
    if course.kind is CourseKind.LINK:
        return asked.context_id is None
    return course.context_id == asked.context_id


def _of_column(
    found: Iterable[tuple[ResourceLink, Course]], asked: Asked
) -> tuple[ResourceLink, Course] | None:
    """The link of the column; by its id only when we never heard which column it has."""
    by_column = {link.line_item_url: (link, course) for link, course in found}
    return by_column.get(asked.line_item) or by_column.get(None)
