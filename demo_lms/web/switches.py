"""All switches of the LMS on one page, and the same as JSON."""

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from demo_lms import switches
from demo_lms.web import here

switch_pages = Blueprint("switches", __name__)


@switch_pages.get("/switches")
def show() -> ResponseReturnValue:
    """Every switch as it stands; `?saved` after a change."""
    saved = "saved" in request.args
    return render_template("switches.html", switches=here.platform().switches, saved=saved)


@switch_pages.post("/switches")
def change() -> ResponseReturnValue:
    if not _turn(request.form.to_dict()):
        abort(400)
    return redirect("/switches?saved", 303)


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
