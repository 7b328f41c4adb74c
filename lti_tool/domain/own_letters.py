"""A letter that somebody writes themselves: the address that opens it in their own mail program."""

import re
from dataclasses import dataclass
from itertools import accumulate
from urllib.parse import quote

# Windows hands no longer address to a mail program (INTERNET_MAX_URL_LENGTH is 2083), with some room left.
LONGEST = 2000
LINE_END = "\r\n"


@dataclass(frozen=True)
class OwnLetter:
    """A text to change before it goes. to: an address; empty where its writer fills it in."""

    subject: str
    body: str
    to: str = ""

    @property
    def url(self) -> str:
        """Its mailto address (RFC 6068, sections 2 and 5); of a body that is too long the end is left out.

        Everything is percent-encoded, so that no text can add a receiver or a header.
        """
        head = f"mailto:{_encoded(self.to)}?subject={_encoded(' '.join(self.subject.split()))}&body="
        body = LINE_END.join(self.body[:LONGEST].splitlines())
        if len(whole := head + _encoded(body)) <= LONGEST:
            return whole
        parts = [_encoded(each) for each in _characters(body)]
        lengths = accumulate(map(len, parts), initial=len(head))
        fitting = sum(1 for length in lengths if length <= LONGEST) - 1
        return head + "".join(parts[: max(fitting, 0)])


def _encoded(text: str) -> str:
    return quote(text, safe="@", errors="replace")


def _characters(text: str) -> list[str]:
    """The characters of a text; the end of a line is one, as mail has it (RFC 6068, section 5)."""
    return re.findall(f"{LINE_END}|.", text, re.DOTALL)
