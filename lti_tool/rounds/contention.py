"""Two who make the same rows at the same moment: the second finds what the first made."""

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from sqlalchemy.exc import IntegrityError

from lti_tool.services.launches import AnotherKey

Made = TypeVar("Made")

LOST = (IntegrityError, AnotherKey)
"""How the database, or the person that was found, says that somebody else was first."""


def settle(attempt: Callable[[], Made], tries: int = 2) -> Made:
    """What the attempt makes; made again when somebody else was first. Each must be whole transactions.

    Raises what the last attempt raises.
    """
    for _ in range(tries - 1):
        with suppress(*LOST):
            return attempt()
    return attempt()
