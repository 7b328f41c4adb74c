"""How a trainer uses the set-up of a training again, in another course or another year."""

from flask import Blueprint, abort, render_template

from lti_tool.database import session
from lti_tool.services import tracks
from lti_tool.web.access import Access, open_to
from lti_tool.web.visiting import visitor

blueprint = Blueprint("using_again", __name__, url_prefix="/v/<visit>/settings")


@blueprint.get("/again")
@open_to(Access.TRAINER)
def again() -> str:
    """The two ways to it, step by step."""
    placed = tracks.placed(session(), visitor().link) or abort(404)
    return render_template("pages/trainer_again.html", title=placed.track.title)
