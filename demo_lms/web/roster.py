"""The roster service (NRPS 2.0 section 2)."""

from flask import Blueprint, Response, request

from demo_lms import endpoints, paging, rosters
from demo_lms.courses import Course
from demo_lms.refusals import Refusal
from demo_lms.vocabulary import MediaType, Scope
from demo_lms.web import here
from demo_lms.web.services import answer, guarded, next_link

roster_service = Blueprint("roster", __name__)

ADDRESS = "/services/CourseSection/<course_id>/bindings/<deployment_id>/memberships"


@roster_service.get(ADDRESS)
@guarded(Scope.ROSTER, gives=MediaType.ROSTER)
def roster(course: Course, deployment_id: str) -> Response | Refusal:
    """One page of members."""
    platform, habits = here.platform(), here.platform().habits
    window = paging.parse(request.args, habits)
    if isinstance(window, Refusal):
        return window
    link_id = request.args.get("rlid")
    if link_id is not None and link_id not in {link.id for link in course.links}:
        return Refusal(404, "rlid is no activity of this course (section 2.4.3)")
    found = rosters.members(course, platform.people, request.args.get("role"), habits)
    url = endpoints.roster(platform.registration, course.id, deployment_id)
    container = {
        "id": url,
        "context": {"id": course.id, "label": course.label, "title": course.title},
        "members": [rosters.member(person, habits) for person in window.entries(found)],
    }
    response = answer(container, MediaType.ROSTER)
    after = window.after(found)
    if after is not None:
        forgotten = {"role"} if habits.forgets_role else set[str]()
        response.headers["Link"] = f'<{next_link(url, after, forgotten)}>; rel="next"'
    return response
