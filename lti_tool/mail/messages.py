"""A letter as it goes over the wire."""

import binascii
import re
import secrets
from email.generator import BytesGenerator
from email.header import Header
from email.message import Message
from email.policy import compat32
from io import BytesIO
from typing import Protocol

# The newer policy of the standard library reads each header back to pieces, and takes seven times as long.
_POLICY = compat32.clone(linesep="\r\n", max_line_length=None)
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

    to: in ASCII. Raises ValueError for a header with a line end in it, which would begin another.
    """
    message = Message(_POLICY)
    for name, value in (("To", to), ("Subject", letter.subject), *letter.headers):
        if _LINE_ENDS.search(value):
            raise ValueError(f"{name} has a line end")
        message[name] = value if value.isascii() else Header(value, "utf-8", header_name=name).encode()
    message["MIME-Version"] = "1.0"
    message["Content-Type"] = f'multipart/alternative; boundary="{secrets.token_hex(12)}"'
    message.set_payload([_part("plain", letter.text), _part("html", letter.html)])
    written = BytesIO()
    BytesGenerator(written, mangle_from_=False, policy=_POLICY).flatten(message)
    return written.getvalue()


def _part(kind: str, text: str) -> Message:
    part = Message(_POLICY)
    part["Content-Type"] = f'text/{kind}; charset="utf-8"'
    part["Content-Transfer-Encoding"] = "quoted-printable"
    lines = _LINE_ENDS.sub("\r\n", text).encode()
    part.set_payload(binascii.b2a_qp(lines, istext=True).decode("ascii"))
    return part
