"""The pages behind the letters to a buddy: saying yes, what a colleague shows, and the way out."""

from uuid import UUID

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.models.contacts import ContactStatus
from lti_tool.services import buddies, contacts, links
from lti_tool.services.contact_facts import Follower
from lti_tool.services.keys import Key
from lti_tool.services.links import Purpose
from lti_tool.services.readings import Reader
from lti_tool.web import readings, references
from lti_tool.web.access import Access, open_to
from lti_tool.web.preferences import ONE_CLICK
from lti_tool.web.visiting import now, workplace

blueprint = Blueprint("buddy_links", __name__, url_prefix="/b/<token>")


@blueprint.route("", methods=["GET", "POST"])
@open_to(Access.BUDDY)
def page(token: str) -> ResponseReturnValue:
    """What a buddy is asked, and after a yes what they see; only a POST says yes."""
    buddy = _find(token)
    if buddy is None:
        return gone()
    if request.method != "POST":
        is_on = buddy.contact.status is ContactStatus.CONFIRMED
        return _seen(token, buddy) if is_on else _asked(token, buddy)
    if request.form.get("answer") != "yes":
        return _asked(token, buddy), 422
    contacts.answer(session(), buddy.contact, says_yes=True, now=now().calendar)
    session().commit()
    return redirect(url_for("buddy_links.page", token=token), 303)


@blueprint.route("/stop", methods=["GET", "POST"])
@open_to(Access.BUDDY)
def stop(token: str) -> ResponseReturnValue:
    """Shows what holds; a POST ends it, also when the page of the buddy has closed."""
    delivery_id = _delivery_id(token)
    buddy = buddies.of_letter(session(), delivery_id) if delivery_id else None
    if buddy is None:
        return gone()
    g.reader_locale = buddy.contact.locale
    g.organisation_id = buddy.contact.organisation_id
    if request.method == "POST":
        contacts.answer(session(), buddy.contact, says_yes=False, now=now().calendar)
        session().commit()
        is_by_itself = request.form.get(ONE_CLICK[0]) == ONE_CLICK[1]
        return ("", 200) if is_by_itself else redirect(url_for("buddy_links.stop", token=token), 303)
    state = buddy.contact.status.value
    is_open = _find(token) is not None
    around = {"title": buddy.track.title, "pace": buddy.track.pace, "token": token}
    return render_template("pages/buddy_stop.html", state=state, is_open=is_open, **around)


def gone() -> ResponseReturnValue:
    """A link that opens nothing, or nothing any more."""
    references.note("buddy.refused", reason="link_expired")
    return render_template("pages/buddy_gone.html", reference=references.reference()), 410


def _find(token: str) -> Follower | None:
    """The buddy of a link that still opens, of somebody who was not erased."""
    delivery_id = _delivery_id(token)
    buddy = buddies.find(session(), delivery_id, now().calendar) if delivery_id else None
    if buddy is None or _key(buddy) is None:
        return None
    g.reader_locale = buddy.contact.locale
    g.organisation_id = buddy.contact.organisation_id
    return buddy


def _delivery_id(token: str) -> UUID | None:
    return links.read(workplace().settings.secret_key.get_secret_value(), Purpose.BUDDY, token)


def _key(buddy: Follower) -> Key | None:
    """That of whose buddy it is."""
    key_id = buddy.person.key_id if buddy.person else None
    return workplace().keyring.of([key_id]).get(key_id) if key_id else None


def _asked(token: str, buddy: Follower) -> str:
    return render_template(
        "pages/buddy_invitation.html",
        title=buddy.track.title,
        pace=buddy.track.pace,
        told_by=buddy.told_by(_key(buddy)),
        has_stopped=buddy.contact.status is ContactStatus.STOPPED,
        token=token,
    )


def _seen(token: str, buddy: Follower) -> str:
    things = buddies.shown_to(session(), buddy, _key(buddy), workplace().catalogue)
    if buddy.enrolment:
        shown = [(buddy.enrolment.id, thing.item.value) for thing in things]
        readings.note(Reader.buddy(buddy.contact), shown)
    return render_template(
        "pages/buddy.html",
        title=buddy.track.title,
        pace=buddy.track.pace,
        told_by=buddy.told_by(_key(buddy)),
        things=things,
        closes_on=buddy.closes_on,
        token=token,
    )
