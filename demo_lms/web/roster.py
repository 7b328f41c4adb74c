"""The roster service (NRPS 2.0 section 2)."""

from flask import Blueprint, Response, request

from demo_lms import endpoints, rosters
from demo_lms.courses import Course
from demo_lms.refusals import Refusal
from demo_lms.vocabulary import MediaType, Scope
from demo_lms.web import here
from demo_lms.web.services import answer, guarded

roster_service = Blueprint("roster", __name__)

ADDRESS = "/services/CourseSection/<course_id>/bindings/<deployment_id>/memberships"


@roster_service.get(ADDRESS)
@guarded(Scope.ROSTER, gives=MediaType.ROSTER)
def roster(course: Course, deployment_id: str) -> Response | Refusal:
    """One page of members."""
    asked = request.args
    question = rosters.parse(asked.get("role"), asked.get("from", "0"), asked.get("limit"))
    if isinstance(question, Refusal):
        return question
    link_id = asked.get("rlid")
    if link_id is not None and link_id not in {link.id for link in course.links}:
        return Refusal(404, "rlid is no activity of this course (section 2.4.3)")
    page = rosters.answer(course, here.platform().people, question)
    url = endpoints.roster(here.platform().registration, course.id, deployment_id)
    container = {
        "id": url,
        "context": {"id": course.id, "label": course.label, "title": course.title},
        "members": [rosters.member(person) for person in page.members],
    }
    response = answer(container, MediaType.ROSTER)
    if page.next_start is not None:
        # As in Moodle, the next page forgets the role that was asked for.
        query = f"limit={question.limit}&from={page.next_start}"
        response.headers["Link"] = f'<{url}?{query}>; rel="next"'
    return response
