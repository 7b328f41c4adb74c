"""The same question, asked in the tool: for who would rather not wait for a letter, or gets none."""

from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint, abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.services import preferences, responses
from lti_tool.web import asking, following_up, visiting
from lti_tool.web.access import Access, open_to
from lti_tool.web.asking import Asking
from lti_tool.web.visiting import now, visitor

blueprint = Blueprint("check_ins", __name__, url_prefix="/v/<visit>/check-in")


@blueprint.route("", methods=["GET", "POST"])
@open_to(Access.LEARNER)
def question() -> ResponseReturnValue:
    """How is it going?"""
    return asking.question(_asking())


@blueprint.route(following_up.ADDRESS, methods=["GET", "POST"])
@open_to(Access.LEARNER)
def more(name: str) -> ResponseReturnValue:
    """What follows on an answer."""
    return _after_answer(following_up.PAGES[name])


@blueprint.route("/change", methods=["GET", "POST"])
@open_to(Access.LEARNER)
def change() -> ResponseReturnValue:
    """New words or another day for the plan, without a question first."""
    found = _asking()
    if found.question.learner.facts.plan_made_on is None:
        abort(404)
    home = url_for("visit.home", visit=g.visit_token, notice="plan_changed")
    return following_up.change(replace(found, url=lambda _name: home))


@blueprint.get("/thanks")
@open_to(Access.LEARNER)
def thanks() -> ResponseReturnValue:
    """It is kept."""
    return _after_answer(asking.thanks)


def _after_answer(page: Callable[[Asking], ResponseReturnValue]) -> ResponseReturnValue:
    found = _asking()
    return page(found) if found.question.check_in else redirect(found.url("question"), 303)


def _asking() -> Asking:
    key = visiting.person_key() or abort(403)
    learner = preferences.of_visitor(session(), visitor().person, visitor().link) or abort(404)
    asked = responses.in_the_tool(
        session(), learner.enrolment.id, now().calendar, to_change=request.method == "POST"
    )
    around = {"title": asked.learner.track.title, "course_url": None, "preferences_url": None}
    return Asking(asked, key, _address, around)


def _address(name: str) -> str:
    if name in following_up.PAGES:
        return url_for("check_ins.more", name=name, visit=g.visit_token)
    return url_for(f"check_ins.{name}", visit=g.visit_token)
