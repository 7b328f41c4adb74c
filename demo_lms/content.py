"""Content: what a trainer lets the tool add to a course (LTI Deep Linking 2.0), asked for and taken."""

import secrets
import threading
from dataclasses import dataclass, replace
from typing import Any

from demo_lms.courses import Course, Courses, ResourceLink
from demo_lms.gradebook import Gradebook
from demo_lms.line_items import Description, Owner
from demo_lms.registration import Registration
from demo_lms.switches import Switches

LINK = "ltiResourceLink"


@dataclass(frozen=True)
class ContentRequest:
    """One click on "add an activity".

    id: names it in the return address. data: to be handed back; None when none is sent.
    several, columns: whether more than one item is taken, and whether columns are made of them.
    """

    id: str
    course_id: str
    deployment_id: str
    data: str | None
    several: bool
    columns: bool

    def settings(self, registration: Registration, session_key: str) -> dict[str, Any]:
        """The claim of the request (section 4.4.1), with the session key in the address, as Moodle has it."""
        query = f"course={self.course_id}&id={self.id}&sesskey={session_key}"
        settings = {
            "deep_link_return_url": f"{registration.issuer}/content/return?{query}",
            "accept_types": [LINK],
            "accept_presentation_document_targets": ["iframe", "window"],
            "accept_multiple": self.several,
            "accept_lineitem": self.columns,
            "auto_create": True,
        }
        return settings if self.data is None else settings | {"data": self.data}


@dataclass(frozen=True)
class Outcome:
    """What became of a request, as its course tells afterwards.

    titles: of the activities that were added. lost: how many did not hold and were left out.
    message, error: what the tool says of it, for people (Deep Linking 2.0 section 4.5.3).
    """

    course_id: str
    titles: tuple[str, ...] = ()
    lost: int = 0
    message: str = ""
    error: str = ""


class ContentRequests:
    """All requests, and what became of those that were answered. Each can be answered once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asked: dict[str, ContentRequest] = {}
        self._outcomes: dict[str, Outcome] = {}

    def add(self, course: Course, deployment_id: str, switches: Switches) -> ContentRequest:
        data = f"csrf:{secrets.token_hex(8)} &<é>" if switches.content_data else None
        request = ContentRequest(
            secrets.token_hex(8),
            course.id,
            deployment_id,
            data,
            switches.several_items,
            switches.item_columns,
        )
        with self._lock:
            self._asked[request.id] = request
        return request

    def find(self, request_id: str) -> ContentRequest | None:
        with self._lock:
            return self._asked.get(request_id)

    def outcome(self, request_id: str) -> Outcome | None:
        """What became of a request; None while it waits, and for one that nobody made."""
        with self._lock:
            return self._outcomes.get(request_id)

    def settle(self, request: ContentRequest, outcome: Outcome) -> bool:
        """Whether this is the first answer; only that one counts."""
        with self._lock:
            return self._outcomes.setdefault(request.id, outcome) is outcome


def create(
    item: dict[str, Any], request: ContentRequest, courses: Courses, gradebook: Gradebook
) -> ResourceLink:
    """The activity of an item that holds, with its column where there is to be one."""
    number, title, text = courses.free_link_id(), item["title"], item.get("text", "")
    link = ResourceLink(str(number), request.course_id, title, text, graded=False)
    link = replace(link, custom=dict(item.get("custom", {})), deployment_id=request.deployment_id)
    column = item.get("lineItem")
    if column is not None and request.columns:
        link = replace(link, graded=True)
        gradebook.add(request.course_id, _described(link, column), Owner.PLATFORM)
    courses.add_link(link)
    return link


def _described(link: ResourceLink, column: dict[str, Any]) -> Description:
    """Named after the activity: Moodle does not look at `label`."""
    return Description(
        link.title,
        column["scoreMaximum"],
        column.get("resourceId", ""),
        column.get("tag", ""),
        link.id,
    )
