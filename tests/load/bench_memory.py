"""Whether a worker's memory stays as it is: a Celery worker as in production, letter after letter."""

import os
import time
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from celery import Celery
from sqlalchemy import func, select

from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.services import rounds
from tests.load import crowd
from tests.processes import await_that, environment, free_port, running

PEOPLE = 1_000
LAST = int(os.environ.get("BENCH_NUDGES", "100_000"))
FIRST = LAST // 10
ROUND_SECONDS, MOST_ROUNDS = 60, 5
"""A round ends before the next, and leaves to it what it did not come to."""
MOST_GROWTH = 1.10
MOST_MB = 150
WORKER = ("celery", "--app", "tasks.app:celery", "worker", "--loglevel=warning", "--concurrency=1")

pytestmark = [pytest.mark.redis, pytest.mark.database("postgresql")]


@pytest.fixture
def port():
    """Where the mail server listens."""
    return free_port()


@pytest.fixture
def work(build, port, redis_url):
    return build(smtp_url=f"smtp://127.0.0.1:{port}", broker_url=redis_url).extensions["beklijf"]


@pytest.fixture
def crowded(work, session):
    """Many people, and a calendar that says that it is the Monday after their training."""
    crowd.gather(work, session, PEOPLE)
    rounds.move_calendar(session, crowd.DUE.calendar - datetime.now(UTC))
    session.commit()
    return session


@contextmanager
def at_work(work, folder, port):
    """A mail server and a worker with a child, which sends; the process id of the worker."""
    settings = environment(work.settings)
    with ExitStack() as stack:
        for name, *module in (("sink", "tests.load.sink", str(port), "0"), ("worker", *WORKER)):
            process = stack.enter_context(running(settings, folder / f"{name}.log", *module))
        await_that(lambda: children(process.pid), 120, "the worker has a child")
        yield process.pid


def children(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def resident(pid):
    """Resident memory of a process, in MB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024


def gone(session):
    """How many of the letters of Monday went."""
    sent = select(func.count()).where(Delivery.step == crowd.STEP, Delivery.status == DeliveryStatus.SENT)
    number = session.scalar(sent)
    session.rollback()
    return number


def send(beat, session):
    """Asks for rounds, as beat does, until all letters of Monday went."""
    for _ in range(MOST_ROUNDS):
        beat.send_task("tasks.rounds.deliver", queue="beklijf", expires=ROUND_SECONDS)
        until = time.monotonic() + ROUND_SECONDS
        while time.monotonic() < until:
            if gone(session) == PEOPLE:
                return
            time.sleep(0.1)
    raise AssertionError(f"{gone(session)} letters of {PEOPLE} went in {MOST_ROUNDS} rounds")


def test_a_worker_needs_as_much_memory_after_100_000_letters_as_after_10_000(work, crowded, tmp_path, port):
    beat = Celery(broker=work.settings.broker_url)
    needed, sender = {}, None
    with at_work(work, tmp_path, port) as worker:
        began = time.monotonic()
        print(f"before the first letter: {resident(children(worker)[0]):.0f} MB")
        for letters in range(PEOPLE, LAST + 1, PEOPLE):
            crowd.due_again(crowded)
            send(beat, crowded)
            # The first may have been too slow to say that it is there, and another was begun in its place.
            (child,) = children(worker)
            sender = sender or child
            assert child == sender
            needed[letters] = resident(child)
            if letters % FIRST == 0:
                took, own, parents = time.monotonic() - began, needed[letters], resident(worker)
                print(f"{letters} letters in {took:.0f} s: {own:.0f} MB, its parent {parents:.0f} MB")
        beat.close()

    print(f"after {LAST} / after {FIRST} letters: {needed[LAST] / needed[FIRST]:.3f}")
    assert needed[LAST] <= MOST_GROWTH * needed[FIRST]
    assert needed[LAST] < MOST_MB
