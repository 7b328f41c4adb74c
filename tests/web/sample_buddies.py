"""Every page about what a buddy sees, with what it is shown with."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from lti_tool.domain.answers import Answer
from lti_tool.domain.releases import Shareable
from lti_tool.services import catalogue
from lti_tool.services.plan_answers import Line
from lti_tool.services.plans import Sentence
from lti_tool.services.releases import Thing
from tests.web.samples import NOW, TITLE, TODAY, VISIT, Page


def line(instrument: str, item: str, **said: Any) -> Line:
    """An answer to a question of an instrument."""
    parts = catalogue.load().latest(instrument).parts
    (asked,) = (each for part in parts for each in part.items if each.id == item)
    return Line(asked, Answer(**said), NOW)


GOAL = "Eerst horen wat iemand zoekt.\nEn dan pas uitleg geven."
THINGS = [
    Thing(
        Shareable.GOAL,
        (line("pre", "pre.goal", words="Eerst horen wat iemand zoekt.\nEn dan pas uitleg geven."),),
    ),
    Thing(Shareable.TASK, words="Het gesprek met een caféhouder over het terras."),
    Thing(Shareable.PLAN, sentence=Sentence("een inwoner belt", "vraag ik eerst door")),
    Thing(Shareable.DAY, day=TODAY),
    Thing(
        Shareable.OBSTACLES,
        (
            line("post", "post.obstacles", choices=("time",)),
            line("post", "post.obstacle_removal", words="Een half uur zonder telefoon."),
        ),
    ),
]


def pages() -> Iterator[Page]:
    """All of them; those that name people stand with the other pages of naming."""
    yield from _of_learner()
    around = {"title": TITLE, "token": "t1", "pace": "together"}
    for told_by, pace, name in (
        (None, "together", "no name"),
        ("Samira Bakkali", "together", "by name"),
        (None, "at_work", "at work"),
    ):
        asked = {**around, "told_by": told_by, "pace": pace}
        yield Page("buddy_invitation", {**asked, "has_stopped": False}, name)
        seen = {**asked, "closes_on": TODAY + timedelta(days=21)}
        yield Page("buddy", {**seen, "things": THINGS}, name)
        yield Page("buddy", {**seen, "things": []}, f"nothing shown, {name}")
    yield Page("buddy_invitation", {**around, "told_by": None, "has_stopped": True}, "stopped")
    for state in ("invited", "confirmed", "stopped"):
        yield Page("buddy_stop", {**around, "state": state, "is_open": True}, state)
    over = {**around, "state": "stopped", "is_open": False}
    yield Page("buddy_stop", over, "stopped and over")
    yield Page("buddy_stop", {**over, "pace": "at_work"}, "stopped at work")
    yield Page("buddy_gone", {"reference": "BK-7Q2M-94XA"}, "past")


def _of_learner() -> Iterator[Page]:
    around = {"visit": VISIT, "title": TITLE}
    for day, pace, name in (
        (TODAY, "together", "with a day"),
        (None, "together", "its day is past"),
        (TODAY, "at_work", "at work"),
    ):
        yield Page("buddy_yourself", {**around, "pace": pace, "day": day}, name)
        talk = catalogue.load().guide("talk")
        first = TODAY - timedelta(days=21)
        for first_on, began in ((first, "before the training"), (None, "the training began")):
            asked = {**around, "pace": pace, "talk": talk, "first_on": first_on, "day": day}
            yield Page("leader_yourself", asked, f"{began}, {name}")
    sees = {
        **around,
        "name": "Bram Anne de Vries-van der Meulen",
        "things": THINGS,
        "notice": None,
        "opened": "plan",
        "has_changed": False,
    }
    some = frozenset({Shareable.PLAN})
    for state in ("invited", "confirmed", "stopped"):
        shown = {**sees, "status": state, "released": some, "is_fresh": True}
        yield Page("buddy_sees", shown, state)
    on = {**sees, "status": "confirmed", "released": some}
    yield Page("buddy_sees", {**on, "is_fresh": False}, "launched long ago")
    yield Page("buddy_sees", {**on, "is_fresh": True, "notice": "kept"}, "kept")
    yield Page("buddy_sees", {**on, "is_fresh": True, "things": []}, "nothing written yet")
    yield Page("buddy_sees", {**on, "is_fresh": True, "has_changed": True}, "changed meanwhile")
