"""Lists that a platform gives page by page (RFC 8288; AGS 2.0 section 3.2.4, NRPS 2.0 section 2.4.2)."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode, urlsplit, urlunsplit

from lti_tool.lti import urls, web_links
from lti_tool.lti.outgoing import Answer

Failed = TypeVar("Failed")

MOST_PAGES = 50
MOST_SECONDS = 60.0


@dataclass(frozen=True)
class Page:
    """One page. next: the address of the page after it, whether it may be asked for or not."""

    answer: Answer
    url: str
    next: str | None


@dataclass(frozen=True)
class Reader(Generic[Failed]):
    """Reads pages. get: what the platform answers at an address, or why there is nothing to read.

    home: the address that the signed claims named. Only of its host are pages asked for: whoever sees the
    token can use it.
    """

    home: str
    get: Callable[[str], Answer | Failed]

    def read(self, first: str, most: int = MOST_PAGES) -> Iterator[Page | Failed]:
        """The pages in order, as many as may be; the last thing is a failure, if there was one."""
        ends_at = time.monotonic() + MOST_SECONDS
        url: str | None = first
        seen = set[str]()
        while url is not None and url not in seen and web_links.is_same_origin(self.home, url):
            seen.add(url)
            answer = self.get(url)
            if not isinstance(answer, Answer):
                yield answer
                return
            page = Page(answer, url, web_links.find(answer, "next", url))
            yield page
            url = None if len(seen) >= most or time.monotonic() > ends_at else page.next


def with_parameters(url: str, **parameters: object) -> str | None:
    """An address with more in its query; what stood there stays as it is (Moodle's has `?type_id=`)."""
    if urls.read(url) is None:
        return None
    parts = urlsplit(url)
    query = "&".join(part for part in (parts.query, urlencode(parameters)) if part)
    return urlunsplit(parts._replace(query=query, fragment=""))
