"""The pages behind letters that ask something of who reads them: an invitation, and an address to confirm."""

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.models.contacts import GONE
from lti_tool.services import contact_facts, contacts
from lti_tool.services.contact_facts import Follower
from lti_tool.services.links import Purpose
from lti_tool.web import cards, own_addresses
from lti_tool.web.access import Access, open_to
from lti_tool.web.preferences import ONE_CLICK
from lti_tool.web.visiting import now, workplace

blueprint = Blueprint("invitations", __name__)

ANSWERS = {"yes": True, "no": False}


@blueprint.route("/k/<token>", methods=["GET", "POST"])
@open_to(Access.MAIL_LINK)
def choose(token: str) -> ResponseReturnValue:
    """Shows what a letter asks; a POST says yes or no, of an invitation also when it is changed later."""
    is_by_itself = request.form.get(ONE_CLICK[0]) == ONE_CLICK[1]
    said = "no" if is_by_itself else request.form.get("answer", "")
    of_an_address = workplace().row_of(Purpose.OWN_ADDRESS, token)
    if of_an_address is not None:
        return own_addresses.answer(of_an_address, said if request.method == "POST" else None)
    follower = _find(token)
    if follower is None:
        return cards.gone()
    if request.method != "POST":
        return _page(follower)
    if said not in ANSWERS:
        return _page(follower), 422
    contacts.answer(session(), follower.contact, says_yes=ANSWERS[said], now=now().calendar)
    session().commit()
    return ("", 200) if is_by_itself else redirect(url_for("invitations.choose", token=token, kept=1), 303)


def _find(token: str) -> Follower | None:
    delivery_id = workplace().row_of(Purpose.INVITATION, token)
    found = contact_facts.of_delivery(session(), delivery_id) if delivery_id else None
    if found is None or found[1].contact.status in GONE:
        return None
    g.reader_locale = found[1].contact.locale
    g.organisation_id = found[1].contact.organisation_id
    return found[1]


def _page(follower: Follower) -> str:
    return render_template(
        "pages/invitation.html",
        title=follower.track.title,
        pace=follower.track.pace,
        is_leader=follower.is_leader,
        state=follower.contact.status.value,
        was_kept="kept" in request.args,
    )
