"""The questions about the content behind a letter: think first, then look at the answer."""

from uuid import UUID

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.models.recalls import Remembered
from lti_tool.services import recalls
from lti_tool.services.recalls import Asked
from lti_tool.web.asking import Asking
from lti_tool.web.visiting import now, workplace


def page(asking: Asking) -> ResponseReturnValue:
    """Each question with its answer folded away; whoever wants says how it went."""
    found = _found(asking)
    if request.method != "POST":
        return _page(asking, found)
    asked = next((one for one in found if str(one.recall.id) == request.form.get("question")), None)
    said = request.form.get("said")
    if asked is None and said in set(Remembered) and _was_removed():
        return _page(asking, found, was_removed=True), 409
    if asked is None or said not in set(Remembered):
        abort(400)
    recalls.say(session(), asked, Remembered(said), now().calendar)
    session().commit()
    return redirect(asking.url("recall"), 303)


def _was_removed() -> bool:
    """Whether the question that somebody answers is one that no letter brings any more."""
    try:
        return not recalls.is_there(session(), UUID(request.form.get("question", "")))
    except ValueError:
        return False


def _page(asking: Asking, found: list[Asked], *, was_removed: bool = False) -> str:
    """was_removed: the question that somebody answers, by its trainer, since the page was opened."""
    return render_template("pages/recall.html", asked=found, was_removed=was_removed, **asking.around)


def _found(asking: Asking) -> list[Asked]:
    delivery = asking.question.delivery
    return recalls.of_letter(session(), delivery.id, workplace().keyring.named) if delivery else []
