"""The `Link` header of an answer (RFC 8288): where the next page is."""

import re
from urllib.parse import urljoin

from lti_tool.lti import urls

LONGEST_HEADER = 8192

_VALUE = r'"(?:[^"\\]|\\.)*"|[^\s;,"]*'
_LINK = re.compile(rf"<([^>]*)>((?:\s*;\s*[^\s=;,]+(?:\s*=\s*(?:{_VALUE}))?)*)")
_PARAMETER = re.compile(rf";\s*([^\s=;,]+)(?:\s*=\s*({_VALUE}))?")
# Moodle writes some of its links with typographic quotes, and an ampersand as in HTML.
_QUOTES = str.maketrans({"\u201c": '"', "\u201d": '"'})


def next_page(header: str, page: str) -> str | None:
    """The address of the page after `page`; None after the last one. It may be on another host."""
    for target, parameters in _LINK.findall(header[:LONGEST_HEADER].translate(_QUOTES)):
        if _leads_on(parameters):
            return _resolved(target.strip().replace("&amp;", "&"), page)
    return None


def is_same_origin(one: str, other: str) -> bool:
    """Whether what opens one address may be shown to the other."""
    here, there = urls.read(one), urls.read(other)
    return here is not None and there is not None and here.origin == there.origin


def _leads_on(parameters: str) -> bool:
    """Whether a link is the next page of this one, and not of a page that it names as its anchor."""
    said: dict[str, str] = {}
    for name, value in _PARAMETER.findall(parameters):
        said.setdefault(name.lower(), value.strip('"').lower())
    return "next" in said.get("rel", "").split() and "anchor" not in said


def _resolved(target: str, page: str) -> str:
    try:
        return urljoin(page, target)
    except ValueError:
        return target
