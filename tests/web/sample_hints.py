"""The page with hints of a trainer, with what it is shown with."""

from collections.abc import Iterator
from typing import Any

from lti_tool.domain.cadences import StepId
from lti_tool.domain.hints import CARRIED, About, Hint, Principle
from lti_tool.services import catalogue, hints
from lti_tool.services.moves import Change
from lti_tool.web.hints import Shown
from tests.web.samples import TITLE, VISIT, Page

TRAINER = {**VISIT, "role": "trainer", "person_name": "Joost Wiersma"}


def pages() -> Iterator[Page]:
    """All of them."""
    found = [Hint(each, Principle.URGENCY) for each in About if each is not About.STEP]
    steps = [Hint(About.STEP, CARRIED.get(step, Principle.FEEDBACK), step) for step in StepId]
    yield Page("trainer_hints", _around([*found, *steps]))
    yield Page("trainer_hints", _around(found, can_edit=False), "only looking")
    changing = {"changing": steps[0], "change": Change(2, 1, 12)}
    yield Page("trainer_hints", _around(steps[:1], **changing), "changing letters")
    for notice in ("hint_applied", "hint_away", "hint_done"):
        yield Page("trainer_hints", _around([], put_away=2, notice=notice), notice)


def _around(found: list[Hint], **more: Any) -> dict[str, Any]:
    names = hints.principles(catalogue.load())
    return {
        "visit": TRAINER,
        "title": TITLE,
        "hints": [Shown(each, *names[each.principle], (3, 6) if each.is_applied else None) for each in found],
        "put_away": 0,
        "changing": None,
        "change": None,
        "check_url": "/v/v1/instruments/hill",
        "canvas_url": "/v/v1/instruments/canvas",
        "can_edit": True,
        "notice": None,
        **more,
    }
