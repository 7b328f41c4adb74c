"""A trainer gives the days of a training that was chosen in the LMS, or came along with a copied course."""

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.services import activities, previews, settings_up, tracks
from lti_tool.services.activities import Undated
from lti_tool.services.settings_up import NewTrack
from lti_tool.web import day_forms, track_forms
from lti_tool.web import settings_up as pages
from lti_tool.web.access import Access, open_to
from lti_tool.web.day_forms import DatesForm
from lti_tool.web.track_forms import Offer
from lti_tool.web.visiting import home_url, now, today, visitor, workplace

blueprint = Blueprint("scheduling", __name__, url_prefix="/v/<visit>")


@blueprint.route("/schedule", methods=["GET", "POST"])
@open_to(Access.TRAINER)
def schedule() -> ResponseReturnValue:
    """Two pages, as when a link is set up; what it asks is known already."""
    undated = activities.undated(session(), visitor().link)
    if undated is not None and request.method == "POST":
        tracks.hold(session(), undated.track)
    if tracks.placed(session(), visitor().link) is not None:
        return pages.was_set_up()
    if undated is None:
        abort(404)
    form = _form(undated)
    if request.method != "POST" or "back" in request.form:
        return _days_page(form, undated)
    if not form.validate():
        return _days_page(form, undated), 422
    if "switch_on" not in request.form:
        return _calendar_page(form, undated)
    settings_up.schedule(session(), undated.track, _days(form), workplace().catalogue, now().calendar)
    session().commit()
    return redirect(home_url("ready"), 303)


def _form(undated: Undated) -> DatesForm:
    follow_up = tracks.follow_up(session(), undated.track)
    sent = request.form if request.method == "POST" else None
    preset = settings_up.likely_preset(session(), undated.track)
    offer = Offer(today(), pages.cadences())
    return track_forms.dates(offer, follow_up=follow_up, preset=preset, is_asked=True, sent=sent)


def _days(form: DatesForm) -> NewTrack:
    return NewTrack(day_forms.read_dates(form), day_forms.read_follow_up(form))


def _days_page(form: DatesForm, undated: Undated) -> str:
    return render_template(
        "pages/set_up.html", form=form, title=undated.track.title, link_title=visitor().link.title
    )


def _calendar_page(form: DatesForm, undated: Undated) -> str:
    catalogue = workplace().catalogue
    training = settings_up.training_of(session(), undated.track, _days(form), today())
    return render_template(
        "pages/set_up_calendar.html",
        form=form,
        title=undated.track.title,
        cadence=catalogue.cadence(training.follow_up.cadence),
        purpose=None,
        meetings=training.dates.meetings,
        calendar=previews.calendar(training, catalogue, now().calendar),
    )
