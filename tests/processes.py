"""Real processes for tests: their settings, their start, their end."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from config.settings import ROOT, Settings

SECRETS = ("secret_key", "data_keys", "smtp_url", "hook_secret")


def environment(settings: Settings) -> dict[str, str]:
    """The environment in which a process has these settings, and no others."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BEKLIJF_")}
    said = settings.model_dump() | {name: getattr(settings, name).get_secret_value() for name in SECRETS}
    return kept | {f"BEKLIJF_{name.upper()}": str(value) for name, value in said.items()}


def free_port() -> int:
    """A port of this machine that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run(
    settings: dict[str, str], *arguments: str, typed: str = "", seconds: float = 60
) -> "subprocess.CompletedProcess[str]":
    """Runs a module of Python to its end. typed: what stands on its standard input."""
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env=settings,
        input=typed,
        capture_output=True,
        text=True,
        timeout=seconds,
    )


class Running:
    """A module of Python in a process group of its own; what it says goes to a file."""

    def __init__(self, settings: dict[str, str], log: Path, *arguments: str) -> None:
        self.log = log
        with log.open("a") as said:
            self._process = subprocess.Popen(
                [sys.executable, "-m", *arguments],
                cwd=ROOT,
                env=settings,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def has_ended(self) -> bool:
        return self._process.poll() is not None

    def kill(self) -> None:
        """Ends it and its children at once, as a machine that loses its power does."""
        if not self.has_ended:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def stop(self) -> int:
        """Asks it to end; its exit code."""
        self._process.terminate()
        try:
            return self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.kill()
            raise


@contextmanager
def running(settings: dict[str, str], log: Path, *arguments: str) -> Iterator[Running]:
    """A process for as long as it is needed."""
    process = Running(settings, log, *arguments)
    try:
        yield process
    finally:
        process.kill()


def await_that(fact: Callable[[], object], seconds: float, what: str) -> None:
    """Waits until something is so; raises AssertionError when that takes too long."""
    until = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < until, f"not within {seconds} s: {what}"
        time.sleep(0.02)
