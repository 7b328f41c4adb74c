"""Rosters that were read, and what stands in the database after them."""

from sqlalchemy import select

from lti_tool.domain.rosters import Extent
from lti_tool.models.courses import Membership, Role
from lti_tool.models.people import Person
from lti_tool.models.tracks import Enrolment, EnrolmentStatus
from lti_tool.services import course_people, rosters
from lti_tool.services.course_people import Keys, Listed, Roster
from tests.factories import ENDED_ON, at

NOW, LATER = at(ENDED_ON, 17), at(ENDED_ON, 18)
ACTIVE, LEFT = EnrolmentStatus.ACTIVE, EnrolmentStatus.LEFT


def listed(sub, **more):
    said = {
        "sub": sub,
        "role": Role.LEARNER,
        "is_active": True,
        "is_test": False,
        "name": f"Naam van {sub}",
        "email": f"{sub}@gemeente.example",
        "locale": None,
    }
    return Listed(**{**said, **more})


def apply(session, where, *people, extent=Extent.WHOLE, now=LATER):
    """A roster that was read just now, with the keys that it needs."""
    roster, ring = Roster(people, extent, now.real), where.work.keyring
    known = course_people.key_ids(session, where.course, roster)
    new = course_people.newcomers(session, where.course, roster, ring.named)
    made = dict(zip(new, ring.make_all(len(new), now.real), strict=True))
    keys = Keys(ring.named, ring.of(known), made)
    used = rosters.apply(session, where.course, roster, keys, where.work.catalogue, now)
    session.flush()
    return used, {key.id for key in made.values()}


def person(session, sub):
    return session.scalars(select(Person).where(Person.sub == sub)).one_or_none()


def status(session, sub):
    rows = select(Enrolment.status).join(Person, Person.id == Enrolment.person_id)
    return session.scalars(rows.where(Person.sub == sub)).one_or_none()


def role(session, sub):
    rows = select(Membership.role).join(Person, Person.id == Membership.person_id)
    return session.scalars(rows.where(Person.sub == sub)).one_or_none()
