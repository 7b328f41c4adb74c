"""A real SMTP server that can be told to misbehave."""

import asyncio
import email.policy
import ssl
import threading
from collections.abc import Awaitable, Callable
from email import message_from_bytes
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session


class Postbox:
    """What the server took, and what it does at each stage instead of taking.

    at_mail, at_content: called with the server's side of the connection; a reply they return is given.
    """

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.refusals: dict[str, str] = {}
        self.connections = 0
        self.at_mail: Callable[[SMTP], Awaitable[str | None]] | None = None
        self.at_content: Callable[[SMTP], Awaitable[str | None]] | None = None

    async def handle_EHLO(
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        reply = await self.at_mail(server) if self.at_mail else None
        envelope.mail_from = address
        return reply or "250 OK"

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address not in self.refusals:
            envelope.rcpt_tos.append(address)
        return self.refusals.get(address, "250 OK")

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        reply = await self.at_content(server) if self.at_content else None
        if reply is None:
            self.letters.append(message_from_bytes(envelope.content, policy=email.policy.default))
        return reply or "250 OK"


class MailServer:
    """aiosmtpd on a loopback port that the system chooses, in a thread of its own."""

    def __init__(self, postbox: Postbox, tls: ssl.SSLContext | None = None, **options: Any) -> None:
        self.postbox = postbox
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server = self._in_loop(
            self._loop.create_server(
                lambda: SMTP(postbox, loop=self._loop, **options), "127.0.0.1", 0, ssl=tls
            )
        )
        self.port: int = self._server.sockets[0].getsockname()[1]

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def stop(self) -> None:
        """No new connections, and the open ones are gone."""
        if self._loop.is_closed():
            return
        self._in_loop(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _close(self) -> None:
        self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def _in_loop(self, coroutine: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(timeout=10)
