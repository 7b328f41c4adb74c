"""The plan on one page."""

from flask import Blueprint, abort, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain.plan_talks import SUGGESTED, Partner
from lti_tool.services import (
    goals,
    launches,
    plan_history,
    plan_pages,
    plan_replies,
    preferences,
    progress,
    releases,
    zones,
)
from lti_tool.services.keys import Key
from lti_tool.services.learner_facts import Learner
from lti_tool.services.plan_answers import AskedAt
from lti_tool.services.plan_pages import PlanPage
from lti_tool.services.plan_replies import Reply
from lti_tool.web import journeys, what_helps
from lti_tool.web import learner as writing
from lti_tool.web.access import Access, open_to
from lti_tool.web.visiting import now, person_key, visitor, workplace
from lti_tool.web.what_helps import Help

blueprint = Blueprint("plan_pages", __name__, url_prefix="/v/<visit>/plan")


@blueprint.get("")
@open_to(Access.LEARNER)
def plan() -> ResponseReturnValue:
    """All of a plan, each answer with the way to change it."""
    who = taking_part()
    page = of(who)
    return render_template(
        "pages/plan.html",
        title=who.track.title,
        page=page,
        own_on=who.facts.own_on,
        help=_help(who, page),
        sentence_url=_sentence_url(page.sentence_at, is_made=who.facts.plan_made_on is not None),
        earlier=plan_history.of(session(), who.enrolment, who.person, key()),
        progress=progress.of_plan(session(), who, key(), workplace().catalogue),
        sees=releases.to_many(session(), [who.enrolment.id])[who.enrolment.id],
        nameless=goals.read_of(session(), who.track.id, who.person, key()),
        replies=_replies(who),
        reply_waits=who.reply_waits,
        notice=request.args.get("notice"),
        **journeys.of_own_pace(who),
    )


@blueprint.get("/talk")
@open_to(Access.LEARNER)
def talk() -> ResponseReturnValue:
    """Points for a talk about the plan: chosen in the address, so nothing is kept of them."""
    who, sheet = taking_part(), "show" in request.args
    partner = _partner(request.args.get("with"))
    return render_template(
        f"pages/{'plan_sheet' if sheet else 'plan_talk'}.html",
        title=who.track.title,
        page=of(who),
        own_on=who.facts.own_on,
        partner=partner,
        partners=list(Partner),
        chosen=set(request.args.getlist("item")) if sheet else SUGGESTED[partner],
    )


def _help(who: Learner, page: PlanPage) -> Help | None:
    """What may help with what gets in the way, as the page names it."""
    lines = (line for section in page.sections for line in section.lines if what_helps.is_asked(line.item))
    line = next(lines, None)
    return what_helps.find(line.item, line.said, who.enrolment, who.track) if line else None


def _replies(who: Learner) -> list[tuple[Reply, str | None]]:
    """The answers that were opened, with the names of those who wrote them, where these are known."""
    found = plan_replies.opened(session(), who.enrolment, who.person, key())
    keys = workplace().keyring.of(writer.key_id for _, writer in found if writer) if found else {}
    return [
        (reply, launches.name_of(writer, keys.get(writer.key_id)) if writer else None)
        for reply, writer in found
    ]


def _partner(name: str | None) -> Partner:
    return Partner(name) if name in set(Partner) else Partner.LEADER


def taking_part() -> Learner:
    """The visitor as a learner in the training of this link."""
    return preferences.of_visitor(session(), visitor().person, visitor().link) or abort(404)


def of(who: Learner) -> PlanPage:
    """The plan of the visitor."""
    today = zones.today(who.person, who.cohort, now().calendar)
    return plan_pages.gather(session(), who, key(), workplace().catalogue, today)


def key() -> Key:
    """The visitor's own key."""
    return person_key() or abort(403)


def _sentence_url(asked_at: AskedAt | None, *, is_made: bool) -> str | None:
    """Where the sentence is made or changed; None where the training does not ask it."""
    if is_made:
        return url_for("check_ins.change", visit=g.visit_token)
    return writing.step_url(asked_at.number, asked_at.part.key) if asked_at else None
