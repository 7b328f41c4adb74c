"""Seeing a training as a learner does: begun by a trainer, marked on every page, thrown away at the end."""

from uuid import UUID

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.rounds import trials as looking
from lti_tool.services import trials
from lti_tool.services.visits import Visitor
from lti_tool.web import references
from lti_tool.web.access import Access, open_to
from lti_tool.web.visiting import home_url, now, visitor, workplace

blueprint = Blueprint("trials", __name__, url_prefix="/v/<visit>/as-learner")


@blueprint.post("")
@open_to(Access.LOOKER)
def begin() -> ResponseReturnValue:
    """Makes a test person, and opens their first page."""
    session().rollback()
    number = request.form.get("group", 1, type=int)
    token = looking.begin(workplace(), visitor(), number, now=now())
    if token is None:
        return render_template("pages/trial_wait.html", home_url=home_url()), 409
    references.note("trial.began", reg=visitor().platform.id)
    return redirect(url_for("visit.home", visit=token), 303)


@blueprint.post("/items/<uuid:activity_id>")
@open_to(Access.LEARNER)
def go_on(activity_id: UUID) -> ResponseReturnValue:
    """Another item of the training, as the same test person."""
    token = trials.go_on(session(), _trial(), activity_id, now())
    if token is None:
        abort(404)
    session().commit()
    return redirect(url_for("visit.home", visit=token), 303)


@blueprint.post("/stop")
@open_to(Access.LEARNER)
def stop() -> ResponseReturnValue:
    """Throws away what was written, and leads back to the trainer's own pages."""
    trial = _trial()
    session().rollback()
    token = looking.stop(workplace(), trial, now=now())
    references.note("trial.ended", reg=trial.platform.id)
    if token is not None:
        return redirect(url_for("visit.home", visit=token, notice="trial_ended"), 303)
    # Their visit went with the rest.
    g.reader_locale = trial.visit.locale
    del g.visitor
    return render_template("pages/trial_ended.html", return_url=trial.link.return_url)


def _trial() -> Visitor:
    """Whose visit this is, when that is a trainer who looks as a learner."""
    return visitor() if visitor().person.is_trial else abort(404)
