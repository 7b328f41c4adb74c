"""Where a link of a course comes from, as the custom parameters of a launch tell it."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote
from uuid import UUID

ACTIVITY = "activity_id"
LINK_HISTORY = "link_history"
CONTEXT_HISTORY = "context_history"
"""Custom parameters: our own id, `$ResourceLink.id.history` and `$Context.id.history` (LTI Core 1.3, B.4)."""

MOST = 50
"""Copies of copies that are looked at."""


@dataclass(frozen=True)
class Origin:
    """What a launch says about it.

    lms_id: of the activity that was chosen for the link, wherever the link was copied to since.
    link_ids, context_ids: of what the link and its course are copies of, the latest first.
    """

    lms_id: UUID | None = None
    link_ids: tuple[str, ...] = ()
    context_ids: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to go by."""
        return bool(self.lms_id or self.link_ids or self.context_ids)


def read(custom: Mapping[str, str]) -> Origin:
    """The origin in custom parameters; what is not understood is left out."""
    return Origin(
        own_id(custom.get(ACTIVITY, "")),
        _history(custom.get(LINK_HISTORY, "")),
        _history(custom.get(CONTEXT_HISTORY, "")),
    )


def own_id(text: str) -> UUID | None:
    """An id that this tool gave out; None for any other text."""
    # Canvas encodes custom parameters twice at some launches.
    try:
        return UUID(unquote(text).strip())
    except ValueError:
        return None


def _history(text: str) -> tuple[str, ...]:
    """Ids, each URL-encoded, with commas in between."""
    found = (unquote(part).strip() for part in text.split(","))
    return tuple(dict.fromkeys(one for one in found if 0 < len(one) <= 255 and one.isprintable()))[:MOST]
