"""One person's work, opened from the gradebook: whether it is done, and who reads what they wrote."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.models.people import Person
from lti_tool.services import launches, reviews, tracks
from lti_tool.web.access import Access, open_to
from lti_tool.web.visiting import home_url, visitor, workplace

blueprint = Blueprint("reviews", __name__, url_prefix="/v/<visit>")


@blueprint.get("/review")
@open_to(Access.LOOKER)
def work() -> ResponseReturnValue:
    """The status of one person. No instrument lets anybody release words under their name."""
    about = visitor().visit.about_id or abort(404)
    person = session().get_one(Person, about)
    placed = tracks.placed(session(), visitor().link) or abort(404)
    keys = workplace().keyring.of([person.key_id])
    return render_template(
        "pages/review.html",
        title=placed.track.title,
        phase=placed.phase,
        meeting_number=placed.activity.meeting_number,
        name=launches.name_of(person, keys.get(person.key_id)),
        done_at=reviews.done_at(session(), placed, person),
        home_url=home_url(),
        return_url=visitor().link.return_url,
    )
