"""The first question of looking back, behind a letter: answered here, gone on with in the course."""

from typing import Any

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain.answers import Answer
from lti_tool.services import coming, looking_back
from lti_tool.services.looking_back import LookBack
from lti_tool.web import forms, languages, mail_links, revisions
from lti_tool.web.asking import Asking, page, sent_form
from lti_tool.web.visiting import now, workplace


def question(asking: Asking) -> ResponseReturnValue:
    """The question, with the answer of a letter's link chosen beforehand, until all is handed in."""
    found, sent = _find(asking), sent_form()
    if found is None:
        return _gone(asking)
    form = forms.look_back(found.step, languages.language(), chosen=request.args.get("answer"), sent=sent)
    if sent is None:
        return _finished(asking) if found.is_submitted else _page(asking, found, form)
    return _keep(asking, found, form)


def _keep(asking: Asking, found: LookBack, form: forms.PageForm) -> ResponseReturnValue:
    fits, said = form.validate(), {name: one for name, one in forms.read(form).items() if not one.is_open}
    if fits and all(found.said.get(name) == one for name, one in said.items()):
        return redirect(asking.url("looked_back"), 303)
    if found.is_submitted or (fits and request.form.get("opened") != _opened(found)):
        return _ask(asking, found, form, said)
    if not fits:
        return _page(asking, found, form)
    looking_back.answer(session(), found, found.fitting(said), workplace().catalogue, now().calendar)
    session().commit()
    return redirect(asking.url("looked_back"), 303)


def _ask(
    asking: Asking, found: LookBack, form: forms.PageForm, said: dict[str, Answer]
) -> ResponseReturnValue:
    """Overwrites nothing that was answered since the page was opened; a text that has no place waits."""
    waits = {name: one for name, one in said.items() if one.words} if found.takes_no_text else {}
    if waits:
        looking_back.put_aside(session(), found, waits, now().calendar)
        session().commit()
    if found.is_submitted:
        return _finished(asking, text_waits=bool(waits)), 409
    return _page(asking, found, form, is_elsewhere=True, text_waits=bool(waits))[0], 409


def thanks(asking: Asking) -> ResponseReturnValue:
    """It is kept: the rest is in the course, and what else the letter asked."""
    found = _find(asking)
    if found is None:
        return _gone(asking)
    if found.is_submitted:
        return _finished(asking)
    return _after(asking, "look_back_thanks") if found.is_answered else redirect(asking.url("look_back"), 303)


def is_open(asking: Asking) -> bool:
    """Whether a letter asks to look back as well, and nobody did yet."""
    found = _find(asking)
    return found is not None and not (found.is_answered or found.is_submitted)


def _find(asking: Asking) -> LookBack | None:
    return looking_back.find(session(), asking.question, asking.key, workplace().catalogue)


def _gone(asking: Asking) -> ResponseReturnValue:
    return mail_links.gone("link_expired", "answer", course_url=asking.around["course_url"])


def _page(asking: Asking, found: LookBack, form: forms.PageForm, **more: Any) -> tuple[str, int]:
    shown = {"is_elsewhere": False, "text_waits": False, **more}
    return page(
        asking,
        "look_back",
        form,
        sent_form(),
        opened=_opened(found),
        is_answered=found.is_answered,
        takes_no_text=found.takes_no_text,
        **shown,
    )


def _finished(asking: Asking, *, text_waits: bool = False) -> str:
    return _after(asking, "look_back_finished", text_waits=text_waits)


def _after(asking: Asking, name: str, **more: Any) -> str:
    question = asking.question
    asks_more = question.asks_about_plan and question.check_in is None
    return render_template(
        f"pages/{name}.html",
        has_plan=question.learner.facts.plan_made_on is not None,
        has_used_it=question.learner.facts.used_on is not None,
        coming=coming.of(question.learner, workplace().catalogue, now()),
        change_url=asking.url("look_back"),
        question_url=asking.url("question") if asks_more else None,
        **more,
        **asking.around,
    )


def _opened(found: LookBack) -> str:
    return revisions.write(
        workplace().keyring.named, revisions.of_desk(found.seat.desk), found.step.items, found.said
    )
