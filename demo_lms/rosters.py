"""Rosters: who takes part in a course, told as Moodle tells it (NRPS 2.0 section 2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from demo_lms.courses import Course
from demo_lms.people import Person
from demo_lms.refusals import Refusal
from demo_lms.vocabulary import MEMBERSHIP_ROLE


@dataclass(frozen=True)
class Question:
    """What the tool asks of a roster.

    role: short name or full URI; None for everybody (section 2.4.1).
    start: how many members come before this page.
    limit: members on a page; None for all of them (section 2.4.2).
    """

    role: str | None
    start: int
    limit: int | None


@dataclass(frozen=True)
class Page:
    """Some members.

    next_start: how many members come before the next page; None on the last one.
    """

    members: list[Person]
    next_start: int | None


def parse(role: str | None, start: str, limit: str | None) -> Question | Refusal:
    """The query string as a question."""
    numbers = [start, *([limit] if limit is not None else [])]
    if not all(number.isascii() and number.isdigit() for number in numbers) or limit == "0":
        return Refusal(400, "limit and from must be whole numbers, limit above 0")
    return Question(role, int(start), int(limit) if limit is not None else None)


def answer(course: Course, people: Iterable[Person], question: Question) -> Page:
    """One page of the members that were asked for."""
    members = [
        person
        for person in people
        if person.id in course.member_ids
        and question.role in (None, str(person.role), MEMBERSHIP_ROLE + person.role)
    ]
    if question.limit is None:
        return Page(members[question.start :], None)
    end = question.start + question.limit
    return Page(members[question.start : end], end if end < len(members) else None)


def member(person: Person) -> dict[str, Any]:
    """One member of the container (section 2.2): short role names, no address where there is none."""
    entry: dict[str, Any] = {
        "status": "Active",
        "roles": [str(person.role)],
        "user_id": person.id,
        "lis_person_sourcedid": f"P-{person.id}",
        "name": person.name,
        "given_name": person.given_name,
        "family_name": person.family_name,
        "ext_user_username": person.username,
    }
    return entry | ({"email": person.email} if person.email else {})
