"""A database that goes away while workers send, and one that somebody else holds on to."""

import sqlite3
import time

import pytest

from lti_tool.rounds.transactions import BUSY_TIMEOUT_MS
from tests.faults import postgresql

PEOPLE = 120
WORKERS = 2


def check_each_went_once(scene, name):
    found = scene.tally()
    print(f"\n{name}: {found}")
    assert (found.nudges, found.at_the_sink, found.twice, found.lost) == (PEOPLE, PEOPLE, 0, 0)
    assert found.unknown == {}


@pytest.mark.redis
@pytest.mark.database("postgresql")
def test_a_postgresql_that_ends_at_once_and_comes_back_loses_no_letter_and_doubles_none(
    scene, postgresql_server
):
    postgresql.make_durable(scene.work)
    scene.gather(PEOPLE)

    with scene.at_work(WORKERS):
        for letters in (20, 60):
            scene.await_letters(letters)
            postgresql.restart(postgresql_server)
        scene.await_end()

    check_each_went_once(scene, "PostgreSQL ended twice")


def test_an_sqlite_that_somebody_locks_for_long_loses_no_letter_and_doubles_none(scene, tmp_path):
    scene.gather(PEOPLE)
    other = sqlite3.connect(tmp_path / "beklijf.db", isolation_level=None)

    with scene.at_work(WORKERS):
        scene.await_letters(20)
        other.execute("BEGIN IMMEDIATE")
        time.sleep(BUSY_TIMEOUT_MS / 1000 + 3)
        other.execute("ROLLBACK")
        scene.await_end()
    other.close()

    check_each_went_once(scene, "SQLite locked")
