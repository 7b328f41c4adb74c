"""What may help with what gets in the way, and letters to ask somebody with."""

from collections.abc import Iterator

from lti_tool.domain import actions
from lti_tool.domain.actions import Who
from lti_tool.domain.own_letters import OwnLetter
from lti_tool.services import catalogue
from lti_tool.web.what_helps import Ask, Help, Tip
from tests.web.samples import TITLE, VISIT, Page

LETTER = OwnLetter("Een vraag over mijn plan", "Hallo,\n\nDit kan in de weg zitten:\n- Te weinig tijd")
KNOWN = OwnLetter(LETTER.subject, LETTER.body, "ingrid.postma@gemeente.example")
ASKS = (Ask("buddy", LETTER), Ask("trainer", LETTER), Ask("leader", LETTER))
SOME_KNOWN = (Ask("buddy", KNOWN, "Ingrid Postma"), *ASKS[1:])


def of(*obstacles: str, asks: tuple[Ask, ...] = ASKS) -> Help:
    """What helps with these obstacles."""
    menu = catalogue.load().actions
    return Help(
        [Tip(each, menu.factor_of(each)) for each in actions.suggest(menu, obstacles, Who.LEARNER)], asks
    )


def pages() -> Iterator[Page]:
    """The page after a step: with tips of one factor, of two, and with none."""
    around = {"title": TITLE, "visit": VISIT, "back_url": "/v/v1/x", "next_url": "/v/v1/y"}
    yield Page("step_help", {**around, "help": of("time")}, "one obstacle")
    yield Page("step_help", {**around, "help": of("habit", "process", asks=SOME_KNOWN)}, "two obstacles")
    yield Page("step_help", {**around, "help": of("other")}, "something else")
