"""A letter as it goes over the wire."""

import binascii
import re
import secrets
from collections.abc import Iterable
from email.header import Header
from typing import Protocol

_LINE_ENDS = re.compile(r"\r\n|\r|\n")


class Encodable(Protocol):
    """What a message is made of. headers: each on one line, in ASCII but for the subject."""

    @property
    def subject(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def html(self) -> str: ...
    @property
    def headers(self) -> tuple[tuple[str, str], ...]: ...


def encode(letter: Encodable, to: str) -> bytes:
    """The message itself: plain text and HTML beside it, all of it ASCII (RFC 5322, RFC 2045, RFC 2047).

    Written out here, as the standard library takes several times as long over the same bytes.
    to: in ASCII. Raises ValueError for a header with a line end in it, which would begin another.
    """
    boundary = secrets.token_hex(12)
    headers = (
        ("To", to),
        ("Subject", letter.subject),
        *letter.headers,
        ("MIME-Version", "1.0"),
        ("Content-Type", f'multipart/alternative; boundary="{boundary}"'),
    )
    between = f"\r\n--{boundary}".encode("ascii")
    parts = _part("plain", letter.text), _part("html", letter.html)
    return _head(headers) + b"".join(between + b"\r\n" + part for part in parts) + between + b"--\r\n"


def _head(headers: Iterable[tuple[str, str]]) -> bytes:
    lines = []
    for name, value in headers:
        if _LINE_ENDS.search(value):
            raise ValueError(f"{name} has a line end")
        words = value if value.isascii() else Header(value, "utf-8", header_name=name).encode(linesep="\r\n")
        lines.append(f"{name}: {words}\r\n")
    return "".join(lines).encode("ascii")


def _part(kind: str, text: str) -> bytes:
    head = _head(
        [("Content-Type", f'text/{kind}; charset="utf-8"'), ("Content-Transfer-Encoding", "quoted-printable")]
    )
    return head + b"\r\n" + binascii.b2a_qp(_LINE_ENDS.sub("\r\n", text).encode(), istext=True)
