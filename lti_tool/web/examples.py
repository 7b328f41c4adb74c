"""An example of a letter: asked for by a trainer, and where its links lead."""

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain.cadences import StepId
from lti_tool.rounds import example_letters
from lti_tool.services import examples, tracks
from lti_tool.services.examples import Offer
from lti_tool.web.access import Access, open_to
from lti_tool.web.visiting import now, visitor, workplace

blueprint = Blueprint("examples", __name__)

# Of what else can be, the page tells by itself.
NOTICES = {Offer.POSSIBLE: "example_sent", Offer.TODAY: "example_today"}


@blueprint.post("/v/<visit>/letters/example")
@open_to(Access.TRAINER)
def send() -> ResponseReturnValue:
    """Sends the trainer an example, to the address that their launch gave."""
    placed = tracks.placed(session(), visitor().link) or abort(404)
    step = workplace().catalogue.cadence(placed.track.cadence).find(request.form.get("step", ""))
    if step is None:
        abort(404)
    found = examples.send(session(), visitor().person.id, placed, StepId(step.id), now())
    session().commit()
    notice = NOTICES.get(found)
    return redirect(url_for("sending.letters", visit=g.visit_token, notice=notice), 303)


@blueprint.route(example_letters.PAGE, methods=["GET", "POST"])
@open_to(Access.MAIL_LINK)
def page() -> ResponseReturnValue:
    """Says that it was an example; also to a mail program that stops mails by one click."""
    return render_template("pages/letter_example.html")
