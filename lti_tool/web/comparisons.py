"""Comparisons of two cadences: what advisers read of them, and a training that its trainer keeps out."""

from flask import Blueprint, abort, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.services import comparisons, draws, tracks
from lti_tool.web import insights, references
from lti_tool.web.access import Access, open_to
from lti_tool.web.advising import signed_in
from lti_tool.web.visiting import now, visitor, workplace

blueprint = Blueprint("comparisons", __name__)
blueprint.url_defaults(insights.keep_language)


@blueprint.get("/o/comparisons")
@open_to(Access.ADVISER)
def overview() -> ResponseReturnValue:
    """What an organisation compares, and what came of what it compared."""
    organisation = signed_in().organisation
    shown = comparisons.listing(session(), organisation.id)
    return render_template(
        "pages/adviser_comparisons.html",
        organisation=organisation.name,
        comparisons=[(each, comparisons.finding_of(each)) for each in shown],
        titles={each.key: each.title for each in workplace().catalogue.cadences},
    )


@blueprint.post("/v/<visit>/settings/comparison")
@open_to(Access.TRAINER)
def keep_out() -> ResponseReturnValue:
    """Everybody in the training gets the mails that its trainer chose."""
    placed = tracks.placed(session(), visitor().link) or abort(404)
    found = draws.of_track(session(), placed.track.id)
    draws.let_go(session(), found, workplace().catalogue, now().calendar)
    session().commit()
    references.note("comparison.kept_out", track=placed.track.id)
    return redirect(url_for("track_settings.overview", visit=g.visit_token, notice="kept_out"), 303)
