"""An example of a letter: looked at or asked for by a trainer, and where its links lead."""

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.models.courses import Role
from lti_tool.rounds import example_letters
from lti_tool.rounds.specimens import Desk
from lti_tool.services import examples, specimens, tracks, zones
from lti_tool.services.examples import Offer
from lti_tool.services.specimens import Specimen
from lti_tool.services.tracks import Placed
from lti_tool.web import languages
from lti_tool.web.access import Access, open_to
from lti_tool.web.visiting import now, visitor, workplace

blueprint = Blueprint("examples", __name__)

# Of what else can be, the page tells by itself.
NOTICES = {Offer.POSSIBLE: "example_sent", Offer.TODAY: "example_today"}


@blueprint.get("/v/<visit>/letters/see/<name>")
@open_to(Access.LOOKER)
def see(name: str) -> ResponseReturnValue:
    """What a letter of the training says, without sending anything."""
    placed = tracks.placed(session(), visitor().link) or abort(404)
    letter = _letter(placed, name)
    locale = languages.language()
    desk = Desk(workplace(), session(), now(), placed.track, placed.cohort, locale, example_letters.PAGE)
    today = zones.today(visitor().person, placed.cohort, now().calendar)
    offer, left = examples.offer(session(), visitor().person, today)
    return render_template(
        "pages/trainer_letter.html",
        title=placed.track.title,
        pace=placed.track.pace,
        letter=letter,
        words=example_letters.preview(desk, letter),
        can_edit=visitor().role is Role.TRAINER,
        offer=offer.value,
        examples_left=left,
    )


@blueprint.post("/v/<visit>/letters/example")
@open_to(Access.TRAINER)
def send() -> ResponseReturnValue:
    """Sends the trainer an example, to the address that their launch gave."""
    placed = tracks.placed(session(), visitor().link) or abort(404)
    letter = _letter(placed, request.form.get("step", ""))
    found = examples.send(session(), visitor().person.id, placed, letter, now())
    session().commit()
    notice = NOTICES.get(found)
    return redirect(url_for("sending.letters", visit=g.visit_token, notice=notice), 303)


@blueprint.route(example_letters.PAGE, methods=["GET", "POST"])
@open_to(Access.MAIL_LINK)
def page() -> ResponseReturnValue:
    """Says that it was an example; also to a mail program that stops mails by one click."""
    return render_template("pages/letter_example.html")


def _letter(placed: Placed, name: str) -> Specimen:
    """The letter of that name, if this training has it."""
    known = specimens.of_track(session(), placed.track, workplace().catalogue)
    return next((each for each in known if each.name == name), None) or abort(404)
