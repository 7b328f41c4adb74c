"""A learner decides what the trainer and the team read of a plan, thing by thing."""

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain.releases import Reader, Shareable
from lti_tool.services import enrolments, releases
from lti_tool.services.learner_facts import Learner
from lti_tool.services.plan_answers import Writer
from lti_tool.services.releases import Audience
from lti_tool.web import plan_pages
from lti_tool.web.access import Access, open_to
from lti_tool.web.visiting import is_fresh, now, workplace

blueprint = Blueprint("releases", __name__, url_prefix="/v/<visit>/plan/shown")


@blueprint.route("/<any(trainer, team):reader>", methods=["GET", "POST"])
@open_to(Access.LEARNER)
def choose(reader: str) -> ResponseReturnValue:
    """What one audience reads, and changing that."""
    learner = plan_pages.taking_part()
    audience = Audience(learner.enrolment, Reader(reader))
    if request.method != "POST":
        return _page(learner, audience)
    chosen = {item for item in Shareable if item in request.form.getlist("item")}
    enrolments.hold(session(), [learner.enrolment.id])
    session().refresh(learner.enrolment)
    # Nobody shows a group what was meant for another, or what was hidden elsewhere meanwhile.
    if request.form.get("opened") != _mark(audience):
        return _page(learner, audience, has_changed=True), 409
    # Hiding something is possible at any time.
    if chosen - releases.released(session(), audience) and not is_fresh():
        return _page(learner, audience), 403
    releases.release(session(), audience, chosen, now().calendar)
    session().commit()
    return redirect(url_for("releases.choose", visit=g.visit_token, reader=reader, notice="kept"), 303)


def _mark(audience: Audience) -> str:
    """What a page was opened with: the group, and what it reads."""
    items = sorted(item.value for item in releases.released(session(), audience))
    return " ".join([str(audience.enrolment.cohort_id), *items])


def _page(learner: Learner, audience: Audience, *, has_changed: bool = False) -> str:
    writer = Writer(learner.enrolment, learner.person, plan_pages.key())
    return render_template(
        "pages/shows.html",
        title=learner.track.title,
        reader=audience.reader.value,
        things=releases.things(session(), [writer], workplace().catalogue)[learner.enrolment.id],
        released=releases.released(session(), audience),
        is_fresh=is_fresh(),
        opened=_mark(audience),
        has_changed=has_changed,
        notice=request.args.get("notice"),
    )
