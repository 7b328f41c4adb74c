"""The roster service (NRPS 2.0 section 2)."""

from typing import Any

from flask import Blueprint, Response, request

from demo_lms import endpoints, paging, rosters
from demo_lms.courses import Course
from demo_lms.refusals import Refusal
from demo_lms.vocabulary import MediaType, Scope
from demo_lms.web import here
from demo_lms.web.services import answer, guarded, next_link

roster_service = Blueprint("roster", __name__)

ADDRESS = "/services/CourseSection/<course_id>/bindings/<deployment_id>/memberships"
SINCE = "since"


@roster_service.get(ADDRESS)
@guarded(Scope.ROSTER, gives=MediaType.ROSTER)
def roster(course: Course, deployment_id: str) -> Response | Refusal:
    """One page of members, or what changed since."""
    url = endpoints.roster(here.platform().registration, course.id, deployment_id)
    moment = here.platform().courses.moment
    is_known = here.platform().habits.tells_differences and SINCE in request.args
    response = _differences(course, url) if is_known else _page(course, url)
    if isinstance(response, Response) and here.platform().habits.tells_differences:
        response.headers.add("Link", f'<{url}?{SINCE}={moment}>; rel="differences"')
    return response


def _page(course: Course, url: str) -> Response | Refusal:
    platform, habits = here.platform(), here.platform().habits
    window = paging.parse(request.args, habits)
    if isinstance(window, Refusal):
        return window
    link_id = request.args.get("rlid")
    if link_id is not None and link_id not in {link.id for link in course.links}:
        return Refusal(404, "rlid is no activity of this course (section 2.4.3)")
    found = rosters.members(course, platform.people, request.args.get("role"), habits)
    response = _container(course, url, [rosters.member(person, habits) for person in window.entries(found)])
    after = window.after(found)
    if after is not None:
        forgotten = {"role"} if habits.forgets_role else set[str]()
        response.headers["Link"] = f'<{next_link(url, after, forgotten)}>; rel="next"'
    return response


def _differences(course: Course, url: str) -> Response | Refusal:
    platform, since = here.platform(), request.args[SINCE]
    if set(request.args) != {SINCE}:
        here.complain(
            "roster", "the address of the differences is opaque: nothing may be added to it (2.4.3)"
        )
    if not since.isdecimal() or int(since) > platform.courses.moment:
        return Refusal(404, "that moment is not known here any more")
    changes = platform.courses.changed_since(course.id, int(since))
    found = rosters.changed(course, platform.people, changes)
    return _container(course, url, [rosters.member(one, platform.habits, status) for one, status in found])


def _container(course: Course, url: str, members: list[dict[str, Any]]) -> Response:
    content = {
        "id": url,
        "context": {"id": course.id, "label": course.label, "title": course.title},
        "members": members,
    }
    return answer(content, MediaType.ROSTER)
