"""A story from something taken up at will, shown to the team of this training or hidden again."""

from uuid import UUID

from flask import Blueprint, abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.services import enrolments, stories
from lti_tool.web import entries, telling
from lti_tool.web.access import Access, open_to
from lti_tool.web.visiting import now

blueprint = Blueprint("stories", __name__, url_prefix="/v/<visit>/instruments")


@blueprint.post("/<key>/<uuid:begun_as>/story")
@open_to(Access.LEARNER)
def show(key: str, begun_as: UUID) -> ResponseReturnValue:
    """Shows the story, or hides it, which is possible at any time."""
    written = entries.find(key, begun_as) or abort(404)
    state, learner = telling.find(written) or abort(404), telling.learner() or abort(404)
    hides = "hide" in request.form
    if not (hides or state.can_show):
        return entries.page(written), 403
    enrolments.hold(session(), [learner.enrolment.id])
    session().refresh(learner.enrolment)
    if not hides and request.form.get("group") != str(learner.enrolment.cohort_id):
        return entries.page(written), 409
    if hides:
        stories.take_back(session(), written.entry, learner.enrolment)
    else:
        stories.tell(session(), written.entry, learner.enrolment, now().calendar)
    session().commit()
    notice = "story_hidden" if hides else "story_shown"
    here = url_for("entries.read", visit=g.visit_token, key=key, begun_as=begun_as, notice=notice)
    return redirect(here, 303)
