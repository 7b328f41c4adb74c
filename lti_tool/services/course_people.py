"""The people on a roster, as persons and members of a course."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.domain.rosters import Extent
from lti_tool.models.courses import Course, Membership, Role
from lti_tool.models.people import Person
from lti_tool.models.platforms import Deployment
from lti_tool.services import launches, mailboxes, tombstones
from lti_tool.services.keys import Key, NamedKeys

NO_PART = frozenset({Role.NONE, Role.ADMINISTRATOR})
"""Whom a roster makes no person: they take no part in the course."""


@dataclass(frozen=True)
class Listed:
    """What a roster says about somebody. is_active: whether they are in the course now."""

    sub: str = field(repr=False)
    role: Role
    is_active: bool
    is_test: bool
    name: str | None = field(repr=False)
    email: str | None = field(repr=False)
    locale: str | None


@dataclass(frozen=True)
class Roster:
    """A course's list, each person once. read_at: when reading began (real clock)."""

    people: Sequence[Listed]
    extent: Extent
    read_at: datetime

    @property
    def active(self) -> list[Listed]:
        """Who is in the course now."""
        return [one for one in self.people if one.is_active]


@dataclass(frozen=True)
class Keys:
    """The keys that a roster needs. known: of persons, by id; new: of newcomers, by sub."""

    named: NamedKeys
    known: Mapping[UUID, Key]
    new: Mapping[str, Key]


@dataclass(frozen=True)
class Found:
    """Who is in a course now.

    open: those whose words open. learners: those of them who learn there, by roster and launch alike.
    present, gone: the ids of all persons whom the roster calls active, and of those whom it calls not so.
    """

    open: list[Person]
    learners: list[Person]
    present: set[UUID]
    gone: set[UUID]


def key_ids(session: Session, course: Course, roster: Roster) -> list[UUID]:
    """The ids of the keys of those on a roster who are known already."""
    return [person.key_id for person in _known(session, course, roster).values()]


def newcomers(session: Session, course: Course, roster: Roster, named: NamedKeys) -> list[str]:
    """The subs of those on a roster who need a key: they become persons.

    Only who has a part in the course, and not whoever was erased: a roster does not bring them back.
    """
    known = _known(session, course, roster)
    platform_id = session.get_one(Deployment, course.deployment_id).platform_id
    new = [one.sub for one in roster.active if one.role not in NO_PART and one.sub not in known]
    erased = tombstones.among(session, course.organisation_id, platform_id, new, named)
    return [sub for sub in new if sub not in erased]


def _known(session: Session, course: Course, roster: Roster) -> dict[str, Person]:
    platform_id = select(Deployment.platform_id).where(Deployment.id == course.deployment_id)
    rows = session.scalars(
        select(Person)
        .where(
            Person.organisation_id == course.organisation_id,
            Person.platform_id == platform_id.scalar_subquery(),
            Person.sub.in_([one.sub for one in roster.people]),
        )
        .order_by(Person.id)
    )
    return {person.sub: person for person in rows}


def record(session: Session, course: Course, roster: Roster, keys: Keys, now: datetime) -> Found:
    """Records persons, what is said of them, and memberships (real clock).

    Whoever has no key here was erased, or came by a launch meanwhile, and is left as they are.
    """
    known = _known(session, course, roster)
    people = {sub: person for sub, person in known.items() if person.key_id in keys.known}
    people |= _add(session, course, roster, keys, known, now)
    _describe(session, roster, people, keys, now)
    roles = _join(session, course, roster, people, now)
    here = [(one, people[one.sub]) for one in roster.active if one.sub in people]
    return Found(
        open=[person for _, person in here],
        learners=[
            person for one, person in here if one.role is Role.LEARNER and roles[person.id] is Role.LEARNER
        ],
        present={known[one.sub].id for one in roster.active if one.sub in known}
        | {person.id for _, person in here},
        gone={known[one.sub].id for one in roster.people if not one.is_active and one.sub in known},
    )


def _add(
    session: Session,
    course: Course,
    roster: Roster,
    keys: Keys,
    known: Mapping[str, Person],
    now: datetime,
) -> dict[str, Person]:
    deployment = session.get_one(Deployment, course.deployment_id)
    new = {
        one.sub: Person(
            id=uuid4(),
            organisation_id=course.organisation_id,
            platform_id=deployment.platform_id,
            sub=one.sub,
            key_id=keys.new[one.sub].id,
            locale=one.locale or "nl",
            is_test=one.is_test,
            created_at=now,
        )
        for one in roster.active
        if one.sub in keys.new and one.sub not in known
    }
    session.add_all(new.values())
    session.flush()
    return new


def _describe(
    session: Session, roster: Roster, people: Mapping[str, Person], keys: Keys, now: datetime
) -> None:
    """Names and addresses; what the LMS leaves out is left as it was."""
    said = [one for one in roster.active if one.sub in people]
    addresses = mailboxes.find_or_make_all(session, [one.email for one in said if one.email], keys.named, now)
    for one in said:
        person = people[one.sub]
        key = keys.new[one.sub] if one.sub in keys.new else keys.known[person.key_id]
        if one.name and one.name != launches.name_of(person, key):
            person.name = launches.sealed_name(person, key, one.name)
    # In two goes: rows in which other columns change would each be a statement of their own.
    session.flush()
    for one in said:
        mailboxes.told_by_lms(people[one.sub], addresses.get(one.email or ""))
    session.flush()


def _join(
    session: Session, course: Course, roster: Roster, people: Mapping[str, Person], now: datetime
) -> dict[UUID, Role]:
    """Who is what in the course, by person. Of who has a part in it already, a launch speaks.

    Moodle's roster calls somebody a learner whom its launches call a trainer.
    """
    rows = session.scalars(select(Membership).where(Membership.course_id == course.id))
    members = {row.person_id: row for row in rows}
    for one in (one for one in roster.active if one.sub in people):
        person = people[one.sub]
        if person.id not in members:
            members[person.id] = Membership(
                organisation_id=course.organisation_id,
                person_id=person.id,
                course_id=course.id,
                role=one.role,
                seen_at=now,
            )
        elif members[person.id].role in NO_PART and one.role is Role.LEARNER:
            members[person.id].role = Role.LEARNER
    session.add_all(members.values())
    session.flush()
    return {person_id: row.role for person_id, row in members.items()}
