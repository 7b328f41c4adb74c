"""The pages behind the letters to contacts and leaders: a card, its guide, and the way out."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain.digests import DigestStep
from lti_tool.models.contacts import Contact, ContactStatus
from lti_tool.models.team_notes import Talk
from lti_tool.services import cards, contacts, team_notes
from lti_tool.services.links import Purpose
from lti_tool.services.one_card import Letter
from lti_tool.web import mail_links
from lti_tool.web.access import Access, open_to
from lti_tool.web.preferences import ONE_CLICK
from lti_tool.web.visiting import now, workplace

blueprint = Blueprint("cards", __name__, url_prefix="/o/<token>")


@blueprint.get("")
@open_to(Access.MAIL_LINK)
def card(token: str) -> ResponseReturnValue:
    """The card of a letter, of all trainings that it is about; before a training, the talk itself."""
    found = find(token)
    if not found:
        return gone()
    if found[0][0].step == DigestStep.TALK:
        return _guide_page(token, found)
    catalogue = workplace().catalogue
    return render_template(
        "pages/card.html",
        card=cards.show_all(session(), found, catalogue),
        obstacles=cards.labels(catalogue),
        guides=cards.others(found[0][0], catalogue),
        talks=[talk.value for talk in Talk if team_notes.about(found, talk) is not None],
        token=token,
    )


@blueprint.get("/guide")
@open_to(Access.MAIL_LINK)
def guide(token: str) -> ResponseReturnValue:
    """The guide for the talk, to print."""
    found = find(token)
    return _guide_page(token, found) if found else gone()


@blueprint.get("/guide/<any(talk, team_meeting, climate):guide_key>")
@open_to(Access.MAIL_LINK)
def other_guide(token: str, guide_key: str) -> ResponseReturnValue:
    """Another guide that the card offers, to print."""
    found = find(token)
    return _guide_page(token, found, guide_key) if found else gone()


@blueprint.route("/stop", methods=["GET", "POST"])
@open_to(Access.MAIL_LINK)
def stop(token: str) -> ResponseReturnValue:
    """Shows what holds; ends these letters on POST, of one training or of all on the card.

    A reader may also be forgotten whole.
    """
    delivery_id = _delivery_id(token)
    found = cards.of_letter(session(), delivery_id) if delivery_id else []
    if not found:
        return gone()
    _speak_as(found[0][1].contact)
    if "forget" in request.form:
        _forget([follower.contact for _, follower in found])
        return render_template("pages/card_forgotten.html")
    if request.method == "POST":
        _stop(follower.contact for _, follower in found)
        is_by_itself = request.form.get(ONE_CLICK[0]) == ONE_CLICK[1]
        return ("", 200) if is_by_itself else redirect(url_for("cards.stop", token=token), 303)
    return render_template(
        "pages/card_stop.html",
        on=[each.contact.id for _, each in found if each.contact.status is ContactStatus.CONFIRMED],
        followed=[(follower.contact.id, follower.track.title) for _, follower in found],
        pace=found[0][1].track.pace,
        token=token,
        is_open=bool(find(token)),
    )


def _stop(of_card: Iterable[Contact]) -> None:
    """Ends the letters to those of a card that were chosen; to all of them when none was."""
    chosen = request.form.getlist("contact")
    for contact in of_card:
        if not chosen or str(contact.id) in chosen:
            contacts.answer(session(), contact, says_yes=False, now=now().calendar)
    session().commit()


def _forget(followers: Sequence[Contact]) -> None:
    """Takes a reader out whole: name, address and notes of what is on this card, the keys of notes first."""
    ids = [contact.id for contact in followers]
    workplace().keyring.forget(*team_notes.key_ids(session(), ids))
    for contact in followers:
        contacts.remove(session(), contact, workplace().keyring.named, now().calendar)
    session().commit()


def gone() -> ResponseReturnValue:
    """A link that opens nothing, or nothing any more."""
    return mail_links.gone("card_gone", "card", typed=[])


def find(token: str) -> list[Letter]:
    """What stands on the card of a link, whose reader the page then speaks to; nothing when it is over."""
    delivery_id = _delivery_id(token)
    found = cards.find(session(), delivery_id, now().calendar) if delivery_id else []
    if found:
        _speak_as(found[0][1].contact)
    return found


def _speak_as(contact: Contact) -> None:
    g.reader_locale = contact.locale
    g.organisation_id = contact.organisation_id


def _delivery_id(token: str) -> UUID | None:
    return workplace().row_of(Purpose.CARD, token)


def _guide_page(token: str, found: Sequence[Letter], name: str | None = None) -> str:
    delivery, catalogue = found[0][0], workplace().catalogue
    titles = {follower.track.title for _, follower in found}
    return render_template(
        "pages/card_guide.html",
        title=titles.pop() if len(titles) == 1 else None,
        guide=catalogue.guide(name) if name else cards.guide(delivery, catalogue),
        card_url=None if delivery.step == DigestStep.TALK else url_for("cards.card", token=token),
        token=token,
    )
