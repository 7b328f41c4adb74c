"""All switches of the LMS on one page, and the same as JSON."""

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from demo_lms import switches
from demo_lms.people import Person, Role
from demo_lms.web import here

switch_pages = Blueprint("switches", __name__)


@switch_pages.get("/switches")
def show() -> ResponseReturnValue:
    """Every switch as it stands; `?saved` after a change."""
    platform = here.platform()
    return render_template(
        "switches.html",
        switches=platform.switches,
        saved="saved" in request.args,
        courses=platform.courses.all(),
        learners=_learners(),
    )


@switch_pages.post("/switches")
def change() -> ResponseReturnValue:
    if not _turn(request.form.to_dict()):
        abort(400)
    return redirect("/switches?saved", 303)


@switch_pages.post("/switches/members/<course_id>")
def change_members(course_id: str) -> ResponseReturnValue:
    """Who learns in a course from now on; its trainers stay."""
    courses = here.platform().courses
    if courses.find(course_id) is None:
        abort(404)
    wanted = set(request.form.getlist("member"))
    for person in _learners():
        change = courses.admit if person.id in wanted else courses.withdraw
        change(course_id, person.id)
    return redirect("/switches?saved", 303)


def _learners() -> list[Person]:
    return [person for person in here.platform().people if person.role is Role.LEARNER]


@switch_pages.get("/api/switches")
def tell() -> ResponseReturnValue:
    return here.platform().switches.as_json()


@switch_pages.post("/api/switches")
def turn() -> ResponseReturnValue:
    """Turn some: {"profile": "moodle"}. What is not named stays as it stands."""
    if not _turn(request.get_json(silent=True)):
        return {"error": "an object is missing, or it names an unknown switch or position"}, 400
    return tell()


def _turn(said: object) -> bool:
    after = switches.changed(here.platform().switches, said)
    if after is None:
        return False
    here.platform().switches = after
    return True
