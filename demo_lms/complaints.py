"""Complaints: everything the tool did that a strict LMS objects to, kept for tests to read."""

import threading
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Complaint:
    """One objection.

    endpoint: the part of the LMS that objects, such as "token" or "scores".
    reason: what the tool did and what the rule is, in a sentence.
    """

    at: datetime
    endpoint: str
    reason: str


class Complaints:
    """The list of objections, in the order in which they arose."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._all: list[Complaint] = []

    def add(self, endpoint: str, reason: str, now: datetime) -> None:
        with self._lock:
            self._all.append(Complaint(now, endpoint, reason))

    def all(self) -> list[Complaint]:
        """A copy of the list."""
        with self._lock:
            return list(self._all)

    def clear(self) -> None:
        with self._lock:
            self._all.clear()
