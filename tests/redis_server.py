"""A Redis that keeps nothing on disk, and that can go away and come back."""

import subprocess
from pathlib import Path

import redis

from tests.processes import await_that, free_port


class RedisServer:
    """Redis on a port of its own; empty at each start, as after a power cut."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"redis://127.0.0.1:{self._port}/0"

    def start(self) -> None:
        """Returns when it answers."""
        self._process = subprocess.Popen(
            ["redis-server", f"--port {self._port}", "--bind 127.0.0.1", '--save ""', "--appendonly no"],
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
        )
        with redis.Redis.from_url(self.url) as client:
            await_that(lambda: _answers(client), 20, "Redis answers")

    def kill(self) -> None:
        """Ends at once, with everything that it held."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(timeout=20)

    def empty(self) -> None:
        """Forgets everything that it holds."""
        with redis.Redis.from_url(self.url) as client:
            client.flushall()


def _answers(client: "redis.Redis") -> bool:
    try:
        return bool(client.ping())
    except redis.ConnectionError:
        return False
