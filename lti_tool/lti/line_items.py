"""The line item of a link whose launches name none: found, or made (AGS 2.0 sections 3.2 and 4.4)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lti_tool.lti import pages, service_calls, urls, web_links
from lti_tool.lti.access_tokens import Service
from lti_tool.lti.grades import NotSent
from lti_tool.lti.launches import LINE_ITEM_READ_SCOPE, LINE_ITEM_SCOPE
from lti_tool.lti.outgoing import Answer, NoAnswer, Outgoing
from lti_tool.lti.ports import Registration, Store
from lti_tool.lti.product_families import CANVAS, MOODLE
from lti_tool.lti.service_calls import Failure

CONTAINER_TYPE = "application/vnd.ims.lis.v2.lineitemcontainer+json"
TYPE = "application/vnd.ims.lis.v2.lineitem+json"
SUBMISSION_TYPE = "https://canvas.instructure.com/lti/submission_type"
"""Extension of Canvas, whose columns are of no use without it."""

LONGEST_LABEL = 100
MOST_PAGES = 10


@dataclass(frozen=True)
class Container:
    """Where the line items of a course are.

    scopes: what its launches offer of those of line items. product_family: as its launches say.
    """

    registration: Registration
    deployment_id: str
    url: str
    scopes: frozenset[str]
    product_family: str | None


@dataclass(frozen=True)
class Column:
    """The line item that a link wants.

    resource_id: our own id, of an activity that was chosen with the tool; None for any other.
    """

    link_id: str
    resource_id: str | None
    tag: str
    label: str


@dataclass(frozen=True)
class Listed:
    """Line items as the platform writes them. is_whole: whether there are no others."""

    entries: list[dict[str, Any]]
    is_whole: bool = True


@dataclass(frozen=True)
class Services:
    """What goes out: the way, the tokens, and the moment on the real clock."""

    store: Store
    outgoing: Outgoing
    now: datetime


def find_or_make(column: Column, container: Container, services: Services) -> str | NotSent | None:
    """The address of the column; None when there is none and none may be made.

    Always looks first: a copied course has its columns already (section 3.2.15).
    """
    found = _find(column, container, services)
    if found is not None or not _may_make(column, container):
        return found
    return _make(column, container, services)


def resource_ids(link_id: str, container: Container, services: Services) -> list[str]:
    """What the columns of a link say that they are for; nothing when the platform does not tell."""
    listed = _list(container, {"resource_link_id": link_id}, services)
    entries = [] if isinstance(listed, NotSent) else listed.entries
    found = [one.get("resourceId") for one in entries if one.get("resourceLinkId") in (None, "", link_id)]
    return [one for one in found if isinstance(one, str) and one]


def _find(column: Column, container: Container, services: Services) -> str | NotSent | None:
    """By the link, then by our own id, which also columns have that hang from no link."""
    filters = {"resource_link_id": column.link_id, "resource_id": column.resource_id}
    is_whole = True
    for name, value in filters.items():
        listed = Listed([]) if value is None else _list(container, {name: value}, services)
        if isinstance(listed, NotSent):
            return listed
        address = _chosen(column, container, listed.entries)
        if address is not None:
            return address
        is_whole &= listed.is_whole
    # Ours may be among those that nobody saw, and there must never be two (section 3.2.15).
    return None if is_whole else NotSent(Failure.BROKEN)


def _list(container: Container, wanted: Mapping[str, str], services: Services) -> Listed | NotSent:
    first = pages.with_parameters(container.url, **wanted)
    # Moodle reads with this scope only, also when the other one is granted.
    scope = LINE_ITEM_READ_SCOPE if LINE_ITEM_READ_SCOPE in container.scopes else LINE_ITEM_SCOPE
    if first is None:
        return NotSent(Failure.NOT_FOUND)

    def get(url: str) -> Answer | NotSent:
        def ask(token: str) -> Answer | NoAnswer:
            return services.outgoing.get(url, CONTAINER_TYPE, token)

        return _call(container, scope, ask, services)

    found = Listed([])
    for page in pages.Reader(container.url, get).read(first, MOST_PAGES):
        if isinstance(page, NotSent):
            return page
        entries = _entries(page.answer)
        if isinstance(entries, NotSent):
            return entries
        found = Listed(found.entries + entries, is_whole=page.next is None)
    return found


def _entries(answer: Answer) -> list[dict[str, Any]] | NotSent:
    content = answer.content
    if answer.status != 200 or not isinstance(content, list):
        return NotSent(Failure.PLATFORM_FAILED, answer.status)
    return [entry for entry in content if isinstance(entry, dict)]


def _chosen(column: Column, container: Container, listed: list[dict[str, Any]]) -> str | None:
    """Ours among those listed: some platforms do not hear a filter, and a link may have several columns."""
    here = [one for one in listed if one.get("resourceLinkId") in (None, "", column.link_id)]
    own = [one for one in here if column.resource_id and one.get("resourceId") == column.resource_id]
    of_link = [one for one in here if one.get("resourceLinkId") and not one.get("resourceId")]
    candidates = own or of_link
    tagged = [one for one in candidates if one.get("tag") == column.tag]
    return _address((tagged or candidates)[0], container) if candidates else None


def _address(entry: Mapping[str, Any], container: Container) -> str | None:
    """Where a line item is; only of the host that the claims named, as the token goes there too."""
    address = entry.get("id")
    if not isinstance(address, str) or urls.read(address) is None:
        return None
    return address if web_links.is_same_origin(container.url, address) else None


def _may_make(column: Column, container: Container) -> bool:
    """Whether to add a column: for what was chosen with the tool, and where the platform lets us.

    Not in Moodle: an activity without a line item is one whose trainer wants no grades for it.
    """
    is_offered = LINE_ITEM_SCOPE in container.scopes
    return is_offered and column.resource_id is not None and container.product_family != MOODLE


def _make(column: Column, container: Container, services: Services) -> str | NotSent:
    written = json.dumps(_written(column, container)).encode()

    def ask(token: str) -> Answer | NoAnswer:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": TYPE, "Accept": TYPE}
        return services.outgoing.post(container.url, headers, written)

    answer = _call(container, LINE_ITEM_SCOPE, ask, services)
    if isinstance(answer, NotSent):
        return answer
    content = answer.content
    address = _address(content, container) if isinstance(content, dict) else None
    # It may have been made all the same: the next try looks first.
    return address or NotSent(Failure.PLATFORM_FAILED, answer.status)


def _written(column: Column, container: Container) -> dict[str, object]:
    """The column as platforms take it: a whole maximum and an id of ours, which Open edX insists on."""
    content: dict[str, object] = {
        "label": column.label[:LONGEST_LABEL],
        "scoreMaximum": 1,
        "resourceId": column.resource_id,
        "tag": column.tag,
    }
    if container.product_family == CANVAS:
        # Canvas hangs a column from a link only when that has one already.
        return content | {SUBMISSION_TYPE: {"type": "none"}}
    return content | {"resourceLinkId": column.link_id}


def _call(container: Container, scope: str, ask: service_calls.Send, services: Services) -> Answer | NotSent:
    service = Service(container.registration, container.deployment_id, frozenset({scope}))
    answer = service_calls.call(service, ask, services.store, services.outgoing, services.now)
    if isinstance(answer, Failure):
        return NotSent(answer)
    if 200 <= answer.status < 300:
        return answer
    return NotSent(service_calls.failure(answer), answer.status, service_calls.wait_asked(answer))
