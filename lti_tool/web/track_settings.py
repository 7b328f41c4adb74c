"""How a training is set up, on one page; what can be changed leads to its own."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain.retention import LENGTH
from lti_tool.models.courses import Role
from lti_tool.models.tracks import Track
from lti_tool.services import activities, draws, gone_items, recalls, tracks, unopened
from lti_tool.web.access import Access, open_to
from lti_tool.web.visiting import visitor, workplace

blueprint = Blueprint("track_settings", __name__, url_prefix="/v/<visit>")


@blueprint.get("/settings")
@open_to(Access.LOOKER)
def overview() -> ResponseReturnValue:
    """The days, the mails, the people around it, and what is in the course."""
    placed = tracks.placed(session(), visitor().link) or abort(404)
    track, can_edit = placed.track, visitor().role is Role.TRAINER
    cohorts = tracks.cohorts(session(), track)
    return render_template(
        "pages/trainer_settings.html",
        track=track,
        cohorts=cohorts,
        meetings=tracks.meetings(session(), [cohort.id for cohort in cohorts]),
        window=LENGTH,
        cadence=workplace().catalogue.cadence(track.cadence),
        items=activities.items(session(), track),
        here=placed.activity.id,
        gone=gone_items.of_track(session(), track),
        questions=_questions(track),
        is_compared=bool(draws.of_track(session(), track.id)),
        can_edit=can_edit,
        unopened=unopened.trainings(session(), visitor().course.id) if can_edit else [],
        notice=request.args.get("notice"),
    )


def _questions(track: Track) -> int | None:
    """How many there are about the content; None where no letter brings any."""
    has_any = workplace().catalogue.cadence(track.cadence).recalls
    return recalls.number_of(session(), track.id) if has_any else None
