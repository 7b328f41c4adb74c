"""What is noted of an exception that nobody expected."""

import logging
import traceback
from uuid import UUID

log = logging.getLogger("beklijf.crashes")


def note(doing: str, row_id: UUID, error: Exception) -> None:
    """Logs where it happened and its type, never its message, which may quote people.

    row_id: of the delivery or the course that it was about.
    """
    lines = "".join(traceback.format_tb(error.__traceback__))
    log.error("%s.crash type=%s row=%s\n%s", doing, type(error).__qualname__, row_id, lines)
