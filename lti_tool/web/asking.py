"""A question about the plan, behind a letter or in the tool: a GET shows, a POST records."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from lti_tool.database import session
from lti_tool.domain.answers import Answer
from lti_tool.domain.instruments import Item
from lti_tool.models.check_ins import Outcome
from lti_tool.services import nudges, plans, responses
from lti_tool.services.keys import Key
from lti_tool.services.plans import Sentence
from lti_tool.services.responses import Question
from lti_tool.web import days, forms, languages
from lti_tool.web.visiting import now, workplace

# Whoever says so may be helped by naming what stood in the way, and by another day.
NOT_DONE = {Outcome.PARTLY, Outcome.NOT_YET}
# What of a plan can be changed on the way.
CHANGEABLE = {"post.if_then", "post.task_on"}


@dataclass(frozen=True)
class Asking:
    """A question to one person.

    url: the address of a page of this question ("question", "obstacle", "new_date", "change", "thanks").
    around: what its pages show beside it: title, course_url, preferences_url.
    """

    question: Question
    key: Key
    url: Callable[[str], str]
    around: dict[str, Any]

    @property
    def today(self) -> date:
        """The person's local day."""
        return responses.local_day(self.question.learner, now().calendar)


def question(asking: Asking) -> ResponseReturnValue:
    """The question itself, with the answer of a letter's link chosen beforehand."""
    item = _item("rehearse" if asking.question.is_about_the_plan else "used")
    sent = _sent()
    form = forms.question(item, languages.language(), chosen=request.args.get("answer"), sent=sent)
    if sent is None or not form.validate():
        facts = asking.question.learner.facts
        return _page(
            asking,
            "answer_question",
            form,
            sent,
            has_plan=facts.plan_made_on is not None,
            sentence=None if _shows_no_words(asking) else _sentence(asking),
            own_on=facts.own_on,
            from_mail=asking.question.delivery is not None,
        )
    outcome = Outcome(forms.read(form)[item.id].choices[0])
    responses.answer(session(), asking.question, outcome, workplace().catalogue, now().calendar)
    session().commit()
    return redirect(asking.url(_next(outcome)), 303)


def obstacle(asking: Asking) -> ResponseReturnValue:
    """What stood in the way; it may stay open."""
    item, sent = _item("obstacle"), _sent()
    if not _is_skipped(sent):
        form = forms.obstacles(item, languages.language(), sent=sent)
        if sent is None or not form.validate():
            return _page(asking, "answer_obstacle", form, sent)
        said = forms.read(form).get(item.id, Answer())
        responses.name_obstacles(session(), asking.question, said, asking.key)
        session().commit()
    plan = asking.question.learner.plan
    has_plan = plan is not None and plan.made_on is not None
    return redirect(asking.url("new_date" if has_plan else "thanks"), 303)


def new_date(asking: Asking) -> ResponseReturnValue:
    """Another day, with a cue of its own; or none."""
    item, sent = _item("new_date"), _sent()
    offered = days.of(asking.question.learner, asking.today)
    if _is_skipped(sent) or not any(tile.is_free for tile in offered.tiles):
        return redirect(asking.url("thanks"), 303)
    form = forms.new_date(item, languages.language(), days=offered.tiles, sent=sent)
    if sent is None or not form.validate():
        return _page(asking, "answer_new_date", form, sent)
    _change(asking, Sentence("", ""), date.fromisoformat(forms.read(form)[item.id].words))
    return redirect(asking.url("thanks"), 303)


def change(asking: Asking) -> ResponseReturnValue:
    """New words or another day for the plan; what is left empty stays as it was."""
    sent = _sent()
    if _is_skipped(sent):
        return redirect(asking.url("thanks"), 303)
    part = workplace().catalogue.latest("post").part("plan")
    items = [item for item in part.items if item.id in CHANGEABLE]
    offered = days.of(asking.question.learner, asking.today)
    form = forms.change(items, languages.language(), days=offered.tiles, sent=sent)
    if sent is None or not form.validate():
        is_answered = asking.question.check_in is not None
        return _page(asking, "answer_change", form, sent, is_answered=is_answered)
    said = forms.read(form)
    sentence, day = said.get("post.if_then", Answer()), said.get("post.task_on", Answer()).words
    _change(asking, Sentence(sentence.words, sentence.then), date.fromisoformat(day) if day else None)
    return redirect(asking.url("thanks"), 303)


def thanks(asking: Asking) -> ResponseReturnValue:
    """It is kept: what comes next, and how to change the answer."""
    coming = nudges.coming(session(), asking.question.learner.enrolment.id)
    return render_template(
        "pages/answer_thanks.html", change_url=asking.url("question"), coming=coming, **asking.around
    )


def _page(asking: Asking, name: str, form: forms.PageForm, sent: object, **more: Any) -> ResponseReturnValue:
    page = render_template(f"pages/{name}.html", form=form, **more, **asking.around)
    return page, 200 if sent is None else 422


def _shows_no_words(asking: Asking) -> bool:
    """Behind a letter the sentence stands once: who opens the link again after the answer reads nothing."""
    return asking.question.delivery is not None and asking.question.check_in is not None


def _sentence(asking: Asking) -> Sentence | None:
    learner = asking.question.learner
    return plans.sentence_of(learner.plan, learner.person, asking.key)


def _change(asking: Asking, sentence: Sentence, day: date | None) -> None:
    responses.change_plan(
        session(), asking.question, sentence, day, asking.key, workplace().catalogue, now().calendar
    )
    session().commit()


def _next(outcome: Outcome) -> str:
    if outcome is Outcome.CHANGE:
        return "change"
    return "obstacle" if outcome in NOT_DONE else "thanks"


def _item(part: str) -> Item:
    return next(workplace().catalogue.latest("check_in").part(part).items)


def _sent() -> MultiDict[str, str] | None:
    return request.form if request.method == "POST" else None


def _is_skipped(sent: MultiDict[str, str] | None) -> bool:
    return sent is not None and "skip" in sent
