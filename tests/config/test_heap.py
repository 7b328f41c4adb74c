"""Each kind of process looks no more at what starting it made."""

import subprocess
import sys

import pytest

from config.settings import ROOT
from tests.conftest import make_settings
from tests.processes import environment

WEB = """
from config import gunicorn
from lti_tool.app import create_app
it = create_app()
{}
gunicorn.post_worker_init(it)
"""
WORKER = """
from celery import signals
import tasks.app
{}
signals.worker_init.send(None)
"""
COUNT = "import gc; print(gc.get_freeze_count())"


@pytest.mark.parametrize("start", [WEB, WORKER])
def test_what_starting_made_is_out_of_the_collectors_sight(tmp_path, database, start):
    settings = environment(make_settings(tmp_path, database))

    counted = subprocess.run(
        [sys.executable, "-c", start.format(COUNT) + COUNT],
        cwd=ROOT,
        env=settings,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    at_first, then = map(int, counted.stdout.split())
    assert at_first == 0
    assert then > 100_000
