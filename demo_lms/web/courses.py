"""Courses and activities as people see them."""

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from demo_lms import notices
from demo_lms.courses import Course, ResourceLink
from demo_lms.openings import Purpose, Target
from demo_lms.people import Role
from demo_lms.vocabulary import CONTEXT_COPY
from demo_lms.web import here

course_pages = Blueprint("courses", __name__)


@course_pages.get("/courses")
def all_courses() -> ResponseReturnValue:
    courses, person = here.platform().courses, here.somebody()
    runs_it = person.role is Role.ADMINISTRATOR
    return render_template("courses.html", courses=courses.all() if runs_it else courses.of_member(person.id))


@course_pages.get("/courses/<course_id>")
def course(course_id: str) -> ResponseReturnValue:
    found = _own_course(course_id)
    platform = here.platform()
    outcome = platform.content_requests.outcome(request.args.get("added", ""))
    return render_template(
        "course.html",
        course=found,
        people=[person for person in platform.people if person.id in found.member_ids],
        tools=platform.tools.in_chooser(),
        outcome=outcome if outcome is not None and outcome.course_id == found.id else None,
        is_first="again" not in request.args,
    )


@course_pages.post("/courses/<course_id>/copy")
def copy(course_id: str) -> ResponseReturnValue:
    """The same course again, for the next group."""
    found, person = _own_course(course_id), here.somebody()
    if person.role is not Role.INSTRUCTOR:
        abort(403)
    copy = here.platform().copy_course(found, person)
    _tell(copy)
    return redirect(f"/courses/{copy.id}?copied=1", 303)


def _tell(copy: Course) -> None:
    """The notice of a copy, to each handler that the tool put for that."""
    platform = here.platform()
    owners = [tool.registration for tool in platform.tools.active()]
    for owner, deployment_id in ((one, name) for one in owners for name in one.deployment_ids):
        url = platform.notice_handlers.of(deployment_id).get(CONTEXT_COPY)
        claims = notices.of_copy(copy, deployment_id, owner, here.now())
        if url is not None and not notices.send(url, platform.sign(claims)):
            here.complain("copy", "the tool did not take the notice of a copied course")


@course_pages.get("/courses/<course_id>/results")
def results(course_id: str) -> ResponseReturnValue:
    """The gradebook: the own row for a learner, every learner for everybody else."""
    found, person = _own_course(course_id), here.somebody()
    rows = [
        learner
        for learner in here.platform().people
        if learner.role is Role.LEARNER
        and learner.id in found.member_ids
        and (person.role is not Role.LEARNER or learner.id == person.id)
    ]
    book = here.platform().gradebook
    return render_template("results.html", course=found, rows=rows, items=book.items(found.id), book=book)


@course_pages.get("/activities/<link_id>")
def activity(link_id: str) -> ResponseReturnValue:
    """The page round the tool. `?deployment=2` opens it in a deployment that the tool does not know."""
    link = _own_link(link_id)
    deployment, course = _deployment(link), _own_course(link.course_id)
    if here.platform().tools.of_deployment(deployment) is None:
        return render_template("no_tool.html", link=link, course=course), 404
    for_user = _whose_result(link)
    return render_template(
        "activity.html", link=link, course=course, deployment=deployment, for_user=for_user
    )


@course_pages.get("/activities/<link_id>/start")
def start(link_id: str) -> ResponseReturnValue:
    """The form that starts the login at the tool (LTI Core 1.3 section 4.1), as Moodle's launch.php."""
    link = _own_link(link_id)
    deployment = _deployment(link)
    registration = here.platform().tools.of_deployment(deployment)
    if registration is None:
        abort(404)
    target = Target.WINDOW if request.args.get("target") == Target.WINDOW else Target.IFRAME
    for_user = _whose_result(link)
    purpose = Purpose.REVIEW if for_user else Purpose.ACTIVITY
    opening = here.platform().openings.add(here.somebody(), link, deployment, target, purpose, for_user)
    fields = opening.login_fields(registration) | here.platform().switches.storage.login_fields
    return render_template("start.html", action=registration.login_url, fields=fields, link=link)


@course_pages.get("/storage")
def storage() -> ResponseReturnValue:
    """The frame that keeps values for the tool, where that is not the page around it."""
    where = here.platform().switches.storage
    return render_template("keeper.html", where=where) if where.is_beside else abort(404)


@course_pages.get("/courses/<course_id>/return")
def back(course_id: str) -> ResponseReturnValue:
    """Where the tool sends people who are done: `return_url` (LTI Core 1.3 section 5.4.4)."""
    return redirect(f"/courses/{_own_course(course_id).id}")


def _own_course(course_id: str) -> Course:
    """A course that somebody takes part in; an administrator opens every one."""
    found, person = here.platform().courses.find(course_id), here.somebody()
    if found is None or not (person.id in found.member_ids or person.role is Role.ADMINISTRATOR):
        abort(404)
    return found


def _own_link(link_id: str) -> ResourceLink:
    link = here.platform().courses.find_link(link_id)
    if link is None:
        abort(404)
    _own_course(link.course_id)
    return link


def _whose_result(link: ResourceLink) -> str | None:
    """Whose result is opened, `?for=1041`: anybody's for the trainer, one's own for a learner."""
    asked, person = request.args.get("for"), here.somebody()
    if asked is None:
        return None
    is_allowed = person.role is Role.INSTRUCTOR or asked == person.id
    if not is_allowed or asked not in _own_course(link.course_id).member_ids:
        abort(403)
    return asked


def _deployment(link: ResourceLink) -> str:
    """The deployment that an activity opens in: its own, or another one that the address asks for."""
    own = link.deployment_id or here.platform().registration.deployment_ids[0]
    asked = request.args.get("deployment", own)
    return asked if here.platform().tools.of_deployment(asked) is not None else own
