"""Taking away what was chosen in the LMS and nobody opened, told first what happens then."""

from uuid import UUID

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.models.deep_links import SelectionStatus
from lti_tool.services import activities, tracks, unopened
from lti_tool.services.unopened import Unopened
from lti_tool.web.access import Access, open_to
from lti_tool.web.choosing import chooser
from lti_tool.web.visiting import now, settings_url, visitor, workplace

blueprint = Blueprint("removals", __name__, url_prefix="/v/<visit>")


@blueprint.route("/items/<uuid:activity_id>/remove", methods=["GET", "POST"])
@open_to(Access.TRAINER)
def item(activity_id: UUID) -> ResponseReturnValue:
    """An item of the training of this link."""
    track = (tracks.placed(session(), visitor().link) or abort(404)).track
    own = activities.items(session(), track)
    found = next((each for each in own if each.activity.id == activity_id and not each.link), None)
    if found is None:
        return redirect(settings_url("stays"), 303)
    if request.method != "POST":
        return render_template(
            "pages/trainer_remove.html", title=track.title, item=found, back_url=settings_url()
        )
    is_gone = unopened.remove_item(session(), track, activity_id, workplace().catalogue, now().calendar)
    session().commit()
    return redirect(settings_url("item_removed" if is_gone else "stays"), 303)


@blueprint.route("/trainings/<uuid:track_id>/remove", methods=["GET", "POST"])
@open_to(Access.TRAINER)
def training(track_id: UUID) -> ResponseReturnValue:
    """Another training of the same course."""
    found = unopened.find_training(session(), visitor().course.id, track_id)
    return _training(found, settings_url(), settings_url("stays"), settings_url("training_removed"))


@blueprint.route("/choose/trainings/<uuid:track_id>/remove", methods=["GET", "POST"])
@open_to(Access.CHOOSER)
def training_when_choosing(track_id: UUID) -> ResponseReturnValue:
    """A training of the course that something is chosen for."""
    course = chooser().course
    if course is None or chooser().selection.status is not SelectionStatus.OPEN:
        return redirect(_choose_url(), 303)
    found = unopened.find_training(session(), course.id, track_id)
    return _training(found, _choose_url(), _choose_url("stays"), _choose_url("training_removed"))


def _training(found: Unopened | None, back: str, when_it_stays: str, when_gone: str) -> ResponseReturnValue:
    if found is None:
        return redirect(when_it_stays, 303)
    if request.method != "POST":
        page = "pages/trainer_remove.html"
        return render_template(page, title=found.track.title, item=None, training=found, back_url=back)
    if not unopened.remove_training(session(), found.track):
        session().rollback()
        return redirect(when_it_stays, 303)
    session().commit()
    return redirect(when_gone, 303)


def _choose_url(notice: str | None = None) -> str:
    return url_for("deep_links.choose", visit=g.choice_token, notice=notice, lang=request.args.get("lang"))
