"""What a buddy sees: a learner decides it in the tool."""

from uuid import UUID

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain.releases import Shareable
from lti_tool.models.contacts import Contact, ContactKind, ContactStatus
from lti_tool.services import buddies, contacts, enrolments, preferences, releases
from lti_tool.services.contacts import Circle
from lti_tool.services.learner_facts import Learner
from lti_tool.services.plan_answers import Writer
from lti_tool.web.access import Access, open_to
from lti_tool.web.visiting import is_fresh, now, person_key, visitor, workplace

blueprint = Blueprint("buddies", __name__, url_prefix="/v/<visit>/buddies")


@blueprint.route("/<uuid:contact_id>", methods=["GET", "POST"])
@open_to(Access.LEARNER)
def sees(contact_id: UUID) -> ResponseReturnValue:
    """What one buddy sees, and changing that."""
    learner = _learner()
    circle = Circle(ContactKind.BUDDY, learner.enrolment)
    contact = contacts.find(session(), circle, contact_id) or abort(404)
    if request.method != "POST":
        return _page(learner, contact)
    if contact.status is ContactStatus.STOPPED:
        return _page(learner, contact), 403
    chosen = {item for item in Shareable if item in request.form.getlist("item")}
    enrolments.hold(session(), [learner.enrolment.id])
    # Nobody shows again what was hidden elsewhere meanwhile.
    if request.form.get("opened") != _mark(contact):
        return _page(learner, contact, has_changed=True), 409
    # Hiding something is possible at any time.
    if chosen - buddies.released(session(), contact) and not is_fresh():
        return _page(learner, contact), 403
    buddies.release(session(), contact, chosen, now().calendar)
    session().commit()
    return redirect(url_for("buddies.sees", visit=g.visit_token, contact_id=contact_id, notice="kept"), 303)


def _mark(contact: Contact) -> str:
    """What a page was opened with: what the buddy sees."""
    return " ".join(sorted(item.value for item in buddies.released(session(), contact)))


def _page(learner: Learner, contact: Contact, *, has_changed: bool = False) -> str:
    writer = Writer(learner.enrolment, learner.person, person_key() or abort(403))
    return render_template(
        "pages/buddy_sees.html",
        title=learner.track.title,
        name=contacts.name_of(contact, workplace().keyring.named),
        status=contact.status.value,
        things=releases.things(session(), [writer], workplace().catalogue)[learner.enrolment.id],
        released=buddies.released(session(), contact),
        is_fresh=is_fresh(),
        opened=_mark(contact),
        has_changed=has_changed,
        notice=request.args.get("notice"),
    )


def _learner() -> Learner:
    return preferences.of_visitor(session(), visitor().person, visitor().link) or abort(404)
