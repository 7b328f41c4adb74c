"""What follows on an answer about the plan: each page may be skipped, and what was answered is kept."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from flask import redirect
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from lti_tool.database import session
from lti_tool.domain import actions
from lti_tool.domain.actions import Action, Who
from lti_tool.domain.answers import Answer
from lti_tool.services import responses
from lti_tool.services.plans import Sentence
from lti_tool.web import days, forms, languages, what_helps
from lti_tool.web.asking import Asking, first_item, page, sent_form
from lti_tool.web.visiting import now, workplace
from lti_tool.web.what_helps import Ask

# What of a plan can be changed on the way.
CHANGEABLE = {"post.if_then", "post.task_on"}


def obstacle(asking: Asking) -> ResponseReturnValue:
    """What stood in the way; it may stay open."""
    item, sent = first_item("obstacle"), sent_form()
    if not _is_skipped(sent):
        form = forms.obstacles(item, languages.language(), sent=sent)
        if sent is None or not form.validate():
            return page(asking, "answer_obstacle", form, sent)
        said = forms.read(form).get(item.id, Answer())
        responses.name_obstacles(session(), asking.question, said, asking.key)
        session().commit()
    return redirect(asking.url(_after_obstacle(asking)), 303)


def help_(asking: Asking) -> ResponseReturnValue:
    """One or two things that fit what stood in the way, who could help, and another day for the plan."""
    sent, suggestions = sent_form(), _suggestions(asking)
    if _is_skipped(sent) or (sent is None and not _has_named(asking)):
        return redirect(asking.url("thanks"), 303)
    who, new_date, locale = first_item("who"), first_item("new_date"), languages.language()
    offered = days.of(asking.question.learner, asking.today).tiles if _has_plan(asking) else ()
    form = forms.suggestions(suggestions, who, new_date, locale, days=offered, sent=sent)
    if sent is None or not form.validate():
        around = {"suggestions": suggestions, "has_plan": _has_plan(asking), "asks": _asks(asking)}
        return page(asking, "answer_help", form, sent, **around)
    then, day = forms.read_suggestion(form, suggestions, new_date, locale)
    responses.tell(session(), asking.question, {who.id: form[who.id].data}, asking.key)
    _change(asking, Sentence("", then), day)
    return redirect(asking.url("thanks"), 303)


def brought(asking: Asking) -> ResponseReturnValue:
    """What it brought, and what others notice; both may stay open."""
    return _tell(asking, "brought")


def evidence(asking: Asking) -> ResponseReturnValue:
    """One thing that shows it."""
    return _tell(asking, "evidence")


def new_date(asking: Asking) -> ResponseReturnValue:
    """Another day, with a cue of its own; or none."""
    item, sent = first_item("new_date"), sent_form()
    offered = days.of(asking.question.learner, asking.today)
    if _is_skipped(sent) or not any(tile.is_free for tile in offered.tiles):
        return redirect(asking.url("thanks"), 303)
    form = forms.new_date(item, languages.language(), days=offered.tiles, sent=sent)
    if sent is None or not form.validate():
        return page(asking, "answer_new_date", form, sent)
    _change(asking, Sentence("", ""), date.fromisoformat(forms.read(form)[item.id].words))
    return redirect(asking.url("thanks"), 303)


def change(asking: Asking) -> ResponseReturnValue:
    """New words or another day for the plan; what is left empty stays as it was."""
    sent = sent_form()
    if _is_skipped(sent):
        return redirect(asking.url("thanks"), 303)
    part = workplace().catalogue.latest("post").part("plan")
    items = [item for item in part.items if item.id in CHANGEABLE]
    offered = days.of(asking.question.learner, asking.today)
    form = forms.change(items, languages.language(), days=offered.tiles, sent=sent)
    if sent is None or not form.validate():
        is_answered = asking.question.check_in is not None
        return page(asking, "answer_change", form, sent, is_answered=is_answered)
    said = forms.read(form)
    sentence, day = said.get("post.if_then", Answer()), said.get("post.task_on", Answer()).words
    _change(asking, Sentence(sentence.words, sentence.then), date.fromisoformat(day) if day else None)
    return redirect(asking.url("thanks"), 303)


def _tell(asking: Asking, part: str) -> ResponseReturnValue:
    sent = sent_form()
    if _is_skipped(sent):
        return redirect(asking.url("thanks"), 303)
    (step,) = workplace().catalogue.latest("check_in").part(part).steps
    form = forms.step(step, languages.language(), today=asking.today, sent=sent)
    if sent is None or not form.validate():
        return page(asking, "answer_more", form, sent, step=step)
    responses.tell(session(), asking.question, forms.read(form), asking.key)
    session().commit()
    return redirect(asking.url("thanks"), 303)


def _suggestions(asking: Asking) -> Sequence[Action]:
    named = responses.obstacles_of(asking.question, asking.key).choices
    return actions.suggest(workplace().catalogue.actions, named, Who.LEARNER)


def _has_named(asking: Asking) -> bool:
    """Whether something stood in the way; where the menu has nothing for it, people may help."""
    return what_helps.is_named(first_item("obstacle"), responses.obstacles_of(asking.question, asking.key))


def _asks(asking: Asking) -> Sequence[Ask]:
    """Letters to ask somebody with; behind a letter's link they hold no answer and no address."""
    learner = asking.question.learner
    said = responses.obstacles_of(asking.question, asking.key)
    if asking.question.delivery is not None:
        return what_helps.asks(learner.track.title)
    found = what_helps.find(first_item("obstacle"), said, learner.enrolment, learner.track)
    return found.asks if found else ()


def _after_obstacle(asking: Asking) -> str:
    if _has_named(asking):
        return "help"
    return "date" if _has_plan(asking) else "thanks"


def _has_plan(asking: Asking) -> bool:
    return asking.question.learner.facts.plan_made_on is not None


def _change(asking: Asking, sentence: Sentence, day: date | None) -> None:
    responses.change_plan(
        session(), asking.question, sentence, day, asking.key, workplace().catalogue, now().calendar
    )
    session().commit()


def _is_skipped(sent: MultiDict[str, str] | None) -> bool:
    return sent is not None and "skip" in sent


PAGES: Mapping[str, Callable[[Asking], ResponseReturnValue]] = {
    "obstacle": obstacle,
    "help": help_,
    "brought": brought,
    "evidence": evidence,
    "date": new_date,
    "change": change,
}
"""The pages that follow, by the end of their address."""

ADDRESS = f"/<any({', '.join(PAGES)}):name>"
