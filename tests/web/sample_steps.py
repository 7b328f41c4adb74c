"""Every step of every part of every instrument: as it is opened, and with nothing in it that fits."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from lti_tool.domain.answers import Answer
from lti_tool.domain.instruments import Instrument, Item, Part, Step
from lti_tool.domain.item_type_files import named
from lti_tool.models.reflections import LateDraft
from lti_tool.services import catalogue
from lti_tool.services.plans import Sentence
from lti_tool.services.reflections import Earlier
from lti_tool.web import forms
from lti_tool.web.item_fields import DayTile
from tests.web.samples import AN_ID, NOW, TODAY, VISIT

SENTENCE = Sentence("ik op maandag de eerste afwijzing schrijf,", "begin ik met het besluit in één zin.")


@dataclass(frozen=True)
class Place:
    """A step, with what it stands in. number: of the step in its part."""

    instrument: Instrument
    part: Part
    number: int

    def __str__(self) -> str:
        """Such as "post harvest 2"."""
        return f"{self.instrument.key} {self.part.key} {self.number}"

    @property
    def step(self) -> Step:
        """The step itself."""
        return self.part.steps[self.number - 1]


def samples(locale: str, days: list[DayTile]) -> Iterator[tuple[str, dict[str, Any]]]:
    """What each page of a step is shown with, by name. days: those of a window day."""
    for place in _places():
        yield str(place), _shown(place, forms.step(place.step, locale, today=TODAY, days=days))
        sent = MultiDict(pair for item in place.step.items for pair in _too_much(item))
        wrong = forms.step(place.step, locale, today=TODAY, days=days, sent=sent)
        wrong.validate()
        yield f"{place} to mend", _shown(place, wrong)
    post = catalogue.load().latest("post")
    plan = Place(post, post.part("plan"), 2)
    said = {"post.if_then": Answer(words=SENTENCE.when, then=SENTENCE.then)}
    nowhere = forms.step(plan.step, locale, today=TODAY, days=[], said=said)
    yield f"{plan} without a day left", _shown(plan, nowhere)
    fewer = post.part("plan").asked(has_address=False)
    last = Place(post, fewer, len(fewer.steps))
    yield "post without address", _shown(last, forms.step(last.step, locale, today=TODAY, days=days))
    first = Place(post, post.part("plan"), 1)
    form = forms.step(first.step, locale, today=TODAY, days=days)
    yield "post at own pace", {**_shown(first, form), "finished_url": "/v/v1/finished"}
    yield from _two_texts(post, locale, days)


def _two_texts(post: Instrument, locale: str, days: list[DayTile]) -> Iterator[tuple[str, dict[str, Any]]]:
    """A step that was saved somewhere else too, and one whose draft waits."""
    other = {
        "post.if_then": Answer(words=SENTENCE.when, then=SENTENCE.then),
        "post.task_on": Answer(words="2026-11-26"),
    }
    ours = {"post.if_then": Answer(words="een inwoner belt", then="vraag ik eerst door")}
    draft = LateDraft(id=AN_ID, saved_at=NOW)
    for name, number, shown in (
        ("saved somewhere else", 2, {"clashes": other}),
        ("taken back somewhere else", 2, {"clashes": dict.fromkeys(other, Answer())}),
        ("chosen somewhere else", 3, {"clashes": {"post.obstacles": Answer(("time",), "de verhuizing")}}),
        ("with a draft", 1, {"typed": {"post.task": Answer(words="De brief over dakkapellen.")}}),
    ):
        place = Place(post, post.part("plan"), number)
        form = forms.step(place.step, locale, today=TODAY, days=days, said=ours)
        yield f"post {number} {name}", {**_shown(place, form), "draft": draft, **shown}


def _places() -> Iterator[Place]:
    for instrument in catalogue.load().instruments:
        for part in instrument.parts:
            for number in range(1, len(part.steps) + 1):
                yield Place(instrument, part, number)


def _too_much(item: Item) -> Iterator[tuple[str, str]]:
    """Inputs that fit no type: too long a text, no day, and no option."""
    yield item.id, "x" * (item.max_length + 33)
    yield f"{item.id}:then", "y" * 300
    if item.type is named("dates"):
        yield from ((f"{item.id}:2", "3-11-2026"), (f"{item.id}:3", "3-11-1926"))


def _shown(place: Place, form: forms.PageForm) -> dict[str, Any]:
    return {
        "instrument": place.instrument,
        "part": place.part,
        "meeting_number": 2 if place.instrument.key == "mid" else None,
        "pace": "together",
        "step": place.step,
        "number": place.number,
        "form": form,
        "shown": {item_id: _earlier(item_id) for item in place.step.items for item_id in item.shows},
        "saved_at": NOW,
        "back_url": "/v/v1/",
        "back_label": None,
        "visit": VISIT,
        "opened": "",
        "draft": None,
        "clashes": {},
        "typed": {},
    }


def _earlier(item_id: str) -> Earlier:
    if item_id == "post.if_then":
        return Earlier(Answer(words=SENTENCE.when, then=SENTENCE.then), NOW)
    return Earlier(Answer(words="De brief over dakkapellen.\nEn de kap."), NOW)
