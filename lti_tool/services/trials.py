"""A trainer who looks as a learner: a test person of one training, there for as long as somebody looks."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from lti_tool.domain.clock import Now
from lti_tool.models.courses import Membership, ResourceLink, Role
from lti_tool.models.people import TRIAL, Person
from lti_tool.models.tracks import Cohort
from lti_tool.models.visits import Proof, Visit
from lti_tool.services import activities, enrolments, nudges, tracks, visits
from lti_tool.services.activities import Item
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.keys import Key
from lti_tool.services.visits import Browser, Visitor


def begin(
    session: Session, trainer: Visitor, cohort: Cohort, key: Key, catalogue: Catalogue, now: Now
) -> str:
    """Makes the test person in a group, and a pass at the trainer's own link; its token.

    They have no name, no address and a `sub` that no platform can say. key: made and committed just before.
    """
    person = Person(
        id=uuid4(),
        organisation_id=trainer.person.organisation_id,
        platform_id=trainer.person.platform_id,
        sub=f"{TRIAL}{uuid4()}",
        key_id=key.id,
        locale=trainer.visit.locale,
        time_zone=trainer.person.time_zone,
        is_test=True,
        created_at=now.real,
    )
    session.add(person)
    session.flush()
    session.add(
        Membership(
            organisation_id=person.organisation_id,
            person_id=person.id,
            course_id=trainer.course.id,
            role=Role.LEARNER,
            seen_at=now.real,
        )
    )
    (taking,) = enrolments.enrol(session, [person], cohort, now.calendar)
    nudges.replan(session, [taking.id], catalogue, now.calendar)
    return _open(session, person, trainer.link, trainer.visit, trainer.visit, now)


def go_on(session: Session, trial: Visitor, activity_id: UUID, now: Now) -> str | None:
    """A pass of the same test person at another item of the training; its token, None where there is none."""
    link = next((item.link for item in items(session, trial) if item.activity.id == activity_id), None)
    back = session.get(Visit, trial.visit.back_id) if trial.visit.back_id else None
    if link is None or back is None:
        return None
    return _open(session, trial.person, link, back, trial.visit, now)


def go_back(session: Session, trial: Visitor, now: datetime) -> str | None:
    """A new pass of the trainer who looked, for what is left of their launch; its token (real clock).

    None when there is no such way back.

    Only to the browser that launched, which has shown its cookie. Without one the address of a visit is all
    that there is to show, and that of a test person is more easily passed on than a trainer's own.
    """
    if trial.visit.back_id is None or trial.visit.proof is not Proof.COOKIE:
        return None
    back = session.get(Visit, trial.visit.back_id)
    if back is None or back.browser != trial.visit.browser:
        return None
    return visits.open_again(session, back, now)


def items(session: Session, trial: Visitor) -> list[Item]:
    """What there is to look at in the training of a visit: what was opened before, in the same course."""
    placed = tracks.placed(session, trial.link)
    found = activities.items(session, placed.track) if placed else []
    return [item for item in found if item.link and item.link.course_id == trial.course.id]


def of_trainer(session: Session, person: Person) -> list[UUID]:
    """The ids of the test persons as whom a trainer looks."""
    back = aliased(Visit)
    mine = select(Visit.person_id).join(back, back.id == Visit.back_id).where(back.person_id == person.id)
    return list(session.scalars(mine.distinct()))


def ended(session: Session, now: datetime) -> list[UUID]:
    """The ids of the test persons as whom nobody looks any more (real clock)."""
    goes_on = (
        select(Visit.id)
        .where(
            Visit.person_id == Person.id,
            Visit.back_id.is_not(None),
            Visit.used_at >= now - visits.IDLE,
            Visit.launched_at >= now - visits.AT_MOST,
        )
        .exists()
    )
    begun_by_a_trainer = func.substr(Person.sub, 1, len(TRIAL)) == TRIAL
    left = select(Person.id).where(Person.is_test, begun_by_a_trainer, ~goes_on)
    return list(session.scalars(left))


def _open(session: Session, person: Person, link: ResourceLink, back: Visit, from_: Visit, now: Now) -> str:
    browser = Browser(from_.browser, from_.proof)
    token = visits.open_visit(session, person, link, browser, now.real, back=back)
    session.flush()
    return token
