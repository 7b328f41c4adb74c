"""Courses of the demo and the activities in them: ordinary municipal work, invented."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta


@dataclass(frozen=True)
class ResourceLink:
    """An activity of a course that opens the tool (LTI Core 1.3 section 3.2).

    graded: whether the activity has a column in the gradebook.
    history: ids of the links that this one is a copy of, the latest first.
    deployment_id: of the tool that it opens; None for the first one that is there.
    custom: parameters that the tool gave it; a copy keeps them.
    """

    id: str
    course_id: str
    title: str
    description: str
    graded: bool = True
    history: tuple[str, ...] = ()
    deployment_id: str | None = None
    custom: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Course:
    """A training with its meetings, in order, and its members by id.

    history: ids of the courses that this one is a copy of, the latest first.
    """

    id: str
    label: str
    title: str
    meetings: tuple[date, ...]
    links: tuple[ResourceLink, ...]
    member_ids: frozenset[str]
    history: tuple[str, ...] = ()


class Courses:
    """All courses, which tests may change while the LMS runs."""

    def __init__(self, courses: tuple[Course, ...]) -> None:
        self._lock = threading.Lock()
        self._courses = {course.id: course for course in courses}
        self._changes: list[tuple[str, str]] = []

    def all(self) -> list[Course]:
        with self._lock:
            return list(self._courses.values())

    def find(self, course_id: str) -> Course | None:
        with self._lock:
            return self._courses.get(course_id)

    def of_member(self, person_id: str) -> list[Course]:
        return [course for course in self.all() if person_id in course.member_ids]

    def find_link(self, link_id: str) -> ResourceLink | None:
        return next((link for course in self.all() for link in course.links if link.id == link_id), None)

    def free_link_id(self) -> int:
        """The first id, and so every one above it, that no activity has."""
        return max((int(link.id) for course in self.all() for link in course.links), default=0) + 1

    def add(self, course: Course) -> None:
        with self._lock:
            self._courses[course.id] = course

    def add_link(self, link: ResourceLink) -> None:
        """Raises KeyError when the link's course does not exist."""
        with self._lock:
            course = self._courses[link.course_id]
            self._courses[course.id] = replace(course, links=(*course.links, link))

    def admit(self, course_id: str, person_id: str) -> None:
        """Put somebody in a course, as when a learner comes late. Raises KeyError for an unknown course."""
        with self._lock:
            course = self._courses[course_id]
            self._courses[course_id] = replace(course, member_ids=course.member_ids | {person_id})
            self._changes.append((course_id, person_id))

    def withdraw(self, course_id: str, person_id: str) -> None:
        """Take somebody out of a course, as when a learner leaves. Raises KeyError for an unknown course."""
        with self._lock:
            course = self._courses[course_id]
            self._courses[course_id] = replace(course, member_ids=course.member_ids - {person_id})
            self._changes.append((course_id, person_id))

    @property
    def moment(self) -> int:
        """Now, as a number that `changed_since` understands."""
        with self._lock:
            return len(self._changes)

    def changed_since(self, course_id: str, moment: int) -> set[str]:
        """Who came to a course or left it since."""
        with self._lock:
            return {person_id for changed, person_id in self._changes[moment:] if changed == course_id}


def seeded(today: date, member_ids: frozenset[str], *, has_activities: bool = True) -> tuple[Course, ...]:
    """The two courses of the demo: one ended yesterday, one starts on Thursday of next week.

    has_activities: whether the tool's activities are in them, which takes an LMS that has the tool.
    """
    next_thursday = today + timedelta(days=10 - today.weekday())
    both = (
        _course(
            "311",
            "LOKET",
            "Doorvragen aan het loket",
            (today - timedelta(days=8), today - timedelta(days=1)),
            member_ids,
        ),
        _course(
            "312",
            "BRIEVEN",
            "Brieven schrijven die iedereen begrijpt",
            (next_thursday, next_thursday + timedelta(days=7)),
            member_ids,
            has_between=True,
        ),
    )
    return both if has_activities else tuple(replace(course, links=()) for course in both)


def _course(
    course_id: str,
    label: str,
    title: str,
    meetings: tuple[date, ...],
    member_ids: frozenset[str],
    *,
    has_between: bool = False,
) -> Course:
    prepare = ResourceLink(
        f"{course_id}1",
        course_id,
        f"Voorbereiden: {title}",
        "Een paar vragen voordat u begint. Het kost ongeveer 7 minuten.",
    )
    look_back = ResourceLink(
        f"{course_id}2",
        course_id,
        f"Terugkijken en plan maken: {title}",
        "Kijk terug op de training en kies wat u in uw werk gaat doen.",
    )
    between = ResourceLink(
        f"{course_id}3",
        course_id,
        f"Terugkijken op bijeenkomst 1: {title}",
        "Kijk kort terug en kies wat u voor de volgende keer probeert.",
    )
    links = (prepare, between, look_back) if has_between else (prepare, look_back)
    return Course(course_id, label, title, meetings, links, member_ids)
