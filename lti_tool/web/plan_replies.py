"""A trainer answers what somebody shows them of a plan, and its writer reads that."""

from uuid import UUID

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain.releases import Reader as Audience
from lti_tool.services import enrolments, launches, plan_replies, teams, tracks
from lti_tool.services.plan_answers import Writer
from lti_tool.services.plan_replies import LONGEST, Reply
from lti_tool.services.readings import Reader
from lti_tool.services.teams import Shows
from lti_tool.web import meanwhile, plan_pages, readings
from lti_tool.web.access import Access, open_to
from lti_tool.web.fields import LineField
from lti_tool.web.forms import PageForm, Posted
from lti_tool.web.problems import ProblemKind
from lti_tool.web.visiting import now, visitor, workplace

blueprint = Blueprint("plan_replies", __name__, url_prefix="/v/<visit>")


@blueprint.route("/let-read/<uuid:enrolment_id>", methods=["GET", "POST"])
@open_to(Access.TRAINER)
def answer(enrolment_id: UUID) -> ResponseReturnValue:
    """What one person shows, and a sentence or two in answer to it."""
    to = _shower(enrolment_id)
    if to is None:
        return _hidden()
    if request.method == "POST":
        enrolments.hold(session(), [enrolment_id])
    known = plan_replies.by_trainer(session(), visitor().person, [to]).get(enrolment_id)
    if request.method != "POST":
        return _page(to, known, form_of(known.words if known else ""))
    return _keep(to, known)


def _keep(to: Writer, known: Reply | None) -> ResponseReturnValue:
    enrolment_id, form, is_back = to.enrolment.id, form_of("", request.form), "take_back" in request.form
    is_there = known is not None and not is_back and form["words"].data == known.words
    if known and not known.is_read and not is_there and meanwhile.is_other(_mark(known)):
        return _page(to, known, form, is_changed=True), 409
    if is_back:
        return _done(to, plan_replies.take_back(session(), visitor().person, enrolment_id), "answer_gone")
    if not form.validate():
        return _page(to, known, form), 422
    words = form["words"].data
    kept = plan_replies.write(session(), visitor().person, to, words, now().calendar)
    return _done(to, kept, "answer_kept")


@blueprint.post("/plan/answers")
@open_to(Access.LEARNER)
def read() -> ResponseReturnValue:
    """Opens the answers that wait: from then on nobody changes them."""
    learner = plan_pages.taking_part()
    plan_replies.read(session(), learner.enrolment.id, now().calendar)
    session().commit()
    return redirect(url_for("plan_pages.plan", visit=g.visit_token, _anchor="answers"), 303)


def form_of(words: str, sent: Posted | None = None) -> PageForm:
    """The answer, empty or as it is. A line end in it becomes a space."""
    form = PageForm({"words": LineField(LONGEST, ProblemKind.NO_NOTE)})
    form.process(sent, data={"words": words})
    return form


def _shower(enrolment_id: UUID) -> Writer | None:
    """Somebody of this training who shows its trainer something now."""
    placed = tracks.placed(session(), visitor().link) or abort(404)
    found = teams.who_shows(session(), placed.track, enrolment_id)
    if found is None:
        return None
    person, enrolment = found
    key = workplace().keyring.of([person.key_id]).get(person.key_id)
    return Writer(enrolment, person, key) if key else None


def _hidden() -> ResponseReturnValue:
    """Nobody shows this any more: what was typed is still there to copy."""
    if not request.form.get("words"):
        abort(404)
    form = form_of("", request.form)
    around = {"name": None, "one": None, "known": None, "form": form, "is_too_late": True, "limit": LONGEST}
    told = {"is_changed": False, "filled_from": meanwhile.carried(_mark(None))}
    return render_template("pages/plan_reply.html", **around, **told), 409


def _done(to: Writer, kept: bool, notice: str) -> ResponseReturnValue:
    if kept:
        session().commit()
        return redirect(url_for("teams.trainer", visit=g.visit_token, notice=notice), 303)
    session().rollback()
    known = plan_replies.by_trainer(session(), visitor().person, [to]).get(to.enrolment.id)
    form = form_of("", request.form if "words" in request.form else None)
    return _page(to, known, form, is_too_late=True), 409


def _mark(known: Reply | None) -> str:
    return meanwhile.mark(known.words if known else None)


def _page(
    to: Writer, known: Reply | None, form: PageForm, *, is_too_late: bool = False, is_changed: bool = False
) -> str:
    return render_template(
        "pages/plan_reply.html",
        name=launches.name_of(to.person, to.key),
        # Noting who reads is a transaction of its own, which waits for that of a page that writes.
        one=_read(to) if request.method != "POST" else None,
        known=known,
        form=form,
        is_too_late=is_too_late,
        is_changed=is_changed,
        filled_from=meanwhile.carried(_mark(known), is_told=is_changed),
        limit=LONGEST,
    )


def _read(to: Writer) -> Shows | None:
    """What they show, noted first; None when that ended meanwhile."""
    keys = {to.person.key_id: to.key}
    people = [(to.person, to.enrolment)]
    shows = teams.read(session(), people, Audience.TRAINER, keys, workplace().catalogue)
    readings.note(Reader.trainer(visitor().person), [each for one in shows for each in one.what])
    return shows[0] if shows else None
