"""Pages of a long list: which one is asked for, and how the next one is named.

Sources: AGS 2.0 section 3.2.4, NRPS 2.0 section 2.4.2; Moodle counts from a start, Canvas has bookmarks.
"""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from demo_lms.habits import Habits
from demo_lms.refusals import Refusal

Entry = TypeVar("Entry")

NAMES = frozenset({"from", "limit", "page"})
"""The parameters that choose a page."""

BOOKMARK = "bookmark:"
MARK = '["Bladzijde",<>]'


@dataclass(frozen=True)
class Window:
    """One page. start: how many entries come before it. limit: entries on it; None for all of them."""

    start: int
    limit: int | None

    def entries(self, whole: Sequence[Entry]) -> Sequence[Entry]:
        end = None if self.limit is None else self.start + self.limit
        return whole[self.start : end]

    def after(self, whole: Sequence[Entry]) -> "Window | None":
        """The page after this one; None after the last."""
        if self.limit is None or self.start + self.limit >= len(whole):
            return None
        return Window(self.start + self.limit, self.limit)

    def query(self, habits: Habits) -> str:
        """The parameters that name this page."""
        if not habits.bookmarks:
            return f"limit={self.limit}&from={self.start}"
        mark = base64.urlsafe_b64encode(MARK.replace("<>", str(self.start)).encode()).decode().rstrip("=")
        return f"page={BOOKMARK}{mark}&limit={self.limit}"


def parse(asked: Mapping[str, str], habits: Habits) -> Window | Refusal:
    """The page that a query string asks for."""
    start, limit = asked.get("from", "0"), asked.get("limit", str(habits.page or ""))
    if habits.bookmarks and "page" in asked:
        start = _marked(asked["page"])
        if not start:
            return Refusal(404, "page is no bookmark of this LMS: do its capitals still stand?")
    if not _is_whole(start) or (limit and not _is_whole(limit)) or limit == "0":
        return Refusal(400, "limit and from must be whole numbers, limit above 0")
    return Window(int(start), int(limit) if limit else None)


def _marked(bookmark: str) -> str:
    """The start that a bookmark stands for; empty for what is none."""
    code = bookmark.removeprefix(BOOKMARK)
    try:
        text = base64.urlsafe_b64decode(code + "=" * (-len(code) % 4)).decode()
    except (binascii.Error, ValueError):
        return ""
    before, after = MARK.split("<>")
    is_one = text.startswith(before) and text.endswith(after)
    return text.removeprefix(before).removesuffix(after) if is_one else ""


def _is_whole(number: str) -> bool:
    return number.isascii() and number.isdigit()
