"""Rows for tests: each makes what it stands on, and says only what matters."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from lti_tool.domain.clock import Now
from lti_tool.domain.paces import Pace
from lti_tool.models.activities import Activity
from lti_tool.models.courses import Course, ResourceLink, Role
from lti_tool.models.organisations import Organisation
from lti_tool.models.people import Person
from lti_tool.models.plans import Plan, PlanStatus
from lti_tool.models.platforms import Deployment, Platform
from lti_tool.models.tracks import Cohort, Enrolment, Track
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import (
    activities,
    enrolments,
    launches,
    nudges,
    organisations,
    plans,
    platforms,
    tracks,
)
from lti_tool.services.keys import Key
from lti_tool.services.launches import Arrival
from lti_tool.services.line_items import Offer
from lti_tool.services.plans import Sentence
from lti_tool.services.platforms import NewPlatform
from lti_tool.services.tracks import Dates

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
# A Friday: the window runs from Saturday 5 to Friday 18 December 2026, ten working days.
ENDED_ON = date(2026, 12, 4)
SENTENCE = Sentence("een inwoner belt", "vraag ik eerst door", "doorvragen")


def at(day: date, hour: int = 9, minute: int = 30) -> Now:
    """A moment on both clocks, by the clock on the wall in Amsterdam."""
    moment = datetime.combine(day, time(hour, minute), AMSTERDAM).astimezone(UTC)
    return Now(real=moment, calendar=moment)


@dataclass
class Place:
    """A course of one organisation, with a track that is set up."""

    work: Workplace
    organisation: Organisation
    platform: Platform
    deployment: Deployment
    course: Course
    link: ResourceLink
    track: Track
    cohort: Cohort
    activity: Activity


@dataclass
class Learner:
    """Someone who takes part."""

    person: Person
    key: Key
    enrolment: Enrolment


def arrival(
    sub: str = "sub-1", line_item_url: str | None = "https://lms.example/lineitems/1", **more: object
) -> Arrival:
    """What a launch says, unless told otherwise."""
    said = {
        "sub": sub,
        "role": Role.LEARNER,
        "is_test": False,
        "name": f"Naam van {sub}",
        "email": f"{sub}@gemeente.example",
        "locale": "nl",
        "time_zone": None,
        "context_id": "course-1",
        "course_title": "Helder schrijven",
        "link_id": "link-1",
        "link_title": "Terugkijken en plan maken",
        "return_url": "https://lms.example/course/1",
        "roster_url": None,
        "grades": Offer(line_item_url),
    }
    return Arrival(**{**said, **more})


def deployment(
    session: Session, organisation: Organisation, issuer: str = "https://lms.example", now: Now | None = None
) -> tuple[Platform, Deployment]:
    """A platform with one deployment of an organisation."""
    moment = (now or at(ENDED_ON)).real
    platform = platforms.add(
        session,
        NewPlatform(issuer, "client-1", f"{issuer}/auth", f"{issuer}/token", f"{issuer}/jwks"),
        moment,
    )
    return platform, platforms.approve(session, platform, "1", organisation.id, moment)


def place(
    work: Workplace,
    session: Session,
    *,
    instrument: str = "post",
    ends_on: date = ENDED_ON,
    starts_on: date | None = None,
    pace: Pace = Pace.TOGETHER,
    organisation: str = "default",
    now: Now | None = None,
    **more: object,
) -> Place:
    """A course whose link is set up."""
    moment = now or at(ENDED_ON)
    tenant = organisations.find(session, organisation)
    if tenant is None:
        tenant = organisations.add(session, organisation, organisation, "Europe/Amsterdam", moment.real)
    platform, known = deployment(session, tenant, f"https://{organisation}.example", moment)
    key = work.keyring.make(moment.real)
    said = arrival("trainer", role=Role.TRAINER, **more)
    _, link = launches.record(session, known, said, key, work.keyring.named, moment.real)
    course = session.get_one(Course, link.course_id)
    dates = Dates(starts_on or ends_on, ends_on, pace=pace)
    track = tracks.begin(session, course, dates, "Europe/Amsterdam", moment.calendar)
    activity = activities.place(session, link, track, work.catalogue.latest(instrument), moment.calendar)
    placed = tracks.placed(session, link)
    assert placed is not None
    return Place(work, tenant, platform, known, course, link, track, placed.cohort, activity)


def learner(
    session: Session, where: Place, sub: str = "learner", *, now: Now | None = None, **more: object
) -> Learner:
    """Someone who launched and takes part."""
    moment = now or at(ENDED_ON, 16)
    key = where.work.keyring.make(moment.real)
    person, _ = launches.record(
        session, where.deployment, arrival(sub, **more), key, where.work.keyring.named, moment.real
    )
    enrolment = enrolments.enrol(session, [person], where.cohort, moment.calendar)[0]
    nudges.replan(session, [enrolment.id], where.work.catalogue, moment.calendar)
    return Learner(person, key, enrolment)


def plan(
    session: Session,
    where: Place,
    who: Learner,
    *,
    own_on: date | None = None,
    made_on: date = ENDED_ON,
    sentence: Sentence = SENTENCE,
    now: Now | None = None,
) -> Plan:
    """A plan that somebody made, with the letters that follow."""
    moment = now or at(made_on, 16, 30)
    row = plans.begin(session, who.enrolment, moment.calendar)
    row.status, row.made_on = PlanStatus.MADE, made_on
    plans.change(session, row, who.person, who.key, sentence, own_on, moment.calendar)
    nudges.replan(session, [who.enrolment.id], where.work.catalogue, moment.calendar)
    return row
