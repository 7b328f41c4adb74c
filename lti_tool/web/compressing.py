"""Fewer bytes over the wire: gzip (RFC 1952), where that tells nobody anything.

A page that repeats what somebody else made a browser send can be asked for again and again, and its length
then tells what else stands in it (BREACH). So a page is compressed only where its own address is a secret,
which nobody else can ask for; statics are the same for everybody.
"""

import gzip
from functools import cache
from pathlib import Path

from flask import Response, current_app, g, request

from lti_tool.web.access import Access

SMALLEST = 500
"""Bytes. What is smaller gains nothing."""
KINDS = frozenset({"text/html", "text/css", "text/javascript", "text/calendar", "image/svg+xml"})
# The address of each other page holds the secret of a visit, a letter, a choice, a calendar or a pass.
OPEN_TO_GUESSES = frozenset({Access.ANYONE, Access.SIGNED, Access.LOCAL})
FOR_ONCE, FOR_EVER = 6, 9  # levels of gzip


def compress(response: Response) -> Response:
    """The same answer, compressed when the browser takes that and it may be."""
    is_static = request.endpoint == "static" and response.status_code == 200
    if response.mimetype not in KINDS or not (is_static or _has_a_secret_address()):
        return response
    response.vary.add("Accept-Encoding")
    if not request.accept_encodings["gzip"] or "Content-Encoding" in response.headers:
        return response
    body = _of_file(_asked_file()) if is_static else _of_page(response)
    if body is not None:
        response.direct_passthrough = False
        response.close()
        response.set_data(body)
        response.headers["Content-Encoding"] = "gzip"
        etag, is_weak = response.get_etag()
        if etag and not is_weak:
            response.set_etag(etag, weak=True)
    return response


def _has_a_secret_address() -> bool:
    return g.get("access", Access.ANYONE) not in OPEN_TO_GUESSES


def _asked_file() -> Path:
    return Path(str(current_app.static_folder)) / str((request.view_args or {})["filename"])


def _of_page(response: Response) -> bytes | None:
    if response.is_streamed:
        return None
    data = response.get_data()
    return gzip.compress(data, FOR_ONCE, mtime=0) if len(data) >= SMALLEST else None


@cache
def _of_file(path: Path) -> bytes | None:
    data = path.read_bytes()
    return gzip.compress(data, FOR_EVER, mtime=0) if len(data) >= SMALLEST else None
