"""How many letters a second: our delivery beside the usual design and a bare loop, in runs taken in turn."""

import smtplib
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from statistics import median

import pytest
from celery import Celery
from sqlalchemy import func, select

from config.settings import ROOT
from lti_tool.models.deliveries import Delivery, DeliveryStatus
from tests.load import crowd
from tests.processes import await_that, environment, free_port, running

LETTERS = 1000
RUNS = 5
SLOW = 0.02

pytestmark = [pytest.mark.redis, pytest.mark.database("postgresql")]


@pytest.fixture
def port():
    """Where the mail server of a run listens."""
    return free_port()


@pytest.fixture
def work(build, port, redis_url):
    return build(smtp_url=f"smtp://127.0.0.1:{port}", broker_url=redis_url).extensions["beklijf"]


@pytest.fixture
def crowded(work, session):
    crowd.gather(work, session, LETTERS)
    return session


@contextmanager
def mail_server(work, folder, port, seconds=0.0) -> Iterator[None]:
    def answers():
        try:
            with smtplib.SMTP("127.0.0.1", port, timeout=1):
                return True
        except OSError:
            return False

    log = folder / "sink.log"
    with running(environment(work.settings), log, "tests.load.sink", str(port), str(seconds)):
        await_that(answers, 20, "the mail server answers")
        yield


class Worker:
    """One of our workers, which waits for a word."""

    def __init__(self, work):
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.load.worker"],
            cwd=ROOT,
            env=environment(work.settings),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout.readline() == "ready\n"

    def begin(self):
        self._process.stdin.write("go\n")
        self._process.stdin.flush()

    def end(self):
        """How many letters it sent, in how many seconds, with how much memory (MB)."""
        sent, seconds, memory = self._process.stdout.readline().split()
        return int(sent), float(seconds), int(memory)

    def close(self):
        self._process.stdin.close()
        self._process.wait(timeout=20)


def ours(session, workers):
    """Letters a second, from the word to the last letter recorded."""
    crowd.due_again(session)
    for worker in workers:
        worker.begin()
    ended = [worker.end() for worker in workers]
    assert sum(sent for sent, _, _ in ended) == LETTERS
    return LETTERS / max(seconds for _, seconds, _ in ended)


def usual(work, session, folder):
    """Letters a second of a worker with a task for each letter, from the first that went to the last."""
    crowd.due_again(session)
    sender = Celery(broker=work.settings.broker_url)
    ids = session.scalars(select(Delivery.id).where(Delivery.step == crowd.STEP)).all()
    session.commit()
    for each in ids:
        sender.send_task("usual.send", [str(each)], queue="usual")
    sender.close()

    def gone():
        done = select(func.count()).where(Delivery.step == crowd.STEP, Delivery.status == DeliveryStatus.SENT)
        number = session.scalar(done)
        session.rollback()
        return number

    pool = ["--concurrency=1", "--without-mingle", "--without-gossip"]
    with running(
        environment(work.settings), folder / "usual.log",
        "celery", "--app", "tests.load.peers:celery", "worker", "--queues=usual", "--loglevel=warning", *pool,
    ):  # fmt: skip
        await_that(gone, 60, "the first letter")
        first, began = gone(), time.perf_counter()
        await_that(lambda: gone() == LETTERS, 120, "the last letter")
        return (LETTERS - first) / (time.perf_counter() - began)


def bare(work):
    said = subprocess.run(
        [sys.executable, "-m", "tests.load.peers", str(LETTERS)],
        cwd=ROOT, env=environment(work.settings), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return float(said.stdout)


def told(name, rates):
    print(f"{name}: {median(rates):.0f} a second (median of {', '.join(f'{rate:.0f}' for rate in rates)})")
    return median(rates)


def test_one_worker_beside_the_usual_design_and_a_bare_loop(work, crowded, tmp_path, port):
    rates = {"ours": [], "usual": [], "bare": []}
    with ExitStack() as stack:
        stack.enter_context(mail_server(work, tmp_path, port))
        worker = Worker(work)
        stack.callback(worker.close)
        for _ in range(RUNS):
            rates["ours"].append(ours(crowded, [worker]))
            rates["usual"].append(usual(work, crowded, tmp_path))
            rates["bare"].append(bare(work))

    mine, theirs, loop = (told(name, rates[name]) for name in rates)
    print(f"ours / usual {mine / theirs:.2f}, ours / bare {mine / loop:.2f}")
    assert mine >= 2.5 * theirs
    assert mine >= 0.5 * loop


@pytest.mark.parametrize(("seconds", "least"), [(0.0, 1.6), (SLOW, 1.8)])
def test_two_workers_beside_one(work, crowded, tmp_path, port, seconds, least):
    one, two = [], []
    with ExitStack() as stack:
        stack.enter_context(mail_server(work, tmp_path, port, seconds))
        workers = [Worker(work) for _ in range(2)]
        for worker in workers:
            stack.callback(worker.close)
        for _ in range(RUNS if not seconds else 3):
            one.append(ours(crowded, workers[:1]))
            two.append(ours(crowded, workers))

    ratio = told("two workers", two) / told("one worker", one)
    print(f"two / one {ratio:.2f}, a mail server that takes {seconds * 1000:.0f} ms a letter")
    assert ratio >= least
