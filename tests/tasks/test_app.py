"""The Celery application: what it refuses, and what it leaves for the workers to open."""

import subprocess
import sys

from config.settings import ROOT
from tasks.schedule import schedule
from tests.conftest import make_settings
from tests.processes import environment

COUNT_CONNECTIONS = """
from tasks.app import work

engines = work.sessions.kw["bind"], work.keyring._sessions.kw["bind"]
print([engine.pool.checkedin() + engine.pool.checkedout() for engine in engines])
"""


def test_a_round_that_could_not_start_in_time_expires_before_the_next_one():
    for local in (True, False):
        entries = schedule(local=local)

        assert set(entries) == {
            "deliver", "posts", "scores", "roster", "notices", "figures", "insights", "comparisons",
            "retention",
        }  # fmt: skip
        assert all(entry["options"]["expires"] <= entry["schedule"] for entry in entries.values())


def test_rounds_come_every_minute_and_every_second_in_local_mode():
    assert schedule(local=False)["deliver"]["schedule"] == 60
    assert schedule(local=True)["deliver"]["schedule"] == 1


def test_a_worker_with_wrong_settings_names_each_in_plain_words_and_ends(tmp_path):
    settings = environment(make_settings(tmp_path, f"sqlite:///{tmp_path / 'beklijf.db'}"))
    settings["BEKLIJF_BASE_URL"] = "http://beklijf.example.org"
    del settings["BEKLIJF_MAIL_FROM"]

    worker = subprocess.run(
        [sys.executable, "-m", "celery", "--app", "tasks.app:celery", "worker"],
        cwd=ROOT,
        env=settings,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert worker.returncode == 1
    assert worker.stderr.splitlines() == [
        "These settings cannot work:",
        "BEKLIJF_MAIL_FROM: is not set",
    ]


def test_no_connection_is_open_when_a_worker_forks(database, tmp_path):
    settings = environment(make_settings(tmp_path, database))

    counted = subprocess.run(
        [sys.executable, "-c", COUNT_CONNECTIONS],
        cwd=ROOT,
        env=settings,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert counted.stdout.strip() == "[0, 0]"
