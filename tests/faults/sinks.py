"""A mail server that is slow, refuses for now, hangs or falls silent, on purpose."""

import asyncio
from dataclasses import dataclass, field
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Sink:
    """What a mail server took: Message-ID and addressee of each letter, in order.

    seconds: how long it takes over a letter, half of it before the letter is its own and half after.
    silent: it takes a letter, and the line goes dead before it says so.
    says: what it answers to a command (MAIL, RCPT, DATA) instead of taking the letter.
    asked: how many times somebody began a letter.
    """

    port: int
    seconds: float = 0.0
    silent: bool = False
    says: dict[str, str] = field(default_factory=dict)
    taken: list[tuple[str, str]] = field(default_factory=list)
    asked: int = 0

    def come(self) -> None:
        """Takes connections from now on."""
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, ready_timeout=20)
        self._controller.start()

    def leave(self) -> None:
        """Nobody is there any more."""
        self._controller.stop()

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.asked += 1
        envelope.mail_from = address
        return self.says.get("MAIL", "250 OK")

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if "RCPT" not in self.says:
            envelope.rcpt_tos.append(address)
        return self.says.get("RCPT", "250 OK")

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if "DATA" in self.says:
            return self.says["DATA"]
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
