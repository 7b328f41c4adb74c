"""A learner says when they finished a training at their own pace, says another day, or takes it back."""

from datetime import date

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.services import finishing, preferences, zones
from lti_tool.services.finishing import Finish
from lti_tool.services.learner_facts import Learner
from lti_tool.web.access import Access, open_to
from lti_tool.web.fields import DayField
from lti_tool.web.forms import PageForm, Posted
from lti_tool.web.typed import Span
from lti_tool.web.visiting import home_url, now, visitor, workplace

blueprint = Blueprint("finishing", __name__, url_prefix="/v/<visit>")


@blueprint.route("/finished", methods=["GET", "POST"])
@open_to(Access.LEARNER)
def choose() -> ResponseReturnValue:
    """The day, with what follows from it before it is said."""
    learner = preferences.of_visitor(session(), visitor().person, visitor().link) or abort(404)
    today = zones.today(learner.person, learner.cohort, now().calendar)
    finish = finishing.of(learner, today) or abort(404)
    asked = form(finish, today, request.form if request.method == "POST" else None)
    if request.method != "POST":
        return _page(learner, finish, asked)
    is_back = "take_back" in request.form
    if not is_back and not asked.validate():
        return _page(learner, finish, asked), 422
    is_changed = _take_back(learner, today) if is_back else _say(learner, asked["day"].data, today)
    session().commit()
    if not is_changed:
        return redirect(url_for("finishing.choose", visit=g.visit_token), 303)
    return redirect(home_url("unfinished" if is_back else "finished"), 303)


def form(finish: Finish, today: date, sent: Posted | None = None) -> PageForm:
    """The day; today, unless another one was said. today: the learner's."""
    made = PageForm({"day": DayField(Span(finish.first_on, today, today))})
    made.process(sent, data={"day": finish.said_on or today})
    return made


def _say(learner: Learner, day: date, today: date) -> bool:
    moment = now().calendar
    return finishing.say(session(), learner.enrolment.id, day, today, workplace().catalogue, moment)


def _take_back(learner: Learner, today: date) -> bool:
    moment = now().calendar
    return finishing.take_back(session(), learner.enrolment.id, today, workplace().catalogue, moment)


def _page(learner: Learner, finish: Finish, asked: PageForm) -> str:
    return render_template(
        "pages/finished.html",
        title=learner.track.title,
        finish=finish,
        form=asked,
        has_plan=learner.facts.plan_made_on is not None,
    )
