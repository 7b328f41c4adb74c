"""Rosters: who takes part in a course (NRPS 2.0 section 2)."""

from collections.abc import Collection, Iterable
from typing import Any

from demo_lms import roles
from demo_lms.courses import Course
from demo_lms.habits import Habits
from demo_lms.people import Person
from demo_lms.vocabulary import MEMBERSHIP_ROLE


def members(course: Course, people: Iterable[Person], role: str | None, habits: Habits) -> list[Person]:
    """Who is in a course. role: short name or full URI; None for everybody (section 2.4.1)."""
    return [
        person
        for person in people
        if person.id in course.member_ids
        and (role is None or _full(role) in [_full(held) for held in roles.in_roster(person.role, habits)])
    ]


def changed(course: Course, people: Iterable[Person], changes: Collection[str]) -> list[tuple[Person, str]]:
    """Who is among the changes, with what they are now (section 2.4.3)."""
    return [
        (person, "Active" if person.id in course.member_ids else "Deleted")
        for person in people
        if person.id in changes
    ]


def member(person: Person, habits: Habits, status: str = "Active") -> dict[str, Any]:
    """One member of the container (section 2.2): no address where there is none."""
    entry: dict[str, Any] = {
        "status": status,
        "roles": roles.in_roster(person.role, habits),
        "user_id": person.id,
        "lis_person_sourcedid": f"P-{person.id}",
        "name": person.name,
        "given_name": person.given_name,
        "family_name": person.family_name,
        "ext_user_username": person.username,
    }
    return entry | ({"email": person.email} if person.email else {})


def _full(role: str) -> str:
    return role if ":" in role else MEMBERSHIP_ROLE + role
