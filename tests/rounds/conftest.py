"""A mail server that keeps what it takes, for rounds that deliver."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask

from lti_tool.rounds.workplace import Workplace


@dataclass
class Mailbox:
    """What arrived, in order. `answers`: what the server says to an address instead of taking it."""

    port: int
    mails: list[EmailMessage] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.mails.append(message)
        return "250 taken"

    @property
    def addressees(self) -> list[str]:
        return [str(mail["To"]) for mail in self.mails]


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        box = Mailbox(port=probe.getsockname()[1])
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    yield box
    controller.stop()


@pytest.fixture
def app(build: Callable[..., Flask], mailbox: Mailbox) -> Flask:
    return build(smtp_url=f"smtp://127.0.0.1:{mailbox.port}")


@pytest.fixture
def work(app: Flask) -> Workplace:
    return app.extensions["beklijf"]
