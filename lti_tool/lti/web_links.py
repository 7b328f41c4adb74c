"""The `Link` header of an answer (RFC 8288): where the next page is, or what changed since."""

import re
from urllib.parse import urljoin

from lti_tool.lti import urls
from lti_tool.lti.outgoing import Answer

LONGEST_HEADER = 8192

_VALUE = r'"(?:[^"\\]|\\.)*"|[^\s;,"]*'
_LINK = re.compile(rf"<([^>]*)>((?:\s*;\s*[^\s=;,]+(?:\s*=\s*(?:{_VALUE}))?)*)")
_PARAMETER = re.compile(rf";\s*([^\s=;,]+)(?:\s*=\s*({_VALUE}))?")
# Moodle writes some of its links with typographic quotes, and an ampersand as in HTML.
_QUOTES = str.maketrans({"\u201c": '"', "\u201d": '"'})


def find(answer: Answer, relation: str, page: str) -> str | None:
    """The address that stands in this relation to `page`, such as "next". It may be on another host."""
    header = answer.headers.get("link", "")
    for target, parameters in _LINK.findall(header[:LONGEST_HEADER].translate(_QUOTES)):
        if _is(relation, parameters):
            return _resolved(target.strip().replace("&amp;", "&"), page)
    return None


def is_same_origin(one: str, other: str) -> bool:
    """Whether what opens one address may be shown to the other."""
    here, there = urls.read(one), urls.read(other)
    return here is not None and there is not None and here.origin == there.origin


def _is(relation: str, parameters: str) -> bool:
    """Whether a link stands in a relation to this page, and not to a page that it names as its anchor."""
    said: dict[str, str] = {}
    for name, value in _PARAMETER.findall(parameters):
        said.setdefault(name.lower(), value.strip('"').lower())
    return relation in said.get("rel", "").split() and "anchor" not in said


def _resolved(target: str, page: str) -> str:
    try:
        return urljoin(page, target)
    except ValueError:
        return target
