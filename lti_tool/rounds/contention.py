"""Two who make the same rows at the same moment: the second finds what the first made."""

import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import IntegrityError, OperationalError

from lti_tool.services.launches import AnotherKey

Made = TypeVar("Made")

LOST = (IntegrityError, AnotherKey)
"""How the database, or the person that was found, says that somebody else was first."""
DEADLOCK = "40P01"
"""SQLSTATE of the one whom PostgreSQL ends, of two who wait for each other."""
PAUSE = 0.1
"""Seconds for the other to take what was let go. At once, the same rows would be taken before it wakes."""


def settle(attempt: Callable[[], Made], tries: int = 2) -> Made:
    """What the attempt makes; made again when somebody else was first. Each must be whole transactions.

    Raises what the last attempt raises.
    """
    for _ in range(tries - 1):
        try:
            return attempt()
        except LOST:
            pass
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) != DEADLOCK:
                raise
            time.sleep(PAUSE)
    return attempt()
