"""A trainer removes a training that people take part in; and what its links then say."""

from flask import Blueprint, abort, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.models.courses import Role
from lti_tool.models.tracks import Enrolment, Track, TrackStatus
from lti_tool.services import endings, enrolments, tracks
from lti_tool.services.endings import Ending
from lti_tool.services.tracks import Placed
from lti_tool.web import references
from lti_tool.web.access import Access, open_to
from lti_tool.web.visiting import home_url, now, visitor, workplace

blueprint = Blueprint("endings", __name__, url_prefix="/v/<visit>/settings/remove")

# Pages about a training; of one that was removed only the first page opens, and the way back.
OF_TRAINERS = (Access.TRAINER, Access.LOOKER)


def check() -> ResponseReturnValue | None:
    """Keeps trainers out of what they no longer see; runs after the check of visits."""
    if g.get("access") not in OF_TRAINERS or request.endpoint == "endings.take_back":
        return None
    return redirect(home_url(), 303) if endings.is_removed(session(), visitor().link) else None


@blueprint.route("", methods=["GET", "POST"])
@open_to(Access.TRAINER)
def remove() -> ResponseReturnValue:
    """What ends, in numbers; pressed with other numbers than there are now, it is shown again."""
    placed = _placed()
    ending = endings.look(session(), placed.track)
    if request.method != "POST":
        return _page(placed, ending)
    if request.form.get("seen") != str(ending):
        return _page(placed, ending, has_changed=True), 409
    is_done = endings.remove(session(), placed.track, workplace().catalogue, now().calendar)
    session().commit()
    if is_done:
        references.note("track.removed", track=placed.track.id)
    return redirect(home_url(), 303)


@blueprint.post("/back")
@open_to(Access.TRAINER)
def take_back() -> ResponseReturnValue:
    """The training goes on with what is still to come."""
    placed = _placed()
    is_back = endings.take_back(session(), placed.track, workplace().catalogue, now().calendar)
    session().commit()
    if is_back:
        references.note("track.taken_back", track=placed.track.id)
    return redirect(home_url("goes_on" if is_back else None), 303)


def trainer_page(placed: Placed) -> str:
    """What a trainer finds at a link of a training that was removed."""
    days = endings.days_of(placed.track, placed.cohort.time_zone) or abort(404)
    can_take_back = endings.may_be_taken_back(placed.track, now().calendar)
    return render_template(
        "pages/trainer_removed.html",
        title=placed.track.title,
        removed_on=days[0],
        back_until=days[1] if can_take_back and visitor().role is Role.TRAINER else None,
    )


def learner_page() -> str | None:
    """What a learner who has nothing to write here finds at such a link; None at any other."""
    if not endings.is_removed(session(), visitor().link):
        return None
    track = _placed().track
    return stopped_page(track, enrolments.find(session(), visitor().person.id, track))


def stopped_page(track: Track, own: Enrolment | None) -> str:
    """That the training stopped, and the way to what somebody wrote. own: None for who took no part."""
    return render_template("pages/removed.html", title=track.title, enrolment=own)


def is_removed(placed: Placed) -> bool:
    """Whether its training was."""
    return placed.track.status is TrackStatus.REMOVED


def _placed() -> Placed:
    return tracks.placed(session(), visitor().link) or abort(404)


def _page(placed: Placed, ending: Ending, *, has_changed: bool = False) -> str:
    return render_template(
        "pages/trainer_removing.html",
        title=placed.track.title,
        ending=ending,
        days=endings.BACK_WITHIN.days,
        has_changed=has_changed,
    )
