"""Tasks in real workers, on both brokers."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from lti_tool.models.rounds import RoundRun
from lti_tool.rounds import deliver
from lti_tool.services import rounds
from tests.load import crowd
from tests.processes import await_that, environment, run, running

CELERY = ("celery", "--app", "tasks.app:celery")
SECONDS = 60


def rounds_ended(work, name):
    with work.reading() as session:
        return session.scalar(
            select(func.count())
            .select_from(RoundRun)
            .where(RoundRun.name == name, RoundRun.ended_at.is_not(None))
        )


def worker(work, folder, *more):
    return running(environment(work.settings), folder / "log", *CELERY, "worker", "--loglevel=warning", *more)


def call(work, task, *more):
    called = run(environment(work.settings), *CELERY, "call", f"tasks.rounds.{task}", *more)
    assert called.returncode == 0, called.stderr


def await_round(work, name, folder):
    try:
        await_that(lambda: rounds_ended(work, name) > 0, SECONDS, f"a round {name}")
    except AssertionError:
        raise AssertionError((folder / "log").read_text()) from None


@pytest.mark.parametrize("pool", ["--pool=solo", "--concurrency=2"])
def test_a_worker_does_a_round_that_came_through_the_folder(work, tmp_path, pool):
    with worker(work, tmp_path, pool):
        call(work, "deliver")

        await_round(work, "deliver", tmp_path)


def test_a_round_that_finds_more_than_a_batch_calls_another(work, session, tmp_path):
    crowd.gather(work, session, deliver.BATCH + 1)
    rounds.move_calendar(session, crowd.DUE.calendar - work.now().real)
    session.commit()

    with worker(work, tmp_path, "--concurrency=2"):
        call(work, "deliver")

        await_that(lambda: rounds_ended(work, "deliver") == 2, SECONDS, "a second round")


@pytest.mark.redis
@pytest.mark.database("postgresql")
def test_a_worker_does_a_round_that_came_through_redis(build, redis_url, tmp_path):
    work = build(broker_url=redis_url).extensions["beklijf"]
    with worker(work, tmp_path, "--concurrency=2"):
        call(work, "scores")

        await_round(work, "scores", tmp_path)


def test_a_round_that_waited_too_long_for_a_worker_is_left_out(work, tmp_path):
    call(work, "deliver", "--expires=0.01")
    call(work, "scores")

    with worker(work, tmp_path, "--pool=solo"):
        await_round(work, "scores", tmp_path)

    assert rounds_ended(work, "deliver") == 0


def test_files_of_the_broker_that_were_cut_short_do_not_end_a_worker(work, tmp_path):
    call(work, "deliver")
    root = Path(work.settings.broker_url.removeprefix("filesystem://"))
    (root / "messages" / "0_cut.beklijf.msg").touch()
    (root / "control" / "beklijf.exchange").write_text("")

    with worker(work, tmp_path, "--pool=solo"):
        await_round(work, "deliver", tmp_path)
