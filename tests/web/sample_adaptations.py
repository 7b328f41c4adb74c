"""The pages on which a trainer changes what is asked, with what they are shown with."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from lti_tool.domain import adaptations as rules
from lti_tool.domain.adaptation_effects import Effect
from lti_tool.domain.adaptations import Adaptation
from lti_tool.services import catalogue
from lti_tool.services.adaptations import Questions
from lti_tool.web import forms
from tests.web.samples import AN_ID, TITLE, TODAY, VISIT, Page, days, instrument

TRAINER = {**VISIT, "role": "trainer", "person_name": "Joost Wiersma"}
LIST = f"/v/v1/questions/{AN_ID}"
POST = instrument("post")
CHANGED = Adaptation(
    left_out=frozenset({"post.task", *(item.id for item in POST.part("harvest").items)}),
    steps={"plan": ("if_then", "task")},
)


def pages(locale: str) -> Iterator[Page]:
    """All of them, in one language."""
    yield Page("trainer_questions", _list(Adaptation()), "as it is")
    yield Page(
        "trainer_questions", {**_list(CHANGED), "notice": "meanwhile", "changed": "post.task"}, "changed"
    )
    yield Page("trainer_questions", {**_list(Adaptation()), "can_edit": False}, "only looking")
    for notice in ("asked", "dropped", "last_one"):
        yield Page("trainer_questions", {**_list(Adaptation()), "notice": notice}, notice)
    told = {**_around(CHANGED), "effects": list(Effect), "gone": [POST.part("harvest")], "began": 3}
    told |= {"left_out": [POST.items[each] for each in POST.items if each in CHANGED.left_out]}
    yield Page("trainer_questions_save", told, "much")
    nothing = {"effects": [], "gone": [], "left_out": [], "began": 0}
    yield Page("trainer_questions_save", {**told, **nothing}, "little")
    shown = rules.apply(POST, CHANGED, catalogue.load().own_words)
    yield Page("trainer_questions_preview", {**_around(CHANGED), "parts": list(_parts(shown, locale))})


def _around(draft: Adaptation) -> dict[str, Any]:
    activity = SimpleNamespace(id=AN_ID, meeting_number=None)
    questions = Questions(activity, "post", POST, Adaptation(), draft, 4)  # type: ignore[arg-type]
    around = {"visit": TRAINER, "title": TITLE, "questions": questions, "number": None}
    return {**around, "back_url": LIST}


def _list(draft: Adaptation) -> dict[str, Any]:
    words = catalogue.load().own_words
    return {
        **_around(draft),
        "parts": rules.whole(POST, draft, words).parts,
        "asked": {part.key for part in rules.apply(POST, draft, words).parts},
        "can_edit": True,
        "notice": None,
        "changed": None,
    }


def _parts(shown: Any, locale: str) -> Iterator[Any]:
    for part in shown.parts:
        steps = [(step, forms.step(step, locale, today=TODAY, days=days())) for step in part.steps]
        yield part, steps
