"""Adding an activity: the tool opens to choose it, and what comes back becomes activities."""

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from demo_lms import content, content_responses
from demo_lms.content import ContentRequest, Outcome
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
    """A new request, with an address of its own."""
    asked = _asked(course_id, deployment_id)
    return redirect(f"/courses/{course_id}/add/{deployment_id}/{asked.id}")


@content_pages.get("/courses/<course_id>/add/<deployment_id>/<request_id>")
def choose(course_id: str, deployment_id: str, request_id: str) -> ResponseReturnValue:
    """The page round the tool. Whoever comes back to it after choosing is sent on to the course."""
    course, _ = _own_course(course_id)
    requests = here.platform().content_requests
    if requests.outcome(request_id) is not None:
        return redirect(_way_on(course, request_id))
    if requests.find(request_id) is None:
        return redirect(f"/courses/{course_id}/add/{deployment_id}")
    return render_template("add.html", course=course, deployment=deployment_id, request_id=request_id)


@content_pages.get("/courses/<course_id>/add/<deployment_id>/start")
def start(course_id: str, deployment_id: str) -> ResponseReturnValue:
    """The form that starts the login, as for an activity. Without `?request=` it is a request of its own."""
    _, person = _own_course(course_id)
    platform, registration = here.platform(), _registration(deployment_id)
    target = Target.WINDOW if request.args.get("target") == Target.WINDOW else Target.IFRAME
    asked = platform.content_requests.find(request.args.get("request", ""))
    if asked is None:
        asked = _asked(course_id, deployment_id)
    elif platform.content_requests.outcome(asked.id) is not None:
        return _leave(asked, is_first=True)
    nowhere = ResourceLink("0", asked.course_id, "Activiteit toevoegen", "", graded=False)
    opening = platform.openings.add(person, nowhere, asked.deployment_id, target, content=asked)
    fields = opening.login_fields(registration) | platform.switches.storage.login_fields
    return render_template("start.html", action=registration.login_url, fields=fields, link=nowhere)


@content_pages.post("/content/return")
def take() -> ResponseReturnValue:
    """Where the tool sends what was chosen: `deep_link_return_url` (Deep Linking 2.0 section 4.5)."""
    if here.sign_in() is None and "repost" not in request.form:
        # A browser holds back the cookie when another site posts. A form of our own brings it along.
        fields = {"JWT": [request.form.get("JWT", "")]}
        return render_template("repost.html", action=request.full_path, fields=fields)
    requests = here.platform().content_requests
    asked = requests.find(request.args.get("id", ""))
    if asked is None or not _is_own_session():
        abort(404)
    if requests.outcome(asked.id) is not None:
        return _leave(asked, is_first=False)
    response = _judged(asked)
    if isinstance(response, ContentResponse):
        return _leave(asked, is_first=_add(asked, response))
    here.complain("content", response.reason)
    course, _ = _own_course(asked.course_id)
    return render_template("not_added.html", course=course), response.status


def _judged(asked: ContentRequest) -> ContentResponse | Refusal:
    """What came, and its nonce used up."""
    platform, token = here.platform(), request.form.get("JWT", "")
    response = content_responses.judge(token, asked, _registration(asked.deployment_id), here.now())
    if isinstance(response, ContentResponse) and not platform.content_nonces.accept(response.nonce):
        return Refusal(400, "content response: it came before")
    return response


def _add(asked: ContentRequest, response: ContentResponse) -> bool:
    """Makes the activities of an answer; False when another was faster."""
    platform = here.platform()
    titles = tuple(item["title"] for item in response.items)
    outcome = Outcome(asked.course_id, titles, len(response.faults), response.message, response.error)
    if not platform.content_requests.settle(asked, outcome):
        return False
    for fault in response.faults:
        here.complain("content", fault)
    for item in response.items:
        content.create(item, asked, platform.courses, platform.gradebook)
    return True


def _leave(asked: ContentRequest, *, is_first: bool) -> str:
    """The page that shows the course in the whole window; what came stands in it too."""
    course, _ = _own_course(asked.course_id)
    outcome = here.platform().content_requests.outcome(asked.id)
    way_on = _way_on(course, asked.id) + ("" if is_first else "&again=1")
    return render_template("added.html", outcome=outcome, is_first=is_first, way_on=way_on)


def _way_on(course: Course, request_id: str) -> str:
    """The course, which says what became of the request."""
    return f"/courses/{course.id}?added={request_id}"


def _asked(course_id: str, deployment_id: str) -> ContentRequest:
    """A new request of a trainer, as the switches stand."""
    course, _ = _own_course(course_id)
    _registration(deployment_id)
    return here.platform().content_requests.add(course, deployment_id, here.platform().switches)


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
