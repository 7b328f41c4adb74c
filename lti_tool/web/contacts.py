"""Naming who follows a training: a trainer its contacts, a learner their own manager and buddies."""

from uuid import UUID

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.models.contacts import ContactKind
from lti_tool.models.tracks import Cohort, Enrolment
from lti_tool.services import channels, contacts, enrolments, team_notes, tracks
from lti_tool.services.contacts import Circle, Refusal
from lti_tool.services.tracks import Placed
from lti_tool.web import channels as channel_pages
from lti_tool.web import languages, naming
from lti_tool.web.access import Access, open_to
from lti_tool.web.forms import PageForm
from lti_tool.web.visiting import now, visitor, workplace

blueprint = Blueprint("contacts", __name__, url_prefix="/v/<visit>")


@blueprint.route("/contacts", methods=["GET", "POST"])
@open_to(Access.TRAINER)
def of_group() -> ResponseReturnValue:
    """Who gets team cards about the group, and naming one more."""
    return _name_or_show("trainer_contacts", "contacts.of_group", _of_group())


@blueprint.post("/contacts/<uuid:contact_id>/remove")
@open_to(Access.TRAINER)
def remove(contact_id: UUID) -> ResponseReturnValue:
    """Takes a contact of the group back."""
    return _take_back(_of_group(), contact_id, "contacts.of_group")


@blueprint.post("/contacts/<uuid:contact_id>/again")
@open_to(Access.TRAINER)
def send_again(contact_id: UUID) -> ResponseReturnValue:
    """Sends what a contact or a channel of the group may not have had once more."""
    cohort = _placed().cohort
    contact = contacts.find(session(), Circle(ContactKind.CONTACT, cohort), contact_id)
    channel = channels.find(session(), cohort, contact_id) if contact is None else None
    if not contacts.send_again(session(), contact or channel or abort(404), now()):
        abort(404)
    session().commit()
    page = "contacts.of_group" if contact else "channels.of_group"
    return redirect(url_for(page, visit=g.visit_token, notice="sent_again"), 303)


@blueprint.route("/leader", methods=["GET", "POST"])
@open_to(Access.LEARNER)
def leader() -> ResponseReturnValue:
    """The learner's own manager, named by nobody else."""
    return _name_or_show("leader", "contacts.leader", _of_learner(ContactKind.LEADER))


@blueprint.post("/leader/<uuid:contact_id>/remove")
@open_to(Access.LEARNER)
def remove_leader(contact_id: UUID) -> ResponseReturnValue:
    """Takes one's manager back."""
    return _take_back(_of_learner(ContactKind.LEADER), contact_id, "contacts.leader")


@blueprint.route("/buddies", methods=["GET", "POST"])
@open_to(Access.LEARNER)
def buddies() -> ResponseReturnValue:
    """The learner's own buddies, named by nobody else."""
    return _name_or_show("buddies", "contacts.buddies", _of_learner(ContactKind.BUDDY))


@blueprint.post("/buddies/<uuid:contact_id>/remove")
@open_to(Access.LEARNER)
def remove_buddy(contact_id: UUID) -> ResponseReturnValue:
    """Takes a buddy back."""
    return _take_back(_of_learner(ContactKind.BUDDY), contact_id, "contacts.buddies")


def enrolment() -> Enrolment:
    """The visitor's place in the training of the link."""
    return enrolments.find(session(), visitor().person.id, _placed().track) or abort(404)


def _name_or_show(template: str, endpoint: str, circle: Circle) -> ResponseReturnValue:
    sent = request.form if request.method == "POST" else None
    form = naming.form(languages.language(), sent)
    if sent is None or not form.validate() or not _name(circle, form):
        session().rollback()
        return _page(template, form, circle), 200 if sent is None else 422
    session().commit()
    return redirect(url_for(endpoint, visit=g.visit_token, notice="named"), 303)


def _name(circle: Circle, form: PageForm) -> bool:
    """Whether the invitation goes out; else the form says why not."""
    named, typed = workplace().keyring.named, naming.read(form)
    asked = contacts.name(session(), circle, visitor().person, typed, named, now().calendar)
    if isinstance(asked, Refusal):
        naming.refuse(form, asked)
        return False
    return True


def _take_back(circle: Circle, contact_id: UUID, endpoint: str) -> ResponseReturnValue:
    contact = contacts.find(session(), circle, contact_id)
    if contact is None:
        # Sent twice: the first time did it.
        return _removed(endpoint) if contacts.was_there(session(), circle, contact_id) else abort(404)
    workplace().keyring.forget(*team_notes.key_ids(session(), [contact.id]))
    contacts.remove(session(), contact, workplace().keyring.named, now().calendar)
    session().commit()
    return _removed(endpoint)


def _removed(endpoint: str) -> ResponseReturnValue:
    return redirect(url_for(endpoint, visit=g.visit_token, notice="removed"), 303)


def _page(template: str, form: PageForm, circle: Circle) -> str:
    track = _placed().track
    return render_template(
        f"pages/{template}.html",
        title=track.title,
        pace=track.pace,
        form=form,
        contacts=contacts.listing(session(), circle, workplace().keyring.named),
        lapsed=contacts.lapsed(session(), circle),
        has_channels=isinstance(circle.about, Cohort) and channel_pages.is_shown(circle.about),
        notice=request.args.get("notice"),
    )


def _placed() -> Placed:
    return tracks.placed(session(), visitor().link) or abort(404)


def _of_group() -> Circle:
    return Circle(ContactKind.CONTACT, _placed().cohort)


def _of_learner(kind: ContactKind) -> Circle:
    return Circle(kind, enrolment())
