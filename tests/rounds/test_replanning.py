"""Whatever happens, and in whatever order: nothing goes twice, and nothing is planned in the past.

The services and the round are the real ones, on a database and a mail server of their own.
"""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.rounds.life import Life


@pytest.fixture
def begin_anew(work, tmp_path, sqlite_template):
    """Puts the empty database back."""

    def put_back() -> None:
        work.sessions.kw["bind"].dispose()
        for name in ("beklijf.db-wal", "beklijf.db-shm"):
            Path(tmp_path / name).unlink(missing_ok=True)
        shutil.copy(sqlite_template / "beklijf.db", tmp_path)

    return put_back


def test_nothing_goes_twice_and_nothing_is_planned_in_the_past_whatever_happens(work, mailbox, begin_anew):
    def life() -> Life:
        begin_anew()
        return Life(work, mailbox)

    run_state_machine_as_test(
        life,
        settings=settings(
            max_examples=10,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
