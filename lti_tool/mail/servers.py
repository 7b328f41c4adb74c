"""The mail server that letters are handed to: its address, and a conversation with it."""

import smtplib
import socket
import ssl
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import parse_qs, unquote, urlsplit

PORTS = {"smtp": 25, "smtps": 465}
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class Trouble(StrEnum):
    """Why no conversation began."""

    NO_CONNECTION = "no_connection"
    NO_ENCRYPTION = "no_encryption"
    NO_LOGIN = "no_login"


@dataclass(frozen=True)
class Unreachable:
    """No letter can go now; nothing was said about any letter."""

    reason: Trouble


@dataclass(frozen=True)
class Server:
    """Where and how: "smtps" is encrypted from the first byte, starttls after the greeting."""

    scheme: str
    host: str
    port: int
    starttls: bool
    user: str
    password: str = field(repr=False)

    @classmethod
    def parse(cls, url: str) -> "Server":
        """From smtp://user:password@host:587?starttls=1; user and password percent-encoded.

        Raises ValueError for another scheme, for a question parameter that is not known, and for a
        password that would cross the network in the clear.
        """
        parts = urlsplit(url)
        query = parse_qs(parts.query)
        if parts.scheme not in PORTS or not parts.hostname or set(query) - {"starttls"}:
            raise ValueError("must be like smtp://user:password@mail.example.org:587?starttls=1")
        starttls = query.get("starttls") == ["1"]
        if parts.password and parts.hostname not in LOOPBACK and not (starttls or parts.scheme == "smtps"):
            raise ValueError("a password needs smtps:// or starttls=1")
        return cls(
            scheme=parts.scheme,
            host=parts.hostname,
            port=parts.port or PORTS[parts.scheme],
            starttls=starttls,
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
        )

    def open(self, *, timeout: float) -> smtplib.SMTP | Unreachable:
        """A conversation, greeted, encrypted and logged in as asked. timeout: seconds for each answer."""
        try:
            smtp = self._dial(timeout)
        except ssl.SSLError:
            return Unreachable(Trouble.NO_ENCRYPTION)
        except OSError:  # every SMTPException is one
            return Unreachable(Trouble.NO_CONNECTION)
        _send_at_once(smtp)
        trouble = self._introduce(smtp)
        if trouble is None:
            return smtp
        smtp.close()
        return Unreachable(trouble)

    def _dial(self, timeout: float) -> smtplib.SMTP:
        if self.scheme == "smtps":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(self.host, self.port, timeout=timeout, context=context)
        return smtplib.SMTP(self.host, self.port, timeout=timeout)

    def _introduce(self, smtp: smtplib.SMTP) -> Trouble | None:
        doing = Trouble.NO_CONNECTION
        try:
            smtp.ehlo_or_helo_if_needed()
            if self.starttls:
                doing = Trouble.NO_ENCRYPTION
                smtp.starttls(context=ssl.create_default_context())
                smtp.ehlo_or_helo_if_needed()  # RFC 3207 section 4.2: what was said in the clear is void
            if self.user:
                doing = Trouble.NO_LOGIN
                smtp.login(self.user, self.password)
        except smtplib.SMTPServerDisconnected:
            return Trouble.NO_CONNECTION
        except OSError:
            return doing
        return None


def _send_at_once(smtp: smtplib.SMTP) -> None:
    """Lets no small write wait for the server's word on the one before, which may take 40 ms (RFC 896)."""
    if smtp.sock is not None:
        smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
