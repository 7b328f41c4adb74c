"""The page of a plan, with what it is shown with."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from lti_tool.domain import plan_pages
from lti_tool.domain.answers import Answer
from lti_tool.domain.plan_talks import SUGGESTED, Partner
from lti_tool.models.check_ins import Outcome
from lti_tool.services import catalogue
from lti_tool.services.plan_answers import AskedAt, Line
from lti_tool.services.plan_history import Earlier, Version
from lti_tool.services.plan_pages import PlanPage, Section
from lti_tool.services.plan_replies import Reply
from lti_tool.services.progress import Progress
from tests.web import sample_finishing, sample_help, sample_logbook
from tests.web.sample_steps import SENTENCE
from tests.web.samples import AN_ID, NOW, TITLE, TODAY, VISIT, Page

SAID = {
    "pre.goal": Answer(words="Een afwijzing zo uitleggen dat iemand snapt waarom het nee is."),
    "pre.relevance.self": Answer(words="Dan hoef ik het niet twee keer uit te leggen."),
    "pre.application": Answer(words="Ik begin met het besluit.\nDaarna komt de reden."),
    "post.task": Answer(words="De brief over het terras"),
    "post.confidence": Answer(choices=("7",)),
    "pre.indicators.self": Answer(unknown=True),
    "post.obstacles": Answer(choices=("time", "other"), words="De standaardbrief"),
    "pre.support_leader": Answer(words="Een half uur op vrijdag"),
    "pre.leader_talk_on": Answer(words=(TODAY + timedelta(days=3)).isoformat()),
    "pre.review_moments": Answer(words=f"{TODAY + timedelta(days=10)} {TODAY + timedelta(days=27)}"),
}


def pages(locale: str) -> Iterator[Page]:
    """All of them."""
    around = {"title": TITLE, "visit": VISIT, "notice": None, "own_on": None, "sentence_url": "/v/v1/x"}
    around |= {
        "earlier": [],
        "help": None,
        "replies": [],
        "reply_waits": False,
        "progress": [],
        "pace": "together",
        "finish": None,
        "finished_url": "/v/v1/finished",
        "nameless": 0,
        "sees": {"trainer": set(), "team": {"goal", "plan"}},
    }
    was = Earlier(Version("De brief", "ik een brief schrijf", "", TODAY.isoformat()), NOW)
    first = Earlier(Version("De brief over het terras"), NOW - timedelta(days=9))
    reply = Reply(AN_ID, "Begin bij één gesprek.\nDe rest komt vanzelf.", NOW, is_read=True)
    helped = sample_help.of("time", asks=sample_help.SOME_KNOWN)
    whole = replace(plan(SAID), sentence=SENTENCE)
    yield Page(
        "plan",
        {
            **around,
            "page": whole,
            "own_on": TODAY + timedelta(days=3),
            "earlier": [was, first],
            "help": helped,
            "progress": done(),
            "replies": [(reply, "Joost Wiersma"), (reply, None)],
            "reply_waits": True,
        },
        "whole",
    )
    yield Page("plan", {**around, "page": plan({})}, "empty")
    yield Page("plan", {**around, "page": plan(SAID), "nameless": 2}, "read without a name")
    yield Page("plan", {**around, "page": plan({}), "finish": sample_finishing.UNSAID}, "at own pace")
    shut = replace(plan({}), sentence_at=None, opens_on=TODAY + timedelta(days=7))
    yield Page("plan", {**around, "page": shut, "sentence_url": None}, "not open yet")
    for partner in Partner:
        talk = {**around, "page": whole, "partner": partner, "partners": list(Partner), "own_on": TODAY}
        yield Page("plan_talk", {**talk, "chosen": SUGGESTED[partner]}, partner.value)
        yield Page("plan_sheet", {**talk, "chosen": SUGGESTED[partner]}, partner.value)
    empty = {**talk, "page": plan({}), "own_on": None, "chosen": set()}
    yield Page("plan_talk", empty, "empty")
    yield Page("plan_sheet", empty, "empty")
    bare = PlanPage(None, None, ())
    yield Page("plan", {**around, "page": bare, "sentence_url": None, "notice": "saved"}, "not asked here")


def done() -> list[Progress]:
    """What somebody did with a plan."""
    items = {item.id: item for part in catalogue.load().latest("check_in").parts for item in part.items}
    evidence = Line(items["checkin.evidence"], Answer(words="Nog 3 open meldingen op het bord."), NOW, None)
    obstacle = Line(items["checkin.obstacle"], Answer(choices=("time",)), NOW, None)
    return [
        Progress(TODAY, Outcome.USED, (evidence,)),
        Progress(TODAY - timedelta(days=1), note=sample_logbook.written(sample_logbook.ALOUD)),
        Progress(TODAY - timedelta(days=4), Outcome.PARTLY, (obstacle,)),
        Progress(TODAY - timedelta(days=6), Outcome.RIGHT),
    ]


def plan(said: dict[str, Answer]) -> PlanPage:
    """A plan as the page gets it."""
    places = {
        item.id: AskedAt(part, number)
        for key in ("pre", "post")
        for part in catalogue.load().latest(key).parts
        for number, step in enumerate(part.steps, start=1)
        for item in step.items
    }
    items = {item.id: item for at in places.values() for item in at.step.items}
    lines = {item: Line(items[item], one, NOW, places[item]) for item, one in said.items()}
    sections = tuple(
        Section(
            each.key,
            tuple(lines[item] for item in plan_pages.shown(each, lines)),
            tuple(dict.fromkeys(places[item] for item in plan_pages.open_items(each, places, lines))),
        )
        for each in plan_pages.SECTIONS
    )
    return PlanPage(None, places["post.if_then"], sections)
