"""Timestamps as the services take them: ISO 8601 with a zone."""

import re
from datetime import datetime

PATTERN = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?P<fraction>\.\d{1,9})?(?P<zone>Z|[+-]\d{2}(?::?\d{2})?)"
)


def parse(text: object) -> datetime | None:
    """The moment, or None when `text` is no ISO 8601 date and time with a zone (AGS 2.0 section 3.4.9)."""
    if not isinstance(text, str) or PATTERN.fullmatch(text) is None:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def has_fraction(text: str) -> bool:
    """Whether a timestamp is written with parts of a second."""
    match = PATTERN.fullmatch(text)
    return match is not None and match["fraction"] is not None
