"""From a letter to the mail server, knowing at each moment whether it may have gone."""

import re
import smtplib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType

from lti_tool.domain import bounces
from lti_tool.domain.bounces import Verdict
from lti_tool.mail import addresses
from lti_tool.mail.letters import Letter
from lti_tool.mail.servers import Server, Unreachable

END_OF_CONTENT = b".\r\n"
GOODBYE = 421
# One goodbye may be about a letter, or about how many went over its connection; the next one is not.
GOODBYES = 2


class Reason(StrEnum):
    """Why a letter did not go, or why nobody knows. Only the first says something about the mailbox."""

    REFUSED_ADDRESS = "refused_address"
    REFUSED_SENDER = "refused_sender"
    REFUSED_BY_POLICY = "refused_by_policy"
    REFUSED_CONTENT = "refused_content"
    REFUSED_FOR_NOW = "refused_for_now"
    CONNECTION_LOST = "connection_lost"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True)
class Sent:
    """The server took the letter upon itself."""


@dataclass(frozen=True)
class NotSent:
    """The server does not have the letter. permanent: trying again would end the same way."""

    reason: Reason
    permanent: bool


@dataclass(frozen=True)
class Unknown:
    """The server had all of the letter and did not say what it did with it."""

    reason: Reason


Result = Sent | NotSent | Unknown

# What is refused for who sends it, such as a login that is missing, goes once that is mended.
OF_A_RECIPIENT = {
    Verdict.REFUSED: NotSent(Reason.REFUSED_ADDRESS, permanent=True),
    Verdict.NOT_THE_ADDRESS: NotSent(Reason.REFUSED_BY_POLICY, permanent=False),
    Verdict.FOR_NOW: NotSent(Reason.REFUSED_FOR_NOW, permanent=False),
}
_LOST = NotSent(Reason.CONNECTION_LOST, permanent=False)
_FOR_NOW = NotSent(Reason.REFUSED_FOR_NOW, permanent=False)
_REFUSED_CONTENT = NotSent(Reason.REFUSED_CONTENT, permanent=True)


class Mailer:
    """Sends through one mail server.

    timeout: seconds for each answer of the server. patience: seconds for its answer to a whole letter,
    longer because it may look for viruses first, and a letter without an answer is never sent again.
    """

    def __init__(self, smtp_url: str, *, timeout: float = 10.0, patience: float = 30.0) -> None:
        """Raises ValueError when `smtp_url` cannot work (see Server.parse)."""
        self._server = Server.parse(smtp_url)
        self._timeout = timeout
        self._patience = patience

    def connect(self) -> "Connection | Unreachable":
        """A connection ready for letters, to be used in a `with`; or why there is none."""
        smtp = self._server.open(timeout=self._timeout)
        if isinstance(smtp, Unreachable):
            return smtp
        return Connection(self._server, smtp, timeout=self._timeout, patience=self._patience)


class Connection:
    """One conversation with the mail server, for any number of letters, one after the other."""

    def __init__(self, server: Server, smtp: smtplib.SMTP, *, timeout: float, patience: float) -> None:
        self._server = server
        self._smtp: smtplib.SMTP | None = smtp
        self._is_new = True
        self._is_clean = False
        self._is_silent = False
        self._goodbyes = 0
        self._timeout = timeout
        self._patience = patience

    def __enter__(self) -> "Connection":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._smtp is not None:
            try:
                self._smtp.quit()
            except OSError:
                self._smtp.close()

    @property
    def is_silent(self) -> bool:
        """Whether nothing should follow now: the last letter was lost on the way or got no answer, or the
        server ended the conversation (421, RFC 5321 section 3.8) at two letters and took none in between.
        """
        return self._is_silent

    def send(self, letter: Letter) -> Result:
        """Hand over one letter. A connection that was lost is opened again, once for each letter."""
        result = self._send(letter)
        is_over = self._goodbyes >= GOODBYES
        self._is_silent = isinstance(result, Unknown) or result == _LOST or is_over
        return result

    def _send(self, letter: Letter) -> Result:
        recipient = letter.recipient
        if recipient is None:
            return NotSent(Reason.REFUSED_ADDRESS, permanent=True)
        content = _content(letter)
        smtp = self._begin(addresses.named(letter.mail_from, "")[1])
        if isinstance(smtp, NotSent):
            return smtp
        try:
            refusal = self._announce(smtp, recipient)
            if refusal is not None:
                return refusal
            smtp.send(content)
        except OSError:  # every SMTPException is one
            self._drop()
            return _LOST
        return self._finish(smtp)

    def _begin(self, sender: str) -> smtplib.SMTP | NotSent:
        """A conversation in which the server takes letters of this sender (MAIL).

        In a new connection when the old one is gone: servers end one after some letters, or some time.
        """
        for smtp in self._conversations():
            try:
                code, _ = smtp.mail(sender)
            except OSError:
                self._drop()
                continue
            if _is_yes(code):
                self._is_clean = False
                return smtp
            if code != GOODBYE:
                return self._refusal(code, NotSent(Reason.REFUSED_SENDER, permanent=False))
            self._drop()
        return _LOST

    def _conversations(self) -> Iterator[smtplib.SMTP]:
        """The one that there is, and a new one where that is gone after it served."""
        is_new, self._is_new = self._is_new, False
        if self._smtp is not None and (is_new or self._is_clean or self._reset(self._smtp)):
            yield self._smtp
        if self._smtp is None and not is_new:
            opened = self._server.open(timeout=self._timeout)
            if not isinstance(opened, Unreachable):
                self._smtp = opened
                yield opened

    def _reset(self, smtp: smtplib.SMTP) -> bool:
        """Whether the conversation is at its start again (RSET), after a letter that was not taken."""
        try:
            if _is_yes(smtp.rset()[0]):
                return True
        except OSError:
            pass
        self._drop()
        return False

    def _announce(self, smtp: smtplib.SMTP, recipient: str) -> NotSent | None:
        """RCPT and DATA; the refusal, or None when the server waits for the content."""
        code, words = smtp.rcpt(recipient)
        if not _is_yes(code):
            return self._refusal(code, OF_A_RECIPIENT[bounces.judge_reply(code, words.decode("latin-1"))])
        code, _ = smtp.docmd("DATA")
        return None if code == 354 else self._refusal(code, _FOR_NOW)

    def _finish(self, smtp: smtplib.SMTP) -> Result:
        """The line that makes the content count, and what the server says to it.

        Until that line the server cannot have taken the letter; after it, silence says nothing.
        """
        try:
            smtp.send(END_OF_CONTENT)
            code, words = self._patiently(smtp)
        except OSError:
            self._drop()
            return Unknown(Reason.NO_ANSWER)
        if _is_yes(code):
            self._is_clean = True
            self._goodbyes = 0
            return Sent()
        if 400 <= code < 600:
            may_go_later = bounces.may_go_later(code, words.decode("latin-1"))
            return self._refusal(code, _FOR_NOW if may_go_later else _REFUSED_CONTENT)
        self._drop()
        return Unknown(Reason.NO_ANSWER)

    def _patiently(self, smtp: smtplib.SMTP) -> tuple[int, bytes]:
        if smtp.sock is None:
            raise smtplib.SMTPServerDisconnected
        smtp.sock.settimeout(self._patience)
        reply = smtp.getreply()
        smtp.sock.settimeout(self._timeout)
        return reply

    def _refusal(self, code: int, for_good: NotSent) -> NotSent:
        if 500 <= code < 600:
            return for_good
        self._goodbyes += code == GOODBYE
        if code == GOODBYE or not 400 <= code < 500:
            self._drop()
        return _FOR_NOW

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None


def _content(letter: Letter) -> bytes:
    """The message with a dot before each line that begins with one (RFC 5321 section 4.5.2)."""
    return re.sub(rb"(?m)^\.", b"..", letter.as_bytes())


def _is_yes(code: int) -> bool:
    return 200 <= code < 300
