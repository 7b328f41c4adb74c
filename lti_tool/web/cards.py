"""The pages behind the letters to contacts and leaders: a card, its guide, and the way out."""

from uuid import UUID

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain.digests import DigestStep
from lti_tool.models.contacts import ContactStatus
from lti_tool.models.deliveries import Delivery
from lti_tool.services import cards, contacts
from lti_tool.services.contact_facts import Follower
from lti_tool.services.links import Purpose
from lti_tool.web import mail_links
from lti_tool.web.access import Access, open_to
from lti_tool.web.preferences import ONE_CLICK
from lti_tool.web.visiting import now, workplace

blueprint = Blueprint("cards", __name__, url_prefix="/o/<token>")


@blueprint.get("")
@open_to(Access.MAIL_LINK)
def card(token: str) -> ResponseReturnValue:
    """The card of a letter; before a training, the talk itself."""
    found = _find(token)
    if found is None:
        return gone()
    delivery, follower = found
    if delivery.step == DigestStep.TALK:
        return _guide_page(token, delivery, follower)
    return render_template(
        "pages/card.html",
        title=follower.track.title,
        pace=follower.track.pace,
        card=cards.show(session(), delivery, follower, workplace().catalogue),
        obstacles=cards.labels(workplace().catalogue),
        token=token,
    )


@blueprint.get("/guide")
@open_to(Access.MAIL_LINK)
def guide(token: str) -> ResponseReturnValue:
    """The guide for the talk, to print."""
    found = _find(token)
    return gone() if found is None else _guide_page(token, *found)


@blueprint.route("/stop", methods=["GET", "POST"])
@open_to(Access.MAIL_LINK)
def stop(token: str) -> ResponseReturnValue:
    """Shows what holds; ends these letters on POST."""
    delivery_id = _delivery_id(token)
    found = cards.of_letter(session(), delivery_id) if delivery_id else None
    if found is None:
        return gone()
    contact = found[1].contact
    g.reader_locale = contact.locale
    g.organisation_id = contact.organisation_id
    if request.method == "POST":
        contacts.answer(session(), contact, says_yes=False, now=now().calendar)
        session().commit()
        is_by_itself = request.form.get(ONE_CLICK[0]) == ONE_CLICK[1]
        return ("", 200) if is_by_itself else redirect(url_for("cards.stop", token=token), 303)
    is_on = contact.status is ContactStatus.CONFIRMED
    track, is_open = found[1].track, _find(token) is not None
    around = {"title": track.title, "pace": track.pace, "token": token, "is_open": is_open}
    return render_template("pages/card_stop.html", is_on=is_on, **around)


def gone() -> ResponseReturnValue:
    """A link that opens nothing, or nothing any more."""
    return mail_links.gone("card_gone", "card")


def _find(token: str) -> tuple[Delivery, Follower] | None:
    delivery_id = _delivery_id(token)
    found = cards.find(session(), delivery_id, now().calendar) if delivery_id else None
    if found is not None:
        g.reader_locale = found[1].contact.locale
        g.organisation_id = found[1].contact.organisation_id
    return found


def _delivery_id(token: str) -> UUID | None:
    return workplace().row_of(Purpose.CARD, token)


def _guide_page(token: str, delivery: Delivery, follower: Follower) -> str:
    is_talk = delivery.step == DigestStep.TALK
    return render_template(
        "pages/card_guide.html",
        title=follower.track.title,
        guide=cards.guide(delivery, workplace().catalogue),
        card_url=None if is_talk else url_for("cards.card", token=token),
        token=token,
    )
