"""What somebody who tries the demo reads: what happens, and all of it when something is wrong."""

import os
import re
import signal
import subprocess
import sys

import click
import pytest

from config.settings import ROOT
from lti_tool.cli.processes import Processes
from tests.processes import await_that, free_port

SAY = "print('one line'); "


@pytest.fixture
def processes(tmp_path):
    return Processes(dict(os.environ), tmp_path / "processes.log")


def test_the_demo_says_calmly_what_it_does_until_it_is_ready(tmp_path):
    ports = [f"--{name}={free_port()}" for name in ("port", "lms-port", "smtp-port")]
    command = [sys.executable, "-m", "lti_tool", "demo", f"--folder={tmp_path}", *ports]
    with (tmp_path / "said").open("w") as said:
        demo = subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=said)

    try:
        await_that(lambda: "Ready." in (tmp_path / "said").read_text(), 300, "the demo is ready")
    finally:
        demo.send_signal(signal.SIGTERM)
        demo.wait(timeout=30)

    lines = (tmp_path / "said").read_text().partition("Ready.")[0].splitlines()
    assert 1 <= len(lines) <= 5
    assert not re.search(r"INFO|WARN|\.py|http", "\n".join(lines))


def test_what_goes_well_stays_in_the_file(processes, tmp_path, capfd):
    with processes:
        processes.run("-c", SAY)
        processes.settle()

    assert capfd.readouterr().out == ""
    assert (tmp_path / "processes.log").read_text() == "one line\n"


def test_what_is_asked_is_answered_and_stays_out_of_the_file(processes, tmp_path):
    with processes:
        assert processes.ask("-c", SAY) == "one line\n"

    assert (tmp_path / "processes.log").read_text() == ""


def test_asking_what_fails_is_shown_in_full(processes, capfd):
    with pytest.raises(click.ClickException), processes:
        processes.ask("-c", "raise ValueError('what it lies at')")

    assert capfd.readouterr().out.endswith("ValueError: what it lies at\n")


def test_what_fails_is_shown_in_full(processes, capfd):
    with pytest.raises(click.ClickException), processes:
        processes.run("-c", SAY + "raise ValueError('and what it lies at')")

    out, _ = capfd.readouterr()
    assert out.startswith("one line\nTraceback")
    assert out.endswith("ValueError: and what it lies at\n")


def test_trouble_that_ends_nothing_is_shown_before_it_is_ready(processes, capfd):
    with processes:
        processes.run("-c", SAY + "print('2026-11-26 04:19:27 ERROR beklijf crash')")
        processes.settle()

    assert capfd.readouterr().out == "one line\n2026-11-26 04:19:27 ERROR beklijf crash\n"


def test_a_process_that_ends_while_another_is_waited_for_is_told_at_once(processes, capfd):
    def play():
        with processes:
            processes.start([sys.executable, "-c", "raise SystemExit('no room')"])
            processes.await_answer(f"http://127.0.0.1:{free_port()}/", seconds=60)

    with pytest.raises(click.ClickException):
        play()

    assert capfd.readouterr().out == "no room\n"


def test_what_is_said_afterwards_is_shown_as_it_comes(processes, capfd):
    def play():
        with processes:
            processes.run("-c", SAY)
            processes.settle()
            processes.start([sys.executable, "-c", "print('a request')"])
            processes.watch()

    with pytest.raises(click.ClickException):
        play()

    assert capfd.readouterr().out == "a request\n"
