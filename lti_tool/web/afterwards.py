"""What a training brought, as its trainer may read it: a group at a time, counted, never live."""

from flask import Blueprint, abort, render_template, request

from lti_tool.database import session
from lti_tool.models.courses import Role
from lti_tool.models.tracks import Cohort
from lti_tool.services import afterwards, cards, earlier_runs, teams, tracks
from lti_tool.web import reporting
from lti_tool.web.access import Access, open_to
from lti_tool.web.visiting import visitor, workplace

blueprint = Blueprint("afterwards", __name__, url_prefix="/v/<visit>")


@blueprint.get("/after")
@open_to(Access.LOOKER)
def after() -> str:
    """What is told of one group, the first unless asked otherwise, and what a trainer was let read."""
    placed = tracks.placed(session(), visitor().link) or abort(404)
    cohorts = tracks.cohorts(session(), placed.track)
    cohort, can_read = _chosen(cohorts), visitor().role is Role.TRAINER
    return render_template(
        "pages/trainer_after.html",
        title=placed.track.title,
        pace=placed.track.pace,
        cohorts=cohorts,
        found=afterwards.read(session(), placed.track, cohort, workplace().catalogue),
        can_read=can_read,
        let_read=teams.number_for_trainer(session(), placed.track) if can_read else 0,
        shows=reporting.outcomes(placed, cohort_id=cohort.id) if can_read else [],
        beside=earlier_runs.read(session(), visitor().person, placed.track, cohort, workplace().catalogue),
        compared=[workplace().catalogue.question(each) for each in earlier_runs.COMPARED],
        obstacles=cards.labels(workplace().catalogue),
    )


def _chosen(cohorts: list[Cohort]) -> Cohort:
    number = request.args.get("group", cohorts[0].number, int)
    return next((cohort for cohort in cohorts if cohort.number == number), None) or abort(404)
