"""Years of reflections: all that one learner did, by COPY for as many learners as there should be."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from lti_tool.domain.clock import Now
from lti_tool.models.activities import Activity
from lti_tool.models.base import Row
from lti_tool.models.check_ins import CheckIn
from lti_tool.models.courses import Membership, ResourceLink
from lti_tool.models.deliveries import Delivery
from lti_tool.models.logbook import Note
from lti_tool.models.people import Mailbox
from lti_tool.models.plans import Plan
from lti_tool.models.reflections import Answer, Reflection
from lti_tool.models.tracks import Meeting
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import activities, launches
from tests import factories, lives
from tests.factories import Learner, Place
from tests.load.pile import bare, copy, id_of

GROUP = 25
VISITORS = 40
"""Learners whose words can be opened: those of the copies are sealed under a key that is not theirs."""
NOTES = 3
YEARS = 3

Copy = tuple[Row, int, dict[str, str]]


def fill(work: Workplace, session: Session, number: int) -> tuple[Place, list[Learner]]:
    """A training with people whose pages can be looked at, among so many reflections of others."""
    now = work.now()
    where = begin(work, session, now)
    visitors = [begin_life(session, where, f"visitor-{n}", now) for n in range(VISITORS)]
    session.commit()
    engine = work.sessions.kw["bind"]
    copies = list(_copies(session, where, visitors[0], number))
    session.commit()
    with bare(engine, [row for row, _, _ in copies]):
        for row, learners, own in copies:
            copy(engine, row, 0, learners, own)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM (ANALYZE)"))
    return where, visitors


def begin(work: Workplace, session: Session, now: Now) -> Place:
    """A training that ended today, with a preparation and a look back."""
    day = now.calendar.date()
    where = factories.place(work, session, ends_on=day, starts_on=day - timedelta(days=7), now=now)
    trainer = factories.arrival("trainer", link_id="link-pre", role="trainer")
    known = launches.find_person(session, where.deployment, "trainer")
    assert known is not None
    key = work.keyring.of([known.key_id])[known.key_id]
    _, link = launches.record(session, where.deployment, trainer, key, work.keyring.named, now.real)
    activities.place(session, link, where.track, work.catalogue.latest("pre"), now.calendar)
    return where


def begin_life(session: Session, where: Place, sub: str, now: Now) -> Learner:
    """Somebody who did all that the training asks."""
    who = factories.learner(session, where, sub, now=now)
    lives.write_everything(session, where, who, now)
    lives.go_on(session, where, who, now, NOTES)
    return who


def _copies(session: Session, where: Place, who: Learner, number: int) -> Iterator[Copy]:
    """Each row of a learner and of their training, for how many of them, and what differs."""
    of_enrolment = {"enrolment_id": id_of("enrolment")}
    written = _rows(session, Reflection, Reflection.enrolment_id == who.enrolment.id)
    learners = number // len(written)
    yield from _trainings(session, where, learners // GROUP)
    yield from _people(session, who, learners)
    past = f"n % {YEARS * 365} * interval '1 day'"
    asked = _numbered(session, where)
    for k, reflection in enumerate(written):
        group = id_of(f"activity{asked[reflection.activity_id]}", f"n % {learners // GROUP}")
        moments = {"saved_at": f"t.saved_at - {past}", "submitted_at": f"t.submitted_at - {past}"}
        own = {"id": id_of(f"reflection{k}"), "activity_id": group, **of_enrolment, **moments}
        yield reflection, learners, own
        for j, answer in enumerate(_rows(session, Answer, Answer.reflection_id == reflection.id)):
            own = {"id": id_of(f"answer{k}-{j}"), "reflection_id": id_of(f"reflection{k}")}
            yield answer, learners, own
    for model in (Plan, CheckIn, Delivery):
        for k, row in enumerate(_rows(session, model, model.enrolment_id == who.enrolment.id)):
            own = {"id": id_of(f"{row.__tablename__}{k}"), **of_enrolment}
            yield row, learners, own | ({"mailbox_id": id_of("mailbox")} if model is Delivery else {})
    for k, row in enumerate(_rows(session, Note, Note.person_id == who.person.id)):
        yield row, learners, {"id": id_of(f"note{k}"), "person_id": id_of("person")}


def _trainings(session: Session, where: Place, groups: int) -> Iterator[Copy]:
    yield where.course, groups, {"context_id": "'c' || n"}
    yield where.track, groups, {"course_id": id_of("course"), "root_id": id_of("track")}
    yield where.cohort, groups, {"track_id": id_of("track")}
    for k, row in enumerate(_rows(session, Meeting, Meeting.cohort_id == where.cohort.id)):
        yield row, groups, {"id": id_of(f"meeting{k}"), "cohort_id": id_of("cohort")}
    for activity_id, k in _numbered(session, where).items():
        activity = session.get_one(Activity, activity_id)
        link = session.get_one(ResourceLink, activity.link_id)
        own = {"id": id_of(f"link{k}"), "link_id": f"'l{k}-' || n", "course_id": id_of("course")}
        yield link, groups, own
        own = {"id": id_of(f"activity{k}"), "link_id": id_of(f"link{k}"), "track_id": id_of("track")}
        yield activity, groups, own | {"lms_id": id_of(f"activity{k}")}


def _people(session: Session, who: Learner, learners: int) -> Iterator[Copy]:
    group = f"n % {learners // GROUP}"
    mailbox = session.get_one(Mailbox, who.person.mailbox_id)
    yield mailbox, learners, {"address_hmac": "md5('a' || n) || md5('b' || n)"}
    ids = {"mailbox_id": id_of("mailbox"), "lms_mailbox_id": id_of("mailbox")}
    yield who.person, learners, {"sub": "'s' || n", "key_id": id_of("key"), **ids}
    (membership,) = _rows(session, Membership, Membership.person_id == who.person.id)
    yield membership, learners, {"person_id": id_of("person"), "course_id": id_of("course", group)}
    yield who.enrolment, learners, {"person_id": id_of("person"), "cohort_id": id_of("cohort", group)}


def _numbered(session: Session, where: Place) -> dict[object, int]:
    rows = _rows(session, Activity, Activity.track_id == where.track.id)
    return {row.id: k for k, row in enumerate(rows)}


def _rows(session: Session, model: type[Row], which: object) -> list[Row]:
    return list(session.scalars(select(model).where(which).order_by(model.id)))
