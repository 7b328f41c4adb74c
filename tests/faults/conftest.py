"""A mail server that is slow, hangs or fails on purpose; and a Redis of our own."""

import asyncio
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path

import pytest
import redis
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.processes import await_that, free_port


@dataclass
class Sink:
    """What a mail server took: Message-ID and addressee of each letter, in order.

    seconds: how long it thinks about a letter before it takes it.
    silent: it takes a letter, and the line goes dead before it says so.
    """

    port: int
    seconds: float = 0.0
    silent: bool = False
    taken: list[tuple[str, str]] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        await asyncio.sleep(self.seconds)
        letter = message_from_bytes(envelope.content, policy=policy.default)
        self.taken.append((str(letter["Message-ID"]), envelope.rcpt_tos[0]))
        if self.silent:
            server.transport.abort()
        return "250 taken"

    def has(self, number: int) -> bool:
        """Whether that many letters came, or more."""
        return len(self.taken) >= number

    @property
    def identities(self) -> list[str]:
        return [identity for identity, _ in self.taken]

    @property
    def addressees(self) -> list[str]:
        return [address for _, address in self.taken]


@pytest.fixture
def sink() -> Iterator[Sink]:
    box = Sink(free_port())
    controller = Controller(box, hostname="127.0.0.1", port=box.port, ready_timeout=20)
    controller.start()
    yield box
    controller.stop()


@pytest.fixture
def redis_url(tmp_path: Path) -> Iterator[str]:
    """A Redis that keeps nothing on disk; its address."""
    port = free_port()
    server = subprocess.Popen(
        ["redis-server", f"--port {port}", "--bind 127.0.0.1", '--save ""', "--appendonly no"],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
    )
    client = redis.Redis(port=port)
    await_that(lambda: _answers(client), 20, "Redis answers")
    yield f"redis://127.0.0.1:{port}/0"
    client.close()
    server.terminate()
    server.wait(timeout=20)


def _answers(client: "redis.Redis") -> bool:
    try:
        return bool(client.ping())
    except redis.ConnectionError:
        return False
