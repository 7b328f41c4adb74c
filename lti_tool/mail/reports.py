"""Reading delivery reports, which anybody may have written: RFC 3464 in a multipart/report (RFC 6522)."""

import re
from collections.abc import Iterator
from email import message_from_bytes, message_from_string
from email.message import Message

from lti_tool.domain.bounces import Report, Told

# Bytes that are read of one report. What it says stands before the letter that it returns.
LONGEST = 512 * 1024
_RECIPIENTS = 20
_LONGEST_LINE = 1000
# What is printed of ASCII, without angle brackets inside.
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{3,250}>")


def parse(content: bytes) -> Report | None:
    """What a mail reports about one letter; None for any other mail, and for what cannot be read."""
    try:
        message = message_from_bytes(content[:LONGEST])
        return _read(message)
    except Exception:
        # The standard library's parser promises nothing about hostile input, such as parts without end.
        return None


def message_id_in(words: str) -> str | None:
    """The first Message-ID in a text, with its angle brackets."""
    found = _MESSAGE_ID.search(words)
    return found.group() if found else None


def _read(message: Message) -> Report | None:
    if message.get_content_type() != "multipart/report" or not message.is_multipart():
        return None
    parts = [part for part in message.get_payload() if isinstance(part, Message)]
    told = tuple(each for part in parts for each in _told(part))
    message_id = _of_returned(parts) or _answered(message)
    return Report(message_id, told) if message_id and told else None


def _told(part: Message) -> Iterator[Told]:
    """What it says of each recipient; the first block of fields is about the report itself."""
    if part.get_content_type() != "message/delivery-status" or not part.is_multipart():
        return
    blocks = [block for block in part.get_payload() if isinstance(block, Message)]
    for block in blocks[: _RECIPIENTS + 1]:
        if block["Action"] is not None:
            yield Told(
                _field(block, "Action"),
                _field(block, "Status"),
                _field(block, "Diagnostic-Code"),
                tuple(
                    filter(None, (_address(block, "Original-Recipient"), _address(block, "Final-Recipient")))
                ),
            )


def _of_returned(parts: list[Message]) -> str | None:
    """The Message-ID of the letter that comes back, whole or its headers only."""
    for part in parts:
        if part.get_content_type() == "message/rfc822" and part.is_multipart():
            returned = part.get_payload(0)
        elif part.get_content_type() == "text/rfc822-headers":
            content = part.get_payload(decode=True)
            returned = message_from_string(content.decode("latin-1") if isinstance(content, bytes) else "")
        else:
            continue
        if isinstance(returned, Message):
            return message_id_in(_field(returned, "Message-ID"))
    return None


def _answered(message: Message) -> str | None:
    """The letter that a report without it is an answer to."""
    return message_id_in(_field(message, "In-Reply-To")) or message_id_in(_field(message, "References"))


def _address(block: Message, name: str) -> str:
    """An address without its type: "rfc822; a@example.org"."""
    return _field(block, name).rpartition(";")[2].strip(" <>")


def _field(message: Message, name: str) -> str:
    return " ".join(str(message.get(name, ""))[:_LONGEST_LINE].split())
