"""A note of the logbook as what shows how a plan goes: kept with it, or taken back."""

from uuid import UUID

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.services import note_evidence
from lti_tool.services.logbook import Written
from lti_tool.web import logbook
from lti_tool.web.access import Access, open_to
from lti_tool.web.visiting import person_key, visitor

blueprint = Blueprint("note_evidence", __name__, url_prefix="/v/<visit>/logbook/<uuid:note_id>/plan")


@blueprint.get("")
@open_to(Access.LEARNER)
def choose(note_id: UUID) -> str:
    """The plans of the writer, each with a button."""
    written, key = _written(note_id), person_key() or abort(403)
    return render_template(
        "pages/note_evidence.html",
        written=written,
        plans=note_evidence.choices(session(), written.note, visitor().person, key),
        back_url=logbook.month_url(written.note),
    )


@blueprint.post("")
@open_to(Access.LEARNER)
def keep(note_id: UUID) -> ResponseReturnValue:
    """Keeps the note with the plan that was pressed, or takes it back from there."""
    note = _written(note_id).note
    if "remove" in request.form:
        note_evidence.take_back(session(), note, _pressed("remove"))
    elif not note_evidence.add(session(), note, _pressed("add")):
        abort(404)
    session().commit()
    notice = "note_without_plan" if "remove" in request.form else "note_with_plan"
    return redirect(logbook.month_url(note, notice), 303)


def plan_url(note_id: UUID) -> str:
    """Where a note is kept with a plan."""
    return url_for("note_evidence.choose", visit=g.visit_token, note_id=note_id)


def _written(note_id: UUID) -> Written:
    return logbook.own().find(session(), note_id) or abort(404)


def _pressed(button: str) -> UUID:
    try:
        return UUID(request.form.get(button, ""))
    except ValueError:
        abort(400)
