"""Whether a training works, as its trainer sees it, and scores that go once more."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.models.courses import Role
from lti_tool.models.tracks import Track
from lti_tool.services import health, launches, participants, roster_reads, scores, tracks
from lti_tool.web.access import Access, open_to
from lti_tool.web.paging import Pages
from lti_tool.web.visiting import now, visitor, workplace

blueprint = Blueprint("health", __name__, url_prefix="/v/<visit>/health")


@blueprint.get("")
@open_to(Access.LOOKER)
def overview() -> ResponseReturnValue:
    """Who is not reached, what the LMS granted, and which scores did not arrive."""
    track = (tracks.placed(session(), visitor().link) or abort(404)).track
    told = numbers(track)
    return render_template(
        "pages/trainer_health.html",
        title=track.title,
        **told,
        **_names(track, told["reached"].missed, told["undelivered"]),
        can_edit=visitor().role is Role.TRAINER,
        notice=request.args.get("notice"),
    )


@blueprint.post("/scores")
@open_to(Access.TRAINER)
def send_again() -> ResponseReturnValue:
    """Lets scores that did not arrive go at the next round."""
    track = (tracks.placed(session(), visitor().link) or abort(404)).track
    number = scores.send_again(session(), track, now())
    session().commit()
    notice = "scores_again" if number else "scores_rest"
    return redirect(url_for("health.overview", visit=g.visit_token, notice=notice) + "#scores", 303)


def numbers(track: Track) -> dict[str, Any]:
    """What names nobody."""
    who = visitor()
    return {
        "platform": who.platform,
        "deployment": who.deployment,
        "course": who.course,
        "roster_problem": who.course.roster_problem if roster_reads.has_problem(who.course) else None,
        "columns": health.columns(session(), track),
        "reached": health.reached(session(), track),
        "undelivered": scores.number_undelivered(session(), track),
    }


def _names(track: Track, number_missed: int, number_late: int) -> dict[str, Any]:
    """Whom it is about, as the gradebook names them."""
    pages = Pages.of(number_missed, participants.AT_ONCE, request.args)
    score_pages = Pages.of(number_late, participants.AT_ONCE, request.args, "scores")
    missed = health.missed(session(), track, pages.number)
    late = health.undelivered(session(), track, score_pages.number)
    people = [*(who for who, _ in missed), *(who for who, *_ in late)]
    keys = workplace().keyring.of(who.key_id for who in people)
    return {
        "missed": [replace(each, name=launches.name_of(who, keys.get(who.key_id))) for who, each in missed],
        "late": health.told(late, keys),
        "pages": pages,
        "score_pages": score_pages,
    }
