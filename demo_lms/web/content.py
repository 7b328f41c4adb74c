"""Adding an activity: the tool opens to choose it, and what comes back becomes activities."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from demo_lms import content, content_responses
from demo_lms.content import ContentRequest
from demo_lms.content_responses import ContentResponse
from demo_lms.courses import Course, ResourceLink
from demo_lms.openings import Target
from demo_lms.people import Person, Role
from demo_lms.refusals import Refusal
from demo_lms.registration import Registration
from demo_lms.web import here

content_pages = Blueprint("content", __name__)


@content_pages.get("/courses/<course_id>/add/<deployment_id>")
def add(course_id: str, deployment_id: str) -> ResponseReturnValue:
    """The page round the tool."""
    course, _ = _own_course(course_id)
    _registration(deployment_id)
    return render_template("add.html", course=course, deployment=deployment_id)


@content_pages.get("/courses/<course_id>/add/<deployment_id>/start")
def start(course_id: str, deployment_id: str) -> ResponseReturnValue:
    """The form that starts the login, as for an activity."""
    course, person = _own_course(course_id)
    platform, registration = here.platform(), _registration(deployment_id)
    target = Target.WINDOW if request.args.get("target") == Target.WINDOW else Target.IFRAME
    asked = platform.content_requests.add(course, deployment_id, platform.switches)
    nowhere = ResourceLink("0", course.id, "Activiteit toevoegen", "", graded=False)
    opening = platform.openings.add(person, nowhere, deployment_id, target, content=asked)
    fields = opening.login_fields(registration) | platform.switches.storage.login_fields
    return render_template("start.html", action=registration.login_url, fields=fields, link=nowhere)


@content_pages.post("/content/return")
def take() -> ResponseReturnValue:
    """Where the tool sends what was chosen: `deep_link_return_url` (Deep Linking 2.0 section 4.5)."""
    if here.sign_in() is None and "repost" not in request.form:
        # A browser holds back the cookie when another site posts. A form of our own brings it along.
        fields = {"JWT": [request.form.get("JWT", "")]}
        return render_template("repost.html", action=request.full_path, fields=fields)
    asked = here.platform().content_requests.find(request.args.get("id", ""))
    if asked is None or not _is_own_session():
        abort(404)
    response = _judged(asked)
    if isinstance(response, Refusal):
        here.complain("content", response.reason)
        return render_template("sorry.html", status=response.status), response.status
    return _done(asked, response)


def _judged(asked: ContentRequest) -> ContentResponse | Refusal:
    """What came, its nonce and the request used up."""
    platform, token = here.platform(), request.form.get("JWT", "")
    response = content_responses.judge(token, asked, _registration(asked.deployment_id), here.now())
    if isinstance(response, Refusal):
        return response
    if not platform.content_nonces.accept(response.nonce) or not platform.content_requests.take(asked):
        return Refusal(400, "content response: it came before")
    return response


def _done(asked: ContentRequest, response: ContentResponse) -> str:
    for fault in response.faults:
        here.complain("content", fault)
    platform = here.platform()
    for item in response.items:
        content.create(item, asked, platform.courses, platform.gradebook)
    course, _ = _own_course(asked.course_id)
    return render_template("added.html", course=course, response=response)


def _registration(deployment_id: str) -> Registration:
    return here.platform().tools.of_deployment(deployment_id) or abort(404)


def _own_course(course_id: str) -> tuple[Course, Person]:
    """A course of the trainer who is signed in."""
    course, person = here.platform().courses.find(course_id), here.person()
    if course is None or person is None or person.id not in course.member_ids:
        abort(404)
    if person.role is not Role.INSTRUCTOR:
        abort(403)
    return course, person


def _is_own_session() -> bool:
    """Whether the session that asked is the one that answers."""
    sign_in = here.sign_in()
    return sign_in is not None and sign_in.session_key == request.args.get("sesskey")
