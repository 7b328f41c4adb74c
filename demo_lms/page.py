"""A page: what the browser got, and what can be done with it."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urljoin, urlsplit

import httpx

from demo_lms import markup
from demo_lms.documents import Document, Form


@dataclass(frozen=True)
class Page:
    """What the browser shows in its tab or in a frame.

    top: origin of the page in the tab when this is a frame in it; None when this is the page in the tab.
    chain: the addresses that led here, the last being its own.
    """

    response: httpx.Response
    top: str | None
    chain: tuple[str, ...]

    @property
    def url(self) -> str:
        return str(self.response.url)

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def text(self) -> str:
        return self.response.text

    @property
    def origin(self) -> str:
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    @cached_property
    def document(self) -> Document:
        return markup.read(self.text)

    def form(self, having: str | None = None) -> Form:
        """The form with this field, button (text or value) or id; the first one for None.

        Raises LookupError when there is no such form.
        """
        for form in self.document.forms:
            buttons = {mark for button in form.buttons for mark in (button.text, button.value)}
            marks = form.names | buttons | {form.id}
            if having is None or having in marks:
                return form
        raise LookupError(f"no form with {having!r} on {self.url} ({self.status}): {self.text[:400]}")

    def has_form(self, having: str) -> bool:
        return any(having in form.names for form in self.document.forms)

    def link(self, text: str) -> str:
        """The address of the link with this text. Raises LookupError when there is none."""
        for link in self.document.links:
            if link.text == text:
                return urljoin(self.url, link.url)
        raise LookupError(
            f"no link {text!r} on {self.url} among {[link.text for link in self.document.links]}"
        )
