"""A question about the plan, behind a letter or in the tool: a GET shows, a POST records."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from lti_tool.database import session
from lti_tool.domain.instruments import Item
from lti_tool.models.check_ins import Outcome
from lti_tool.services import coming, plans, responses
from lti_tool.services.keys import Key
from lti_tool.services.plans import Sentence
from lti_tool.services.responses import Question
from lti_tool.web import forms, languages, released
from lti_tool.web.visiting import now, workplace

# What follows on an answer: what it brought, what stood in the way, what shows it, or another plan.
FOLLOWING = {
    Outcome.USED: "brought",
    Outcome.PARTLY: "obstacle",
    Outcome.NOT_YET: "obstacle",
    Outcome.CHANGE: "change",
    Outcome.KEEP: "evidence",
    Outcome.CLOSE: "evidence",
}


@dataclass(frozen=True)
class Asking:
    """A question to one person.

    url: the address of a page of this question: "question", "thanks", one of `following_up.PAGES`, or behind
        a letter "look_back" and "looked_back".
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
    item, sent = first_item(asking.question.part), sent_form()
    form = forms.question(item, languages.language(), chosen=request.args.get("answer"), sent=sent)
    if sent is None or not form.validate():
        facts = asking.question.learner.facts
        return page(
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
    return redirect(asking.url(FOLLOWING.get(outcome, "thanks")), 303)


def thanks(asking: Asking, look_back_url: str | None = None) -> ResponseReturnValue:
    """It is kept: what comes next, and how to change it. look_back_url: what else the letter asked."""
    letters = coming.of(asking.question.learner, workplace().catalogue, now())
    return render_template(
        "pages/answer_thanks.html",
        change_url=asking.url("question"),
        look_back_url=look_back_url,
        coming=letters,
        **asking.around,
    )


def page(asking: Asking, name: str, form: forms.PageForm, sent: object, **more: Any) -> tuple[str, int]:
    """A page of this question: as it is opened, or with what there is to mend."""
    released.of_training(asking.question.learner.enrolment.id)
    shown = render_template(f"pages/{name}.html", form=form, **more, **asking.around)
    return shown, 200 if sent is None else 422


def _shows_no_words(asking: Asking) -> bool:
    """Behind a letter the sentence stands once: who opens the link again after the answer reads nothing."""
    return asking.question.delivery is not None and asking.question.check_in is not None


def _sentence(asking: Asking) -> Sentence | None:
    learner = asking.question.learner
    return plans.sentence_of(learner.plan, learner.person, asking.key)


def first_item(part: str) -> Item:
    """The question of a part of the check-in."""
    return next(workplace().catalogue.latest("check_in").part(part).items)


def sent_form() -> MultiDict[str, str] | None:
    """What was sent; None for a page that is only looked at."""
    return request.form if request.method == "POST" else None
