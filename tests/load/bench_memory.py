"""Whether a worker's memory stays as it is: a Celery worker as in production, letter after letter."""

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
FIRST, LAST = 10_000, 100_000
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
    """A mail server and a worker; the process ids of the worker and of its child, which sends."""
    settings = environment(work.settings)
    with ExitStack() as stack:
        for name, *module in (("sink", "tests.load.sink", str(port), "0"), ("worker", *WORKER)):
            process = stack.enter_context(running(settings, folder / f"{name}.log", *module))
        await_that(lambda: children(process.pid), 30, "the worker has a child")
        yield process.pid, children(process.pid)[0]


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


def test_a_worker_needs_as_much_memory_after_100_000_letters_as_after_10_000(work, crowded, tmp_path, port):
    beat = Celery(broker=work.settings.broker_url)
    needed = {}
    with at_work(work, tmp_path, port) as (parent, child):
        for letters in range(PEOPLE, LAST + 1, PEOPLE):
            crowd.due_again(crowded)
            beat.send_task("tasks.rounds.deliver", queue="beklijf")
            await_that(lambda: gone(crowded) == PEOPLE, 300, "all of them went")
            needed[letters] = resident(child)
            if letters % FIRST == 0:
                print(f"{letters} letters: {needed[letters]:.0f} MB, its parent {resident(parent):.0f} MB")
        beat.close()

    print(f"after {LAST} / after {FIRST} letters: {needed[LAST] / needed[FIRST]:.3f}")
    assert needed[LAST] <= MOST_GROWTH * needed[FIRST]
    assert needed[LAST] < MOST_MB
