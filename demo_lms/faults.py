"""Faults: answers that an LMS gives when it is not well, asked for by tests."""

import threading
from collections import defaultdict, deque
from dataclasses import dataclass
from enum import StrEnum


class Endpoint(StrEnum):
    """The addresses that the tool's server talks to, by the name of their view."""

    JWKS = "jwks"
    TOKEN = "token"
    LINE_ITEMS = "line_items"
    CREATE_LINE_ITEM = "create_line_item"
    LINE_ITEM = "line_item"
    CHANGE_LINE_ITEM = "change_line_item"
    REMOVE_LINE_ITEM = "remove_line_item"
    SCORES = "scores"
    RESULTS = "results"
    ROSTER = "roster"


@dataclass(frozen=True)
class Fault:
    """One answer in place of the real one.

    status: the HTTP status; 200 for a page where JSON was expected.
    seconds: how long the LMS waits before it answers.
    retry_after: value of the header of that name; None for no such header.
    """

    status: int
    seconds: float = 0.0
    retry_after: str | None = None
    body: str = "<!DOCTYPE html><title>Error</title><p>Error reading from database"


class Faults:
    """Faults that wait for their turn."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._waiting: dict[Endpoint, deque[Fault]] = defaultdict(deque)

    def add(self, endpoint: Endpoint, *faults: Fault) -> None:
        """The next requests to this endpoint get these answers, one each."""
        with self._lock:
            self._waiting[endpoint].extend(faults)

    def take(self, view: str) -> Fault | None:
        """The fault whose turn it is at the view of this name."""
        with self._lock:
            waiting = self._waiting[Endpoint(view)] if view in list(Endpoint) else None
            return waiting.popleft() if waiting else None

    def wait(self, fault: Fault) -> None:
        """Wait as long as the fault says, or until the LMS ends."""
        self._ended.wait(fault.seconds)

    def end(self) -> None:
        """Let nobody wait any longer."""
        self._ended.set()
