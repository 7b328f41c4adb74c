"""The processes of the demo, and what they say."""

import re
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from urllib.error import URLError
from urllib.request import urlopen

import click

from config.settings import ROOT

TROUBLE = re.compile(r"\b(ERROR|CRITICAL|Traceback)\b")


class Processes:
    """They speak into a file. It is shown in full when something fails, and from `settle` on as it grows.

    Whoever leaves the context ends them.
    """

    def __init__(self, environment: Mapping[str, str], log: Path) -> None:
        self._environment = environment
        self._mouth, self._ear = log.open("wb"), log.open(errors="replace")
        self._running: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> "Processes":
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        # Ctrl-C and a plain end are no errors.
        if isinstance(error, Exception):
            self._tell(self._ear.read())
        for process in self._running:
            _end(process)
        self._mouth.close()
        self._ear.close()

    def run(self, *arguments: str) -> None:
        """Runs Python to its end; raises ClickException when that is no good one."""
        ended = subprocess.run(  # noqa: S603
            [sys.executable, *arguments], env=self._environment, cwd=ROOT,
            stdout=self._mouth, stderr=self._mouth, check=False,
        )  # fmt: skip
        if ended.returncode != 0:
            raise click.ClickException(f"python {' '.join(arguments[:4])} failed; what it said stands above.")

    def ask(self, *arguments: str) -> str:
        """Runs Python to its end; what it says. Raises ClickException when that is no good end."""
        ended = subprocess.run(  # noqa: S603
            [sys.executable, *arguments], env=self._environment, cwd=ROOT,
            stdout=subprocess.PIPE, stderr=self._mouth, check=False, text=True,
        )  # fmt: skip
        if ended.returncode != 0:
            raise click.ClickException(f"python {' '.join(arguments[:4])} failed; what it said stands above.")
        return ended.stdout

    def start(self, command: Sequence[str]) -> None:
        """Starts a process that stays."""
        self._running.append(
            subprocess.Popen(  # noqa: S603
                command, env=self._environment, cwd=ROOT, stdout=self._mouth, stderr=self._mouth
            )
        )

    def await_answer(self, url: str, seconds: float) -> None:
        """Waits until an address answers; raises ClickException when it does not, or cannot any more."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                with urlopen(url, timeout=2):  # noqa: S310  an address of this machine
                    return
            except (URLError, OSError):
                self._require_all()
                time.sleep(0.2)
        raise click.ClickException(f"{url} does not answer. Is its port in use?")

    def settle(self) -> None:
        """What was said so far stays in the file, unless it tells of trouble."""
        said = self._ear.read()
        self._tell(said if TROUBLE.search(said) else "")

    def watch(self) -> None:
        """Shows what they say until Ctrl-C; raises ClickException when one of them ends by itself."""
        try:
            while True:
                self._tell(self._ear.read())
                self._require_all()
                time.sleep(1)
        except KeyboardInterrupt:
            click.echo("Ended.")

    def _require_all(self) -> None:
        if any(process.poll() is not None for process in self._running):
            raise click.ClickException("One of the processes ended; what it said stands above.")

    @staticmethod
    def _tell(said: str) -> None:
        click.echo(said, nl=False)


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
