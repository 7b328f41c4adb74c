"""The SMTP server of the demo: a real one on loopback, which tests can make misbehave."""

import asyncio
import socket
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from demo_lms import loopback
from demo_lms.mailbox import Mailbox


class Mode(StrEnum):
    """How the server behaves."""

    OK = "ok"
    DOWN = "down"
    SLOW = "slow"
    REFUSE = "refuse"


@dataclass(frozen=True)
class Behaviour:
    """What the server does with mail.

    seconds: how long it waits before it says that it took a mail; it has taken it by then.
    refused: replies by recipient address, for recipients that get a reply other than 250.
    """

    mode: Mode = Mode.OK
    seconds: float = 0.0
    refused: Mapping[str, int] = field(default_factory=dict)


REPLIES = {
    550: "550 5.1.1 This address does not exist",
    451: "451 4.3.0 Come back later",
}
"""What a refused recipient hears (RFC 5321 section 4.2, RFC 3463)."""


class _Server(Controller):
    """A controller that listens on a socket somebody else bound, so that the port is known and kept."""

    def __init__(self, postbox: "MailServer", bound: socket.socket) -> None:
        host, port = bound.getsockname()[:2]
        self._bound = bound
        super().__init__(
            postbox, hostname=host, port=port, server_hostname="leerhuis.example", ready_timeout=10
        )

    def _create_server(self) -> Any:
        return self.loop.create_server(self._factory_invoker, sock=self._bound)


class MailServer:
    """The server, its port and its behaviour. While it is down, the port stays its own and refuses."""

    def __init__(self, mailbox: Mailbox, host: str = "127.0.0.1", port: int = 0) -> None:
        self._mailbox = mailbox
        self._lock = threading.Lock()
        self._behaviour = Behaviour()
        self._bound = _bind(loopback.require(host), port)
        self.host, self.port = host, int(self._bound.getsockname()[1])
        self._server: _Server | None = None

    @property
    def behaviour(self) -> Behaviour:
        return self._behaviour

    def start(self) -> None:
        with self._lock:
            self._listen()

    def stop(self) -> None:
        with self._lock:
            self._hang_up()
            self._bound.close()

    def behave(self, behaviour: Behaviour) -> None:
        """From now on. A refusal adds to the ones before; any other mode takes its place."""
        with self._lock:
            if behaviour.mode is Mode.REFUSE:
                behaviour = replace(behaviour, refused={**self._behaviour.refused, **behaviour.refused})
            self._behaviour = behaviour
            if behaviour.mode is Mode.DOWN:
                self._hang_up()
            else:
                self._listen()

    def _listen(self) -> None:
        if self._server is None:
            self._server = _Server(self, self._bound)
            self._server.start()

    def _hang_up(self) -> None:
        """Stop listening, and hold the port without answering: whoever connects is refused."""
        if self._server is not None:
            self._server.stop()
            self._server = None
            self._bound = _bind(self.host, self.port)

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        code = self._behaviour.refused.get(address.lower())
        if code is not None:
            return REPLIES[code]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Take the mail first and wait after, as a real server does whose answer gets lost."""
        behaviour = self._behaviour
        self._mailbox.deliver(
            envelope.mail_from or "",
            tuple(envelope.rcpt_tos),
            envelope.original_content or b"",
            datetime.now(UTC),
        )
        await asyncio.sleep(behaviour.seconds if behaviour.mode is Mode.SLOW else 0)
        return "250 OK"


def _bind(host: str, port: int) -> socket.socket:
    bound = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.bind((host, port))
    return bound
