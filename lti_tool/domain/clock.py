"""The two clocks that an edge reads and hands on."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Now:
    """One moment on both clocks.

    real: tokens, score timestamps, the date of a letter, visits, leases, retries, caches.
    calendar: planning, what is due, windows, terms. It runs ahead of `real` in local mode only.
    """

    real: datetime
    calendar: datetime
