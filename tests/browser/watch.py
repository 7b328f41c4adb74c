"""A watch over a browser profile."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request

# Chromium calls it an error when a page has something to mend or to choose; the tool answers so on purpose.
ON_PURPOSE = re.compile(r"the server responded with a status of (409|422)")


@dataclass
class Watch:
    """What happened that should not have.

    hosts: the addresses that requests may go to.
    """

    hosts: tuple[str, ...]
    strangers: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    requests: int = 0

    def over(self, context: BrowserContext) -> None:
        """Begins to watch all tabs and frames of a profile."""
        context.on("request", self._note_request)
        context.on("console", self._note_message)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))

    def require_peace(self) -> None:
        """Raises AssertionError when something happened; CSP violations are errors of the console."""
        assert self.requests > 0
        assert self.strangers == []
        assert [text for text in self.errors if not ON_PURPOSE.search(text)] == []

    def take(self) -> list[str]:
        """What happened since the last time this was asked."""
        taken = self.strangers + self.errors
        self.strangers.clear()
        self.errors.clear()
        return taken

    def _note_request(self, request: Request) -> None:
        self.requests += 1
        parts = urlsplit(request.url)
        if parts.scheme != "data" and f"{parts.scheme}://{parts.netloc}" not in self.hosts:
            self.strangers.append(request.url)

    def _note_message(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)
