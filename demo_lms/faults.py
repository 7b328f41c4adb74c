"""Faults: answers that an LMS gives when it is not well, asked for by tests."""

import threading
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import cycle


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
    PUT_NOTICE_HANDLER = "put_notice_handler"


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


SLOWNESS = 2.0
"""Seconds that a slow LMS thinks about each answer."""

IN_TURN = (Fault(503, retry_after="1"), None, Fault(500), None, Fault(200), None)
"""What a failing LMS answers at each endpoint, over and over; None for the real answer."""


class Faults:
    """Faults that wait for their turn."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._waiting: dict[Endpoint, deque[Fault]] = defaultdict(deque)
        self._turns: dict[Endpoint, Iterator[Fault | None]] = defaultdict(lambda: cycle(IN_TURN))

    def add(self, endpoint: Endpoint, *faults: Fault) -> None:
        """The next requests to this endpoint get these answers, one each."""
        with self._lock:
            self._waiting[endpoint].extend(faults)

    def forget(self) -> dict[Endpoint, int]:
        """Let every endpoint be well again; how many faults never had their turn, by endpoint."""
        with self._lock:
            left = {endpoint: len(faults) for endpoint, faults in self._waiting.items() if faults}
            self._waiting.clear()
            self._turns.clear()
        return left

    def take(self, view: str, *, is_failing: bool = False) -> Fault | None:
        """The fault whose turn it is at the view of this name. is_failing: every other answer is one."""
        if view not in list(Endpoint):
            return None
        endpoint = Endpoint(view)
        with self._lock:
            if self._waiting[endpoint]:
                return self._waiting[endpoint].popleft()
            return next(self._turns[endpoint]) if is_failing else None

    def wait(self, seconds: float) -> None:
        """Wait this long, or until the LMS ends."""
        self._ended.wait(seconds)

    def end(self) -> None:
        """Let nobody wait any longer."""
        self._ended.set()
