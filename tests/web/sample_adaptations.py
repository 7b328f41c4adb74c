"""The pages on which a trainer changes what is asked, with what they are shown with."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from werkzeug.datastructures import MultiDict

from lti_tool.domain import adaptations as rules
from lti_tool.domain import own_questions
from lti_tool.domain.adaptation_effects import Effect
from lti_tool.domain.adaptations import Adaptation, Wording
from lti_tool.domain.instruments import Step
from lti_tool.domain.own_questions import OwnItem
from lti_tool.domain.words import Words
from lti_tool.services import catalogue
from lti_tool.services.adaptations import Questions
from lti_tool.web import forms, wording_forms
from tests.web.samples import AN_ID, TITLE, TODAY, VISIT, Page, days, instrument

TRAINER = {**VISIT, "role": "trainer", "person_name": "Joost Wiersma"}
LIST = f"/v/v1/questions/{AN_ID}"
POST = instrument("post")
CHANGED = Adaptation(
    left_out=frozenset({"post.task", *(item.id for item in POST.part("harvest").items)}),
    steps={"plan": ("if_then", "task")},
)


WORDED = Adaptation(
    wordings={
        "post.experience": Wording(Words("Hoe vond u het?", ""), Words("", "")),
        "post.task": Wording(Words("", ""), Words("Kies iets kleins.", "")),
    },
    own=(
        OwnItem("own.chosen.abcdefgh", "plan", "choice", Words("Welke kleur?", ""), Words("Kies er een.", ""),
                (Words("Rood", ""), Words("Groen", ""))),
    ),
)  # fmt: skip


def pages(locale: str) -> Iterator[Page]:
    """All of them, in one language."""
    yield Page("trainer_questions", _list(Adaptation()), "as it is")
    yield Page(
        "trainer_questions", {**_list(CHANGED), "notice": "meanwhile", "changed": "post.task"}, "changed"
    )
    yield Page("trainer_questions", {**_list(Adaptation()), "can_edit": False}, "only looking")
    yield Page("trainer_questions", _list(WORDED), "in other words")
    for notice in ("asked", "dropped", "last_one", "consent", "full", "gone"):
        yield Page("trainer_questions", {**_list(Adaptation()), "notice": notice}, notice)
    told = {**_around(CHANGED), "effects": list(Effect), "gone": [POST.part("harvest")], "began": 3}
    told |= {"left_out": [POST.items[each] for each in POST.items if each in CHANGED.left_out]}
    yield Page("trainer_questions_save", told, "much")
    nothing = {"effects": [], "gone": [], "left_out": [], "began": 0}
    yield Page("trainer_questions_save", {**told, **nothing}, "little")
    yield from _wordings(locale)
    shown = rules.apply(POST, CHANGED, catalogue.load().own_words)
    yield Page("trainer_questions_preview", {**_around(CHANGED), "parts": list(_parts(shown, locale))})


def _wordings(locale: str) -> Iterator[Page]:
    around = {**_around(WORDED), "opened": "a1", "is_meanwhile": False}
    item, known = POST.items["post.experience"], WORDED.wordings["post.experience"]
    empty = {"item": POST.items["post.task"], "form": wording_forms.words(None), "known": None}
    yield Page("trainer_question_words", {**around, **empty}, "new")
    long = MultiDict({"ask-nl": "x" * 201, "help-en": "x" * 302})
    wrong = wording_forms.words(None, long)
    wrong.validate()
    more = {"item": item, "known": known}
    yield Page("trainer_question_words", {**around, **more, "form": wrong}, "to mend")
    said = {**more, "form": wording_forms.words(known), "is_meanwhile": True}
    yield Page("trainer_question_words", {**around, **said}, "meanwhile")
    keys = [part.key for part in POST.parts]
    around |= {"parts": POST.parts, "types": own_questions.types(), "letters": "abcdefgh"}
    around |= {"looked": None, "problem": None}
    yield Page(
        "trainer_question_own", {**around, "known": None, "form": wording_forms.own(keys, None)}, "new"
    )
    (own,) = WORDED.own
    form = wording_forms.own(keys, own)
    step = Step("own", own.ask, own.ask, (own.asked(catalogue.load().own_words),))
    looked = forms.step(step, locale, today=TODAY)
    looking = {"known": own, "form": form, "looked": looked}
    yield Page("trainer_question_own", {**around, **looking}, "looked at")
    changed = {"known": own, "form": form, "problem": "changed"}
    yield Page("trainer_question_own", {**around, **changed}, "changed meanwhile")
    for problem in ("gone", "full"):
        told = {"known": None, "form": form, "problem": problem}
        yield Page("trainer_question_own", {**around, **told}, problem)
    one = {**around, "parts": POST.parts[:1], "known": None}
    for options in ("", "Rood", "a\na", "\n".join(map(str, range(11))), "x" * 101 + "\ny"):
        sent = {"type": "choice", "part": "plan", "options-nl": options}
        wrong = wording_forms.own(keys[:1], None, MultiDict(sent if options else {**sent, "type": "?"}))
        wrong.validate()
        yield Page("trainer_question_own", {**one, "form": wrong}, f"to mend {options[:3]} {len(options)}")
    sent = {"ask-nl": "Wat?", "type": "multi", "options-nl": "a\nb", "options-en": "c"}
    wrong = wording_forms.own(keys[:1], None, MultiDict(sent))
    wrong.validate()
    yield Page("trainer_question_own", {**one, "form": wrong}, "to mend languages")


def _around(draft: Adaptation) -> dict[str, Any]:
    activity = SimpleNamespace(id=AN_ID, meeting_number=None)
    questions = Questions(activity, "post", POST, Adaptation(), draft, "d-4")  # type: ignore[arg-type]
    around = {"visit": TRAINER, "title": TITLE, "questions": questions, "number": None, "pace": "together"}
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
