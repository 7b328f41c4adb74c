"""The demo's processes, on ports of their own, for journeys."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lti_tool.cli import demo
from tests.processes import free_port

ROOT = Path(__file__).resolve().parents[2]
STARTING_SECONDS = 180


class DoesNotStart(Exception):
    """The demo did not get ready; the message holds what it said."""


@dataclass(frozen=True)
class Stage:
    """Where the story plays: the addresses of the tool and of its LMS.

    environment: the settings of the tool's processes, for an operator's commands.
    """

    tool: str
    lms: str
    environment: Mapping[str, str]

    def command(self, *arguments: str) -> str:
        """What an operator's command prints."""
        ended = subprocess.run(
            [sys.executable, "-m", "lti_tool", *arguments],
            cwd=ROOT, env=dict(self.environment), capture_output=True, text=True, check=False,
        )  # fmt: skip
        if ended.returncode != 0:
            raise DoesNotStart(ended.stdout + ended.stderr)
        return ended.stdout


@contextmanager
def running(folder: Path) -> Iterator[Stage]:
    """Runs `python -m lti_tool demo` while a journey lasts; its log lies in the folder."""
    tool, lms, smtp = free_port(), free_port(), free_port()
    command = [sys.executable, "-m", "lti_tool", "demo", "--bare", f"--folder={folder}"]
    command += [f"--port={tool}", f"--lms-port={lms}", f"--smtp-port={smtp}"]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        try:
            _await_ready(process, folder / "log")
            settings = demo.Stage(folder.resolve(), tool, lms, smtp).environment()
            yield Stage(f"http://localhost:{tool}", f"http://127.0.0.1:{lms}", settings)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)


def _await_ready(process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < until and process.poll() is None:
        if "Ready." in log.read_text():
            return
        time.sleep(0.2)
    raise DoesNotStart(log.read_text())
