"""Channels of Teams or Slack that get the team cards of a group, given by its trainer."""

from uuid import UUID

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain import channels as rules
from lti_tool.domain.words import LOCALES
from lti_tool.mail.channels import IS_POSSIBLE
from lti_tool.models.tracks import Cohort
from lti_tool.services import channels, contacts, tracks
from lti_tool.services.channels import Refusal
from lti_tool.services.tracks import Placed
from lti_tool.web import languages
from lti_tool.web.access import Access, open_to
from lti_tool.web.fields import LineField, WordField
from lti_tool.web.forms import PageForm, Posted
from lti_tool.web.problems import Problem, ProblemKind
from lti_tool.web.visiting import now, visitor, workplace

LONGEST_NAME = 60

blueprint = Blueprint("channels", __name__, url_prefix="/v/<visit>")


@blueprint.route("/channels", methods=["GET", "POST"])
@open_to(Access.TRAINER)
def of_group() -> ResponseReturnValue:
    """The channels of the group, and giving one more."""
    placed, sent = _placed(), request.form if request.method == "POST" else None
    form = new_form(languages.language(), sent)
    if sent is None or not form.validate() or not _add(placed.cohort, form):
        session().rollback()
        return _page(form, placed), 200 if sent is None else 422
    session().commit()
    return redirect(url_for("channels.of_group", visit=g.visit_token, notice="added"), 303)


@blueprint.post("/channels/<uuid:contact_id>/remove")
@open_to(Access.TRAINER)
def remove(contact_id: UUID) -> ResponseReturnValue:
    """Ends the posts in a channel, and forgets its address."""
    contact = channels.find(session(), _placed().cohort, contact_id) or abort(404)
    contacts.remove(session(), contact, workplace().keyring.named, now().calendar)
    session().commit()
    return redirect(url_for("channels.of_group", visit=g.visit_token, notice="removed"), 303)


def is_shown(cohort: Cohort) -> bool:
    """Whether a trainer has any use for the page."""
    return IS_POSSIBLE or bool(channels.listing(session(), cohort, workplace().keyring.named))


def new_form(locale: str, sent: Posted | None = None) -> PageForm:
    """Name, address and language of a channel. locale: the likely language."""
    made = PageForm(
        {
            "name": LineField(LONGEST_NAME, ProblemKind.NO_CHANNEL_NAME),
            "address": LineField(rules.LONGEST, ProblemKind.NO_CHANNEL),
            "locale": WordField(LOCALES),
        }
    )
    made.process(sent, data={"locale": locale})
    return made


def _add(cohort: Cohort, form: PageForm) -> bool:
    """Whether the channel gets cards from now on; else the form says why not."""
    channel = rules.read(form["address"].data, local=workplace().settings.local)
    if channel is None or not IS_POSSIBLE:
        form["address"].errors = [Problem(ProblemKind.NO_CHANNEL)]
        return False
    about, named = (form["name"].data, form["locale"].data), workplace().keyring.named
    added = channels.add(session(), cohort, visitor().person, channel, *about, named, now().calendar)
    if isinstance(added, Refusal):
        form["address"].errors = [Problem(ProblemKind(added))]
        return False
    return True


def _page(form: PageForm, placed: Placed) -> str:
    return render_template(
        "pages/trainer_channels.html",
        title=placed.track.title,
        form=form,
        channels=channels.listing(session(), placed.cohort, workplace().keyring.named),
        is_possible=IS_POSSIBLE,
        notice=request.args.get("notice"),
    )


def _placed() -> Placed:
    return tracks.placed(session(), visitor().link) or abort(404)
