"""Workers that are killed while they send: each letter goes out once, or is known to be unknown."""

import random
import secrets
import time
from collections import Counter
from datetime import UTC, date, datetime
from functools import partial

import pytest
import redis
from sqlalchemy import func, select

from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.services import deliveries, enrolments, launches, nudges, rounds
from tests import factories
from tests.factories import arrival, at
from tests.processes import Running, await_that, environment, running

PEOPLE = 300
KILLS = 5
MONDAY = date(2026, 12, 7)
SECONDS_A_LETTER = 0.008
CELERY = ("celery", "--app", "tasks.app:celery")
WORKER = (*CELERY, "worker", "--loglevel=warning", "--without-mingle", "--without-gossip")
# Two machines' worth of busy processors must not make this fail; a broken promise does at once.
PATIENCE_SECONDS = 120


def plan_letters(work, session):
    """A letter that is due now, by the calendar, for each of many people."""
    where = factories.place(work, session)
    moment = at(factories.ENDED_ON, 16)
    people = []
    for number in range(PEOPLE):
        said = arrival(f"p{number}")
        key = work.keyring.make(moment.real)
        person, _ = launches.record(session, where.deployment, said, key, work.keyring.named, moment.real)
        people.append(person)
    enrolled = enrolments.enrol(session, people, where.cohort, moment.calendar)
    nudges.replan(session, [one.id for one in enrolled], work.catalogue, moment.calendar)
    rounds.move_calendar(session, at(MONDAY).calendar - datetime.now(UTC))
    session.commit()


def count(work, *statuses):
    """How many of the letters that are due have one of these states."""
    with work.reading() as session:
        return session.scalar(
            select(func.count())
            .select_from(Delivery)
            .where(Delivery.step == "plan", Delivery.status.in_(statuses))
        )


def letters(work):
    with work.reading() as session:
        return session.scalars(select(Delivery).where(Delivery.step == "plan")).all()


def send_all(work, sink, folder, chance, pool, *, upset=lambda: None):
    """Lets workers send everything and kills them on the way, at moments that chance chooses."""
    settings, log = environment(work.settings), folder / "log"
    moments = sorted(chance.sample(range(10, PEOPLE - 10), KILLS))
    beat = (*CELERY, "beat", "--loglevel=warning")
    with running(settings, log, *beat):
        worker = Running(settings, log, *WORKER, *pool)
        try:
            for moment in moments:
                await_that(partial(sink.has, moment), PATIENCE_SECONDS, f"{moment} letters")
                time.sleep(chance.uniform(0, 0.03))
                worker.kill()
                upset()
                worker = Running(settings, log, *WORKER, *pool)
            open_states = (DeliveryStatus.PLANNED, DeliveryStatus.CLAIMED, DeliveryStatus.SENDING)
            await_that(lambda: count(work, *open_states) == 0, PATIENCE_SECONDS, "all letters are done")
        finally:
            worker.kill()


def check_each_once(work, sink, *, unknown_at_most):
    """Each letter is exactly once at the mail server, or unknown and then at most once."""
    arrived, addressees = Counter(sink.identities), Counter(sink.addressees)
    rows = letters(work)
    states = Counter(row.status for row in rows)
    print(f"{dict(states)}, {len(sink.taken)} at the mail server")
    assert len(rows) == PEOPLE
    assert set(states) <= {DeliveryStatus.SENT, DeliveryStatus.UNKNOWN}
    assert states[DeliveryStatus.UNKNOWN] <= unknown_at_most
    assert {row.reason for row in rows if row.status is DeliveryStatus.UNKNOWN} <= {deliveries.WORKER_DIED}
    assert [
        row.id for row in rows if row.status is DeliveryStatus.SENT and arrived[row.message_id] != 1
    ] == []
    assert [row.id for row in rows if arrived[row.message_id] > 1] == []
    assert set(arrived) <= {row.message_id for row in rows}
    assert max(addressees.values()) == 1


@pytest.fixture
def chance():
    """Chance that a failure can be repeated with: its seed is printed."""
    seed = secrets.randbits(64)
    print(f"seed {seed}")
    return random.Random(seed)  # noqa: S311  nothing secret


@pytest.fixture
def work(build, sink, request):
    """Workers of both kinds: on SQLite with files for a broker, on PostgreSQL with Redis."""
    sink.seconds = SECONDS_A_LETTER
    more = {"smtp_url": f"smtp://127.0.0.1:{sink.port}"}
    if request.node.get_closest_marker("redis"):
        more["broker_url"] = request.getfixturevalue("redis_url")
    return build(**more).extensions["beklijf"]


def test_on_sqlite_each_letter_goes_out_once_however_often_the_worker_is_killed(
    work, session, sink, chance, tmp_path
):
    plan_letters(work, session)

    send_all(work, sink, tmp_path, chance, ["--pool=solo"])

    check_each_once(work, sink, unknown_at_most=KILLS)


@pytest.mark.redis
@pytest.mark.database("postgresql")
def test_on_postgresql_neither_killed_workers_nor_an_emptied_redis_lose_or_double_a_letter(
    work, session, sink, chance, tmp_path, redis_url
):
    plan_letters(work, session)

    with redis.Redis.from_url(redis_url) as broker:
        send_all(work, sink, tmp_path, chance, ["--concurrency=2"], upset=broker.flushall)

    check_each_once(work, sink, unknown_at_most=2 * KILLS)
