"""Asking a buddy or a manager oneself: words to copy or to print. Beklijf sends nothing and keeps nothing."""

from datetime import date

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain import digests, retention
from lti_tool.domain.digests import DigestStep
from lti_tool.services import cards, preferences, zones
from lti_tool.services.learner_facts import Learner
from lti_tool.web.access import Access, open_to
from lti_tool.web.visiting import now, visitor, workplace

blueprint = Blueprint("yourself", __name__, url_prefix="/v/<visit>")


@blueprint.get("/buddies/yourself")
@open_to(Access.LEARNER)
def buddy() -> ResponseReturnValue:
    """Words to ask a colleague with, and the one question of a buddy."""
    learner = _learner()
    return render_template(
        "pages/buddy_yourself.html",
        title=learner.track.title,
        pace=learner.track.pace,
        day=_day(learner, digests.BUDDY_ON),
    )


@blueprint.get("/leader/yourself")
@open_to(Access.LEARNER)
def leader() -> ResponseReturnValue:
    """Words to ask a manager with: for a talk before the training, and one question after it."""
    learner = _learner()
    first_on = min(learner.meetings, default=None)
    return render_template(
        "pages/leader_yourself.html",
        title=learner.track.title,
        pace=learner.track.pace,
        first_on=first_on if first_on is not None and first_on > _today(learner) else None,
        talk=workplace().catalogue.guide(cards.GUIDES[DigestStep.TALK]),
        day=_day(learner, digests.LEADER_ON),
    )


def _day(learner: Learner, number: int) -> date | None:
    """W+number of this learner, unless it is past."""
    window = retention.open_window(learner.facts.anchor_on, learner.facts.calendar)
    day = window.working_day(number)
    return day if day is not None and day >= _today(learner) else None


def _today(learner: Learner) -> date:
    return zones.today(learner.person, learner.cohort, now().calendar)


def _learner() -> Learner:
    return preferences.of_visitor(session(), visitor().person, visitor().link) or abort(404)
