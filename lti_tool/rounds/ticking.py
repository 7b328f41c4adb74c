"""Both clocks, going on from the moment that a round was given."""

import time
from datetime import timedelta

from lti_tool.domain.clock import Now


class Ticking:
    """A round is given its moment, and what it writes later must be later.

    It does not jump when the machine's clock does.
    """

    def __init__(self, start: Now) -> None:
        self._start = start
        self._began = time.monotonic()

    @property
    def elapsed(self) -> timedelta:
        """How long the round has been going on."""
        return timedelta(seconds=time.monotonic() - self._began)

    def now(self) -> Now:
        """The moment it is."""
        elapsed = self.elapsed
        return Now(real=self._start.real + elapsed, calendar=self._start.calendar + elapsed)
