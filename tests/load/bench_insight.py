"""How long the pages of an adviser take with a year of 200 trainings and 5 000 learners, and to count it."""

import os
import time
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import select

from lti_tool.domain.insights import Level
from lti_tool.domain.quarters import Quarter
from lti_tool.domain.snapshots import HARVEST_AFTER
from lti_tool.models.advisers import SignIn
from lti_tool.models.courses import Role
from lti_tool.models.insights import Insight
from lti_tool.models.organisations import Unit
from lti_tool.models.plans import PlanStatus
from lti_tool.models.tracks import MailStatus
from lti_tool.rounds import insights
from lti_tool.services import advisers, enrolments, launches, plans, sign_ins, tracks
from lti_tool.services.tracks import Dates
from lti_tool.web import cookies
from tests import factories, following
from tests.factories import Learner, at
from tests.load.bench_pages import Server, serve, told
from tests.processes import await_that, environment, free_port

TRAININGS = int(os.environ.get("BENCH_TRAININGS", "200"))
UNITS, QUARTERS, IN_EACH = 10, 4, 25
WARM, TIMES = 5, 30
MOST_MEDIAN = 0.300
ADDRESS = "esther@gemeente.example"
OBSTACLES = ("time", "occasion", "process", "colleagues", "leader", "habit")

pytestmark = pytest.mark.database("postgresql")


@pytest.fixture
def port():
    return free_port()


@pytest.fixture
def app(build, port):
    """As in production, not in local mode, in which each page asks for the day that is played."""
    return build(base_url=f"https://localhost:{port}", local=False)


def fill(work, session):
    """A year of trainings of one organisation, spread over its parts; the quarters, the first one first."""
    luck, quarters = Random(1), [Quarter.of(work.now().calendar.date()).before]  # noqa: S311  nobody's secret
    while len(quarters) < QUARTERS:
        quarters.insert(0, quarters[0].before)
    first = factories.place(work, session, ends_on=quarters[0].first_on - HARVEST_AFTER, now=work.now())
    units = [Unit(organisation_id=first.organisation.id, name=f"Afdeling {n}") for n in range(UNITS)]
    session.add_all(units)
    session.flush()
    for number in range(TRAININGS):
        quarter, unit = quarters[number % QUARTERS], units[number // QUARTERS % UNITS]
        where = begin(session, first, quarter.last_on - HARVEST_AFTER - timedelta(luck.randint(0, 80)))
        where.track.title, where.cohort.unit_id = f"Training {number}", unit.id
        take_part(work, session, where, number, luck)
        session.commit()
    return quarters


def begin(session, first, ends_on):
    """One more training of the course, with a group."""
    moment = at(ends_on).calendar
    track = tracks.begin(session, first.course, Dates(ends_on, ends_on), "Europe/Amsterdam", moment)
    (cohort,) = tracks.cohorts(session, track)
    return replace(first, track=track, cohort=cohort)


def take_part(work, session, where, number, luck):
    """People who made a plan, used it, answered that something was in the way, or did none of it."""
    now, ends_on = work.now(), where.cohort.ends_on
    keys = {}
    for one in range(IN_EACH):
        key = work.keyring.make(now.real)
        said = factories.arrival(f"learner-{number}-{one}", role=Role.LEARNER)
        person, _ = launches.record(session, where.deployment, said, key, work.keyring.named, now.real)
        keys[person.id] = (person, key)
    moment = at(ends_on).calendar
    for new in enrolments.enrol(session, [person for person, _ in keys.values()], where.cohort, moment):
        who = Learner(*keys[new.person_id], new)
        if luck.random() < 0.7:
            plan = plans.begin(session, new, moment)
            plan.status, plan.made_on = PlanStatus.MADE, ends_on
            if luck.random() < 0.6:
                plan.status, plan.used_on = PlanStatus.USED, ends_on + timedelta(luck.randint(1, 13))
        if luck.random() < 0.5:
            obstacles = luck.sample(OBSTACLES, 2)
            following.hindered(session, who, *obstacles, now=at(ends_on + timedelta(days=3)))
        if luck.random() < 0.1:
            new.mail_status = MailStatus.STOPPED


def sign_in(work, session, organisation):
    """The cookie of an adviser, as after the link of a mail."""
    now, named = work.now(), work.keyring.named
    advisers.appoint(session, organisation, ADDRESS, named, now.real)
    sign_ins.ask(session, ADDRESS, named, now)
    token = sign_ins.make(session, session.scalars(select(SignIn)).one(), now.real)
    given = sign_ins.use(session, token, now.real)
    session.commit()
    return {"Cookie": f"{cookies.OF_THIS_HOST}{cookies.OF_ADVISER}={given}"}


def pages(session, quarter):
    """The pages by name: of the whole, of a part and a training, of an earlier quarter, and the files."""
    of = select(Insight).where(Insight.quarter == str(quarter), Insight.level == Level.TRAINING)
    row = session.scalars(of).first()
    session.commit()
    assert row is not None
    unit = f"?quarter={quarter}&unit={row.unit_id}"
    return {
        "the whole": "",
        "a part": unit,
        "a training": f"{unit}&training={row.track_id}",
        "an earlier quarter": f"?quarter={quarter.before}",
        "the figures as CSV": "/figures.csv",
        "a workbook": "/all.xlsx",
    }


def test_pages_of_an_adviser(work, session, tmp_path, port):
    from_first = fill(work, session)
    print(f"{TRAININGS} trainings, {TRAININGS * IN_EACH} learners, {UNITS} parts, {QUARTERS} quarters")
    for quarter in from_first:
        began = time.perf_counter()
        number = insights.run(work, now=at(quarter.after.first_on))
        print(f"counting {quarter}: {time.perf_counter() - began:.1f} s")
        assert number == 1
    rows = session.scalars(select(Insight)).all()
    print(f"{len(rows)} rows in the ledger")
    organisation = factories.organisations.find(session, "default")
    medians = {}
    with ExitStack() as stack:
        ours = Server(port, sign_in(work, session, organisation))
        serve(stack, environment(work.settings), tmp_path, port, "lti_tool.app:create_app()")
        await_that(lambda: ours.answers("/lti/jwks.json"), 60, "the tool answers")
        for name, path in pages(session, from_first[-1]).items():
            asked = [ours.ask(f"/o/insight{path}") for _ in range(WARM + TIMES)][WARM:]
            medians[name], _ = told(f"{name} ({len(asked[0][1]) / 1000:.1f} kB)", [took for took, _ in asked])

    assert {page: middle for page, middle in medians.items() if middle > MOST_MEDIAN} == {}
