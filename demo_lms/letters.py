"""Letters: the mails that arrived, read and judged."""

import email.policy
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime

NEEDED = ("From", "To", "Subject", "Date", "Message-ID")
"""Headers that stand in every letter exactly once (RFC 5322 section 3.6; To and Subject by good custom)."""

LONGEST_LINE = 998
"""Octets in a line without its end (RFC 5322 section 2.1.1)."""


@dataclass(frozen=True)
class Letter:
    """One mail as the server accepted it.

    number: 1 for the first of this server.
    sender, recipients: of the envelope, not of the headers.
    text, html: the two bodies; empty when the letter has no such body.
    """

    number: int
    received_at: datetime
    sender: str
    recipients: tuple[str, ...]
    headers: tuple[tuple[str, str], ...]
    text: str
    html: str
    source: bytes

    @property
    def subject(self) -> str:
        return self.header("Subject")

    @property
    def message_id(self) -> str:
        return self.header("Message-ID")

    def header(self, name: str) -> str:
        """The first header of this name; empty when there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


def read(number: int, sender: str, recipients: tuple[str, ...], source: bytes, now: datetime) -> Letter:
    """The letter in one accepted DATA."""
    message = BytesParser(policy=email.policy.default).parsebytes(source)
    headers = tuple((key, str(value)) for key, value in message.items())
    return Letter(
        number, now, sender, recipients, headers, _body(message, "plain"), _body(message, "html"), source
    )


def faults(letter: Letter, now: datetime) -> Iterator[str]:
    """What a careful mail server would hold against this letter."""
    for name in NEEDED:
        found = sum(key.lower() == name.lower() for key, _ in letter.headers)
        if found != 1:
            yield f"the letter has {found} headers {name}"
    if not letter.text.strip():
        yield "the letter has no plain text"
    if any(len(line) > LONGEST_LINE for line in letter.source.split(b"\r\n")):
        yield f"the letter has a line of more than {LONGEST_LINE} octets"
    if letter.header("List-Unsubscribe-Post") and not letter.header("List-Unsubscribe"):
        yield "List-Unsubscribe-Post without List-Unsubscribe (RFC 8058 section 3.1)"
    if letter.header("Date") and not _is_of_now(letter.header("Date"), now):
        yield "Date is not the time of sending: is it the time of a clock that was moved?"


def _is_of_now(text: str, now: datetime) -> bool:
    try:
        written = parsedate_to_datetime(text)
    except ValueError:
        return False
    return written.tzinfo is not None and abs(written - now) < timedelta(hours=1)


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part is not None else ""
