"""Contacts, leaders and buddies for tests: each is named as somebody would name them."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.domain.answers import Answer as Said
from lti_tool.domain.clock import Now
from lti_tool.models.check_ins import Outcome
from lti_tool.models.contacts import Contact, ContactKind
from lti_tool.models.courses import Course, Role
from lti_tool.models.organisations import Organisation
from lti_tool.models.people import Person
from lti_tool.services import activities, check_ins, contacts, launches, organisations, tracks
from lti_tool.services.contacts import Circle, Refusal, Typed
from lti_tool.services.tracks import Dates
from tests import factories
from tests.factories import ENDED_ON, Learner, Place, at

INGRID = "ingrid@gemeente.example"


def typed(name: str = "Ingrid Postma", address: str = INGRID, **more: object) -> Typed:
    """What somebody fills in."""
    return Typed(**{"name": name, "address": address, "locale": "nl", **more})


def named(
    session: Session,
    where: Place,
    of: Learner | None = None,
    *,
    kind: ContactKind = ContactKind.LEADER,
    now: Now | None = None,
    **more: object,
) -> Contact | Refusal:
    """A contact of the group of a place, or one of this kind of one learner, who gave no answer yet."""
    tenant = session.get_one(Organisation, where.organisation.id)
    organisations.allow_mail(session, tenant, ["gemeente.example"])
    moment = (now or at(ENDED_ON, 10)).calendar
    of_platform = (Person.organisation_id == where.organisation.id) & (
        Person.platform_id == where.platform.id
    )
    by = of.person if of else session.scalars(select(Person).where(of_platform)).first()
    circle = Circle(kind, of.enrolment) if of else of_group(where)
    return contacts.name(session, circle, by, typed(**more), where.work.keyring.named, moment)


def of_group(where: Place) -> Circle:
    """The contacts of the group of a place."""
    return Circle(ContactKind.CONTACT, where.cohort)


def confirmed(
    session: Session, where: Place, of: Learner | None = None, *, now: Now | None = None, **more: object
) -> Contact:
    """The same, who said yes."""
    contact = named(session, where, of, now=now, **more)
    assert isinstance(contact, Contact)
    contacts.answer(session, contact, says_yes=True, now=(now or at(ENDED_ON, 10)).calendar)
    return contact


def hindered(session: Session, who: Learner, *obstacles: str, now: Now | None = None) -> None:
    """Somebody who says what stood in the way, in answer to a letter."""
    moment = (now or at(ENDED_ON + timedelta(days=3))).calendar
    check_in = check_ins.begin(who.enrolment, None)
    check_ins.record(session, check_in, None, Outcome.NOT_YET, moment.date(), moment)
    said = Said(choices=obstacles, words="geheim woord")
    check_ins.name_obstacles(session, check_in, who.person, who.key, said)


def beside(session: Session, where: Place, number: int) -> Place:
    """Another training of the same organisation, in a course of its own, on the same days."""
    moment, said = at(ENDED_ON), {"context_id": f"course-of-{number}", "link_id": f"link-of-{number}"}
    key = where.work.keyring.make(moment.real)
    arrived = factories.arrival(
        f"trainer-{number}", role=Role.TRAINER, course_title=f"Training {number}", **said
    )
    _, link = launches.record(session, where.deployment, arrived, key, where.work.keyring.named, moment.real)
    course = session.get_one(Course, link.course_id)
    dates = Dates(where.cohort.ends_on, where.cohort.ends_on)
    track = tracks.begin(session, course, dates, "Europe/Amsterdam", moment.calendar)
    asked = where.work.catalogue.latest("post")
    activity = activities.place(session, link, track, asked, moment.calendar)
    placed = tracks.placed(session, link)
    assert placed is not None
    around = (where.work, where.organisation, where.platform, where.deployment)
    return Place(*around, course, link, track, placed.cohort, activity)


def group(session: Session, where: Place, number: int, *obstacles: str, first: int = 0) -> list[Learner]:
    """So many learners, who all name these obstacles."""
    here = {"context_id": where.course.context_id, "link_id": where.link.link_id}
    people = [factories.learner(session, where, f"l{n}", **here) for n in range(first, first + number)]
    for who in people:
        if obstacles:
            hindered(session, who, *obstacles)
    return people


MONDAY, NEXT_MONDAY, AFTER_IT = date(2026, 12, 7), date(2026, 12, 14), date(2026, 12, 21)
