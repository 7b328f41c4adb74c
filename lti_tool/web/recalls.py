"""The questions about the content of a training, which its trainer writes and letters bring."""

from collections.abc import Iterator, Mapping

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain.recalls import MOST
from lti_tool.services import recalls, tracks
from lti_tool.services.recalls import Words
from lti_tool.services.tracks import Placed
from lti_tool.web import meanwhile
from lti_tool.web.access import Access, open_to
from lti_tool.web.fields import TextField
from lti_tool.web.forms import PageForm, Posted
from lti_tool.web.problems import Problem, ProblemKind
from lti_tool.web.visiting import settings_url, visitor, workplace

LONGEST_QUESTION = 200
LONGEST_ANSWER = 400
NUMBERS = range(1, MOST + 1)

blueprint = Blueprint("recalls", __name__, url_prefix="/v/<visit>")


class RecallForm(PageForm):
    """Questions, each with its answer. What stays open is no question."""

    def look_further(self) -> None:
        """Each question has an answer, and each answer a question."""
        for number in NUMBERS:
            question, answer = self[f"question-{number}"], self[f"answer-{number}"]
            if answer.data and not question.data:
                question.errors = [Problem(ProblemKind.NO_QUESTION)]
            elif question.data and not answer.data:
                answer.errors = [Problem(ProblemKind.NO_ANSWER)]


@blueprint.route("/recall", methods=["GET", "POST"])
@open_to(Access.TRAINER)
def write() -> ResponseReturnValue:
    """Writes the questions, or takes them back by leaving them open."""
    placed, named = tracks.placed(session(), visitor().link) or abort(404), workplace().keyring.named
    sent = request.form if request.method == "POST" else None
    if sent is not None:
        tracks.hold(session(), placed.track)
    known = recalls.of_track(session(), placed.track.id, named)
    form = form_of(known, sent)
    if sent is None or not form.validate():
        return _page(form, placed, known), 200 if sent is None else 422
    written = dict(read(form))
    if meanwhile.is_other(_mark(known)) and written != known:
        return _page(form, placed, known, is_changed=True), 409
    recalls.write(session(), placed.track, written, named)
    session().commit()
    return redirect(settings_url("questions_kept" if written else "questions_gone"), 303)


def form_of(known: Mapping[int, Words], sent: Posted | None = None) -> RecallForm:
    """The questions that there are, and room for more."""
    form = RecallForm(
        {
            name: field
            for number in NUMBERS
            for name, field in (
                (f"question-{number}", TextField(LONGEST_QUESTION, is_line=True)),
                (f"answer-{number}", TextField(LONGEST_ANSWER)),
            )
        }
    )
    data = {f"question-{number}": words.question for number, words in known.items()}
    data |= {f"answer-{number}": words.answer for number, words in known.items()}
    form.process(sent, data=data)
    return form


def read(form: RecallForm) -> Iterator[tuple[int, Words]]:
    """The questions of a form that holds, by number."""
    for number in NUMBERS:
        words = Words(form[f"question-{number}"].data, form[f"answer-{number}"].data)
        if words.question:
            yield number, words


def _mark(known: Mapping[int, Words]) -> str:
    said = (f"{number} {known[number].question}\n{known[number].answer}" for number in sorted(known))
    return meanwhile.mark(*said)


def _page(form: RecallForm, placed: Placed, known: Mapping[int, Words], *, is_changed: bool = False) -> str:
    return render_template(
        "pages/trainer_recall.html",
        title=placed.track.title,
        form=form,
        numbers=NUMBERS,
        filled_from=meanwhile.carried(_mark(known), is_told=is_changed),
        now_there=known if is_changed else None,
        is_sent=bool(workplace().catalogue.cadence(placed.track.cadence).recalls),
    )
