"""The block that tells a trainer once that a training is on, and the way past it."""

from flask import Blueprint, abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.services import announcements, tracks
from lti_tool.web.access import Access, open_to
from lti_tool.web.visiting import home_url, visitor

blueprint = Blueprint("announcements", __name__, url_prefix="/v/<visit>")


@blueprint.post("/told")
@open_to(Access.TRAINER)
def told() -> ResponseReturnValue:
    """The trainer read it, and stays or goes on to the calendar."""
    placed = tracks.placed(session(), visitor().link) or abort(404)
    announcements.settle(placed.track)
    session().commit()
    if "calendar" in request.form:
        return redirect(url_for("moves.dates", visit=g.visit_token), 303)
    return redirect(home_url(), 303)
