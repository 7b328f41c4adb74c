"""The pages behind the links of a letter, and the same questions in the tool."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from werkzeug.datastructures import MultiDict

from lti_tool.domain import actions
from lti_tool.domain.actions import Who
from lti_tool.services import catalogue
from lti_tool.web import forms
from tests.web import sample_help
from tests.web.sample_steps import SENTENCE
from tests.web.samples import AROUND, TODAY, VISIT, Page, days, instrument, letters


def pages(locale: str) -> Iterator[Page]:
    """All of them, in one language."""
    yield from _answers(locale)
    yield from _looking_back(locale)


def _answers(locale: str) -> Iterator[Page]:
    items = {part.key: next(iter(part.items)) for part in instrument("check_in").parts}
    yield from _following(locale)
    own_day = date(2026, 11, 16)
    own = {"has_plan": True, "sentence": SENTENCE, "own_on": own_day, "from_mail": True, **AROUND}
    bare = {**own, "has_plan": False, "sentence": None, "own_on": None, "course_url": None}
    in_tool = {**own, "from_mail": False, "course_url": None, "preferences_url": None, "visit": VISIT}
    for name, key, shown in (
        ("plan", "rehearse", own),
        ("used", "used", own),
        ("without a plan", "used", bare),
        ("answered before", "used", {**own, "sentence": None}),
    ):
        form = forms.question(items[key], locale, chosen="used")
        yield Page("answer_question", {**shown, "form": form}, name)
    yield Page("answer_question", {**in_tool, "form": forms.question(items["used"], locale)}, "in the tool")
    nothing = forms.question(items["used"], locale, sent=MultiDict())
    nothing.validate()
    yield Page("answer_question", {**own, "form": nothing}, "to mend")
    obstacles = forms.obstacles(items["obstacle"], locale)
    yield Page("answer_obstacle", {**AROUND, "form": obstacles})
    for sent in (None, MultiDict({"checkin.new_date": "2026-01-01"})):
        form = forms.new_date(items["new_date"], locale, days=days(), sent=sent)
        if sent is not None:
            form.validate()
        yield Page("answer_new_date", {**AROUND, "form": form}, "to mend" if sent else "")
    changed = forms.change(instrument("post").parts[0].steps[1].items, locale, days=days())
    yield Page("answer_change", {**AROUND, "form": changed, "is_answered": True})
    yield Page("answer_change", {**in_tool, "form": changed, "is_answered": False}, "in the tool")
    for coming, look_back_url in ((letters(), None), ([], None), ([], "/c/t1/look-back")):
        shown = {**AROUND, "change_url": "/c/t1", "coming": coming, "look_back_url": look_back_url}
        name = f"{len(coming)} to come{', and to look back' if look_back_url else ''}"
        yield Page("answer_thanks", shown, name)
    shown = {**in_tool, "change_url": "/v/v1/check-in", "coming": [], "look_back_url": None}
    yield Page("answer_thanks", shown, "in the tool")


def _looking_back(locale: str) -> Iterator[Page]:
    asked = next(step for step in instrument("post").part("harvest").steps if step.key == "experience")
    asked = replace(asked, items=tuple(sorted(asked.items, key=lambda item: not item.options)))
    scale, text = asked.items
    new = {**AROUND, "opened": "x", "is_elsewhere": False, "is_answered": False}
    new |= {"takes_no_text": False, "text_waits": False}
    too_long = MultiDict({scale.id: "", text.id: "x" * 1100})
    for name, known, sent in (
        ("", {}, None),
        ("answered before", {"is_answered": True, "takes_no_text": True}, None),
        ("to mend", {}, too_long),
        ("answered meanwhile", {"is_elsewhere": True}, MultiDict({scale.id: "good", text.id: "De oefening"})),
        (
            "written meanwhile",
            {"is_elsewhere": True, "takes_no_text": True, "text_waits": True},
            MultiDict({scale.id: "good"}),
        ),
    ):
        form = forms.look_back(asked, locale, chosen="good", sent=sent)
        if sent is not None:
            form.validate()
        yield Page("look_back", {**new, **known, "form": form}, name)
    around = {**AROUND, "has_plan": True, "has_used_it": False, "coming": letters(), "change_url": "/c/t1"}
    for name, known in (
        ("", {"question_url": None}),
        ("of a plan that was used", {"question_url": None, "has_used_it": True, "coming": []}),
        ("of a letter of two steps", {"question_url": "/c/t1"}),
        ("without a plan", {"question_url": "/c/t1", "has_plan": False, "course_url": None}),
    ):
        yield Page("look_back_thanks", {**around, **known}, name)
        finished = {**around, **known, "text_waits": known["question_url"] is not None}
        yield Page("look_back_finished", finished, name)


def _following(locale: str) -> Iterator[Page]:
    asked = actions.suggest(catalogue.load().actions, ["time", "alone"], Who.LEARNER)
    who, new_date = (next(instrument("check_in").part(part).items) for part in ("who", "new_date"))
    sent = MultiDict({"action": "other", new_date.id: "2020-01-01"})
    for name, offered, posted in (
        ("with a plan", days(), None),
        ("without a plan", (), None),
        ("to mend", days(), sent),
    ):
        form = forms.suggestions(asked, who, new_date, locale, days=offered, sent=posted)
        if posted is not None:
            form.validate()
        shown = {**AROUND, "form": form, "suggestions": asked, "has_plan": bool(offered)}
        shown |= {"asks": sample_help.ASKS}
        yield Page("answer_help", shown, name)
    form = forms.suggestions((), who, new_date, locale, days=days())
    own = {**AROUND, "form": form, "suggestions": (), "has_plan": True, "asks": sample_help.ASKS}
    yield Page("answer_help", own, "of something of their own")
    for key in ("brought", "evidence"):
        (step,) = instrument("check_in").part(key).steps
        yield Page(
            "answer_more", {**AROUND, "step": step, "form": forms.step(step, locale, today=TODAY)}, key
        )
