"""A trainer words a question: other words for one that there is, and questions of their own."""

import re
import secrets
import string
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain import adaptation_changes, item_type_files, own_questions
from lti_tool.domain.adaptations import CONSENT, Adaptation
from lti_tool.domain.instruments import Step
from lti_tool.domain.own_questions import OwnItem
from lti_tool.services import adaptations
from lti_tool.services.adaptations import Questions
from lti_tool.services.tracks import Placed
from lti_tool.web import forms, languages, wording_forms
from lti_tool.web.access import Access, open_to
from lti_tool.web.adaptations import take, url_of
from lti_tool.web.forms import PageForm
from lti_tool.web.visiting import now, today, workplace

blueprint = Blueprint("wordings", __name__, url_prefix="/v/<visit>/questions/<uuid:activity_id>")

LETTERS = re.compile("[a-z]{8}")


@blueprint.route("/words/<item_id>", methods=["GET", "POST"])
@open_to(Access.TRAINER)
def words(activity_id: UUID, item_id: str) -> ResponseReturnValue:
    """Other words for a question, with those of the source beside the fields."""
    placed, found = take(activity_id, to_change=request.method == "POST")
    if item_id not in found.source.items:
        abort(404)
    if item_id in CONSENT:
        return redirect(url_of(activity_id, "consent", item_id), 303)
    known, sent = found.draft.wordings.get(item_id), request.form if request.method == "POST" else None
    form = wording_forms.words(known, sent)
    if sent is None:
        return _words_page(placed, found, item_id, form)
    is_meanwhile, is_back = sent.get("opened") != wording_forms.mark_of(known), "source" in sent
    if is_meanwhile or not (is_back or form.validate()):
        page = _words_page(placed, found, item_id, form, is_meanwhile=is_meanwhile)
        return page, 409 if is_meanwhile else 422
    wording = None if is_back else wording_forms.read_words(form, found.source.items[item_id])
    return _keep(found, adaptation_changes.reword(found.source, found.draft, item_id, wording), item_id)


@blueprint.route("/own", methods=["GET", "POST"])
@open_to(Access.TRAINER)
def add(activity_id: UUID) -> ResponseReturnValue:
    """A question more, of the trainer's own."""
    placed, found = take(activity_id, to_change=request.method == "POST")
    if request.method != "POST" and len(found.draft.own) >= own_questions.MOST:
        return redirect(url_of(activity_id, "full"), 303)
    return _write(placed, found, None)


@blueprint.route("/own/<item_id>", methods=["GET", "POST"])
@open_to(Access.TRAINER)
def change(activity_id: UUID, item_id: str) -> ResponseReturnValue:
    """A question of the trainer's own, to change or to remove."""
    placed, found = take(activity_id, to_change=request.method == "POST")
    known = next((each for each in found.draft.own if each.id == item_id), None)
    if known is None:
        return _gone(placed, found)
    is_seen = request.form.get("opened") == wording_forms.mark_of(known)
    if "remove" in request.form and is_seen:
        return _keep(found, adaptation_changes.remove_own(found.draft, item_id), None)
    return _write(placed, found, known)


def _gone(placed: Placed, found: Questions) -> ResponseReturnValue:
    """Another trainer removed the question: what somebody typed for it can still become one."""
    if request.method != "POST" or "remove" in request.form:
        return redirect(url_of(found.activity.id, "gone"), 303)
    form = wording_forms.own([part.key for part in found.source.parts], None, request.form)
    return _own_page(placed, found, None, form, problem="gone"), 409


def _write(placed: Placed, found: Questions, known: OwnItem | None) -> ResponseReturnValue:
    sent = request.form if request.method == "POST" else None
    form = wording_forms.own([part.key for part in found.source.parts], known, sent)
    if sent is None:
        return _own_page(placed, found, known, form)
    is_meanwhile = sent.get("opened") != wording_forms.mark_of(known)
    if not form.validate() or is_meanwhile:
        page = _own_page(placed, found, known, form, problem="changed" if is_meanwhile else None)
        return page, 409 if is_meanwhile else 422
    written = _named(found, known, wording_forms.read_own(form, ""))
    if "look" in sent:
        return _own_page(placed, found, known, form, looked=_as_asked(written))
    draft = adaptation_changes.write_own(found.source, found.draft, written, known.id if known else None)
    if written not in draft.own:
        return _own_page(placed, found, known, form, problem="full"), 409
    return _keep(found, draft, written.id)


def _named(found: Questions, known: OwnItem | None, written: OwnItem) -> OwnItem:
    """With its id. One that people were asked becomes another question with another type or options.

    Else a figure would count answers to one option with those to another.
    """
    was_asked = known is not None and known.id in {each.id for each in found.now.own}
    kind = item_type_files.named(written.type)
    if known is not None and (not was_asked or _counts_with(known, written)):
        letters = known.id.rpartition(".")[2]
    elif LETTERS.fullmatch(request.form.get("letters", "")):
        letters = request.form["letters"]
    else:
        letters = _letters()
    return replace(written, id=own_questions.new_id(kind, letters))


def _counts_with(known: OwnItem, written: OwnItem) -> bool:
    return (known.type, known.options) == (written.type, written.options)


def _letters() -> str:
    return "".join(secrets.choice(string.ascii_lowercase) for _ in range(8))


def _keep(found: Questions, draft: Adaptation, about: str | None) -> ResponseReturnValue:
    adaptations.change(session(), found, draft, now().calendar)
    session().commit()
    return redirect(url_of(found.activity.id, changed=about), 303)


def _as_asked(written: OwnItem) -> PageForm:
    around = workplace().catalogue.own_words
    step = Step("own", around.title, around.heading, (written.asked(around),))
    return forms.step(step, languages.language(), today=today())


def _words_page(
    placed: Placed, found: Questions, item_id: str, form: PageForm, *, is_meanwhile: bool = False
) -> str:
    known = found.draft.wordings.get(item_id)
    return render_template(
        "pages/trainer_question_words.html",
        **_around(placed, found),
        item=found.source.items[item_id],
        form=form,
        known=known,
        opened=wording_forms.mark_of(known),
        is_meanwhile=is_meanwhile,
    )


def _own_page(placed: Placed, found: Questions, known: OwnItem | None, form: PageForm, **more: Any) -> str:
    return render_template(
        "pages/trainer_question_own.html",
        **_around(placed, found),
        **{"problem": None, "looked": None, **more},
        parts=found.source.parts,
        types=own_questions.types(),
        form=form,
        known=known,
        opened=wording_forms.mark_of(known),
        letters=request.form.get("letters") or _letters(),
    )


def _around(placed: Placed, found: Questions) -> dict[str, Any]:
    return {
        "title": placed.track.title,
        "pace": placed.track.pace,
        "questions": found,
        "number": found.activity.meeting_number,
        "back_url": url_of(found.activity.id),
    }
