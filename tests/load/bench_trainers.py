"""How long a trainer's page takes the server with 2 000 learners who wrote, and 50 activities."""

import os
import secrets
from contextlib import ExitStack

import pytest
from sqlalchemy import text

from lti_tool.domain.answers import Answer
from lti_tool.domain.releases import Reader, Shareable
from lti_tool.models.courses import Role
from lti_tool.services import (
    activities,
    desks,
    enrolments,
    instruments,
    launches,
    nudges,
    reflections,
    releases,
    submissions,
    visits,
)
from lti_tool.services.releases import Audience
from lti_tool.services.visits import Browser
from lti_tool.web import cookies
from tests import factories
from tests.factories import Learner
from tests.load.bench_pages import Server, serve, told
from tests.processes import await_that, environment, free_port
from tests.web import visit_pages

LEARNERS = int(os.environ.get("BENCH_LEARNERS", "2_000"))
ACTIVITIES = 50
WARM, TIMES = 5, 30
MOST_MEDIAN = 0.080
AT_ONCE = 100
FILES = (".csv", ".xlsx")
WORDS = "Ik wil doorvragen zonder haast, ook als er een rij aan het loket staat. "
SAID = {
    "pre.relevance.self": Answer(words=WORDS * 2),
    "pre.share_trainer": Answer(choices=("yes",)),
    "pre.application": Answer(words=WORDS * 3),
    "pre.task": Answer(words="de brief over dakkapellen"),
}

pytestmark = pytest.mark.database("postgresql")


@pytest.fixture
def port():
    return free_port()


@pytest.fixture
def app(build, port):
    """As in production, not in local mode, in which each page asks for the day that is played."""
    return build(base_url=f"https://localhost:{port}", local=False)


def fill(work, session):
    """A training in which everybody prepared, and lets the trainer read a goal; half of them by name."""
    now = work.now()
    where = factories.place(work, session, instrument="pre", ends_on=now.calendar.date(), now=now)
    mid = instruments.version_of(session, work.catalogue.latest("mid"))
    for number in range(1, ACTIVITIES):
        activities.add(session, where.track, mid.id, now.calendar, number)
    session.commit()
    for first in range(0, LEARNERS, AT_ONCE):
        people = [join(work, session, where, number, now) for number in range(first, first + AT_ONCE)]
        new = enrolments.enrol(session, [person for person, _ in people], where.cohort, now.calendar)
        nudges.replan(session, [one.id for one in new], work.catalogue, now.calendar)
        keys = dict(people)
        for number, one in enumerate(new, first):
            person = next(each for each in keys if each.id == one.person_id)
            write(work, session, where, Learner(person, keys[person], one), number, now)
        session.commit()
        session.expunge_all()
    # As the database does by itself within minutes of so many new rows.
    engine = work.sessions.kw["bind"]
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM (ANALYZE)"))
    return where


def join(work, session, where, number, now):
    """Somebody of the course with a key of their own."""
    key = work.keyring.make(now.real)
    said = factories.arrival(f"learner-{number}", role=Role.LEARNER)
    person, _ = launches.record(session, where.deployment, said, key, work.keyring.named, now.real)
    return person, key


def write(work, session, where, who, number, now):
    """Prepares, as the pages do it."""
    seat = desks.find(session, who.person, who.key, where.link, work.catalogue)
    said = {"pre.goal": Answer(words=f"Nummer {number}. {WORDS}"), **SAID}
    reflections.save(session, seat.desk, said, 1, now.calendar)
    seat = desks.find(session, who.person, who.key, where.link, work.catalogue)
    submissions.submit(session, seat, work.catalogue, now.calendar)
    if number % 2:
        audience = Audience(who.enrolment, Reader.TRAINER)
        releases.release(session, audience, {Shareable.GOAL, Shareable.USE}, now.calendar)


def pages(app, where):
    """The addresses of all pages that a trainer can ask for, below the visit."""
    rows = {"activity": where.activity.id}.get
    return dict(visit_pages.paths(app, rows, visit_pages.TRAINER))


def test_pages_of_a_trainer(app, work, session, tmp_path, port):
    where = fill(work, session)
    trainer = launches.find_person(session, where.deployment, "trainer")
    cookie = secrets.token_urlsafe(32)
    seen_by = Browser(visits.fingerprint(cookie))
    token = visits.open_visit(session, trainer, where.link, seen_by, work.now().real)
    paths = {name: f"/v/{token}/{below}" for name, below in pages(app, where).items()}
    session.commit()
    print(f"{LEARNERS} learners, {ACTIVITIES} activities")
    medians = {}
    with ExitStack() as stack:
        serve(stack, environment(work.settings), tmp_path, port, "lti_tool.app:create_app()")
        ours = Server(port, {"Cookie": f"{cookies.OF_THIS_HOST}{cookies.NAME}={cookie}"})
        await_that(lambda: ours.answers("/lti/jwks.json"), 60, "the tool answers")
        for name, path in paths.items():
            if ours.leads_elsewhere(path):
                continue
            asked = [ours.ask(path) for _ in range(WARM + TIMES)][WARM:]
            page = f"{name or 'first page'} ({len(asked[0][1]) / 1000:.1f} kB)"
            middle, _ = told(page, [took for took, _ in asked])
            # A file has everybody in it, and takes as long as there are people.
            if not name.endswith(FILES):
                medians[name] = middle

    assert {"", "letters", "settings", "before"} <= set(medians)
    assert {page: middle for page, middle in medians.items() if middle > MOST_MEDIAN} == {}
