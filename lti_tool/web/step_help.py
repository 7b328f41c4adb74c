"""After a step that named what gets in the way: what may help, before going on."""

from flask import Blueprint, abort, redirect, render_template
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.services import reflections
from lti_tool.services.desks import Seat
from lti_tool.web import learner as writing
from lti_tool.web import what_helps
from lti_tool.web.access import Access, open_to
from lti_tool.web.what_helps import Help

blueprint = Blueprint("step_help", __name__, url_prefix="/v/<visit>")


@blueprint.get("/reflect/<part>/<int:number>/help")
@open_to(Access.LEARNER)
def page(part: str, number: int) -> ResponseReturnValue:
    """One or two things to do, and asking somebody; the step itself where nothing stands in the way."""
    seat = writing.take_seat(part) or abort(404)
    if not 1 <= number <= len(seat.part.steps):
        abort(404)
    step_url, found = writing.step_url(number, part), _help(seat, number)
    if found is None:
        return redirect(step_url, 303)
    is_last = number == len(seat.part.steps)
    return render_template(
        "pages/step_help.html",
        title=seat.placed.track.title,
        help=found,
        back_url=step_url,
        next_url=writing.way_back(seat, "submitted") if is_last else writing.step_url(number + 1, part),
    )


def _help(seat: Seat, number: int) -> Help | None:
    """What may help with the answers of a step as they are now."""
    said = reflections.answers(session(), seat.desk, seat.reflection)
    asked = [item for item in seat.part.steps[number - 1].items if what_helps.is_asked(item)]
    for item in asked:
        if item.id in said:
            return what_helps.find(item, said[item.id], seat.desk.enrolment, seat.placed.track)
    return None
