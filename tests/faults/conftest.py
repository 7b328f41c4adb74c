"""A mail server that is slow, or falls silent, on purpose."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.processes import free_port


@dataclass
class Sink:
    """What a mail server took: Message-ID and addressee of each letter, in order.

    seconds: how long it takes over a letter, half of it before the letter is its own and half after.
    silent: it takes a letter, and the line goes dead before it says so.
    """

    port: int
    seconds: float = 0.0
    silent: bool = False
    taken: list[tuple[str, str]] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        await asyncio.sleep(self.seconds / 2)
        letter = message_from_bytes(envelope.content, policy=policy.default)
        self.taken.append((str(letter["Message-ID"]), envelope.rcpt_tos[0]))
        if self.silent:
            server.transport.abort()
        await asyncio.sleep(self.seconds / 2)
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
