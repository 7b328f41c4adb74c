"""The line item service: all of a course, and one by one (AGS 2.0 section 3.2)."""

import html
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, request

from demo_lms import endpoints, paging
from demo_lms import line_items as columns
from demo_lms.courses import Course
from demo_lms.line_items import Description, LineItem, Owner
from demo_lms.paging import Window
from demo_lms.refusals import Refusal
from demo_lms.vocabulary import CANVAS_SUBMISSION_TYPE, MediaType, Scope
from demo_lms.web import here
from demo_lms.web.services import answer, guarded, json_body, next_link

line_item_service = Blueprint("line_items", __name__, url_prefix="/services/<course_id>/lineitems")


@line_item_service.get("")
@guarded(Scope.LINE_ITEM, Scope.LINE_ITEM_READ, gives=MediaType.LINE_ITEMS)
def line_items(course: Course, deployment_id: str) -> Response | Refusal:
    """All line items, or those that a filter names (section 3.2.4)."""
    window = paging.parse(request.args, here.platform().habits)
    if isinstance(window, Refusal):
        return window
    wished = [item for item in here.platform().gradebook.items(course.id) if _is_wished(item)]
    page = [_as_json(item, deployment_id) for item in window.entries(wished)]
    response = answer(page, MediaType.LINE_ITEMS)
    after = window.after(wished)
    if after is not None:
        response.headers["Link"] = _next_link(course, deployment_id, after)
    return response


@line_item_service.post("")
@guarded(Scope.LINE_ITEM, takes=MediaType.LINE_ITEM)
def create_line_item(course: Course, deployment_id: str) -> Response | Refusal:
    """A column of the tool's own (section 3.2.5)."""
    description = columns.parse(json_body())
    if isinstance(description, Refusal):
        return description
    if description.link_id and description.link_id not in {link.id for link in course.links}:
        return Refusal(404, "resourceLinkId is no activity of this course (3.2.9)")
    if here.platform().habits.wants_submission_type and not _says_how_to_submit():
        here.complain("create_line_item", f"without {CANVAS_SUBMISSION_TYPE} Canvas makes no usable column")
    item = here.platform().gradebook.add(course.id, description, Owner.TOOL)
    return answer(_as_json(item, deployment_id), MediaType.LINE_ITEM, 201)


@line_item_service.get("/<item_id>/lineitem")
@guarded(Scope.LINE_ITEM, Scope.LINE_ITEM_READ, gives=MediaType.LINE_ITEM)
def line_item(course: Course, deployment_id: str, item_id: str) -> Response | Refusal:
    """One line item (section 3.2.3)."""
    item = found(course, item_id)
    return item if isinstance(item, Refusal) else answer(_as_json(item, deployment_id), MediaType.LINE_ITEM)


@line_item_service.put("/<item_id>/lineitem")
@guarded(Scope.LINE_ITEM, takes=MediaType.LINE_ITEM)
def change_line_item(course: Course, deployment_id: str, item_id: str) -> Response | Refusal:
    """A complete new description in the place of the old one (section 3.2.6)."""
    item, body = found(course, item_id), json_body()
    description = columns.parse(body)
    if isinstance(item, Refusal):
        return item
    if isinstance(description, Refusal):
        return description
    if body.get("id", _url(item, deployment_id)) != _url(item, deployment_id):
        return Refusal(400, "id may not change (3.2.6)")
    if description.link_id not in ("", item.description.link_id):
        return Refusal(400, "resourceLinkId may not change (3.2.6)")
    changed = here.platform().gradebook.change(item, _still_linked(description, item))
    return answer(_as_json(changed, deployment_id), MediaType.LINE_ITEM)


@line_item_service.delete("/<item_id>/lineitem")
@guarded(Scope.LINE_ITEM)
def remove_line_item(course: Course, _deployment_id: str, item_id: str) -> Response | Refusal:
    """Take a column of the tool's own away; the LMS keeps the ones it made itself (section 4.3.1)."""
    item = found(course, item_id)
    if isinstance(item, Refusal):
        return item
    if item.owner is Owner.PLATFORM:
        return Refusal(403, "this line item belongs to an activity of the LMS")
    here.platform().gradebook.remove(item)
    return Response(status=204)


def found(course: Course, item_id: str) -> LineItem | Refusal:
    """The line item of an address."""
    item = here.platform().gradebook.find(course.id, item_id)
    return item or Refusal(404, f"there is no line item {item_id} in this course")


def _says_how_to_submit() -> bool:
    said = json_body().get(CANVAS_SUBMISSION_TYPE)
    return isinstance(said, dict) and said.get("type") in ("none", "external_tool")


def _still_linked(description: Description, item: LineItem) -> Description:
    return replace(description, link_id=item.description.link_id)


def _url(item: LineItem, deployment_id: str) -> str:
    return endpoints.line_item(here.platform().registration, item.course_id, item.id, deployment_id)


def _as_json(item: LineItem, deployment_id: str) -> dict[str, Any]:
    return {"id": _url(item, deployment_id), **item.description.as_json()}


def _is_wished(item: LineItem) -> bool:
    known = {
        "resource_link_id": item.description.link_id,
        "resource_id": item.description.resource_id,
        "tag": item.description.tag,
    }
    return all(request.args.get(name, value) == value for name, value in known.items())


def _next_link(course: Course, deployment_id: str, after: Window) -> str:
    """The header; Moodle writes it with curly quotes and with "&amp;" for "&"."""
    url = next_link(endpoints.line_items(here.platform().registration, course.id, deployment_id), after)
    if not here.platform().habits.odd_links:
        return f'<{url}>; rel="next"'
    # A header is octets that Python shows as latin-1; Moodle's octets are UTF-8.
    return f"<{html.escape(url)}>; rel=“next”".encode().decode("latin-1")
