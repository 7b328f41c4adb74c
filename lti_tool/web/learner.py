"""Writing step by step."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from lti_tool.database import session
from lti_tool.domain.answers import Answer
from lti_tool.domain.instruments import Phase, Step
from lti_tool.domain.item_type import Control
from lti_tool.models.reflections import LateDraft
from lti_tool.services import (
    desks,
    enrolments,
    finishing,
    late_drafts,
    learner_facts,
    step_answers,
    submissions,
    zones,
)
from lti_tool.services.desks import Seat
from lti_tool.services.keys import Key, NamedKeys
from lti_tool.services.learner_facts import Learner
from lti_tool.services.step_answers import StepAnswers
from lti_tool.services.takeaways import Meeting
from lti_tool.web import (
    days,
    forms,
    languages,
    opening_rules,
    references,
    released,
    revisions,
    speaking,
    taking_along,
    visiting,
    what_helps,
)
from lti_tool.web.access import Access, open_to
from lti_tool.web.visiting import now, visitor, workplace

blueprint = Blueprint("learner", __name__, url_prefix="/v/<visit>")


@blueprint.route("/reflect/<part>/<int:number>", methods=["GET", "POST"])
@open_to(Access.LEARNER)
def write(part: str, number: int) -> ResponseReturnValue:
    """One step of a part: read it, or save it and go on."""
    seat = take_seat(part)
    if seat is None:
        return _part_gone()
    step = seat.part.steps[number - 1] if 1 <= number <= len(seat.part.steps) else abort(404)
    if request.method != "POST":
        early = opening_rules.too_early(seat)
        if early is not None:
            return early
        answers = _read(seat, step)
        return _page(seat, number, _form(seat, step, answers), answers)
    enrolments.hold(session(), [seat.desk.enrolment.id])
    # Read anew: who had to wait for another page finds what that one saved.
    seat = take_seat(part)
    return _keep(seat, step, number) if seat else _part_gone()


def _part_gone() -> ResponseReturnValue:
    """Taken out by a trainer while somebody wrote in it: what they typed is theirs still."""
    typed = taking_along.words(workplace().catalogue) or abort(404)
    references.note("step.gone")
    page = render_template("pages/part_gone.html", typed=typed, reference=references.reference())
    return page, 404


def _keep(seat: Seat, step: Step, number: int) -> ResponseReturnValue:
    answers, by_itself = _read(seat, step), "autosave" in request.form
    form, opened = _form(seat, step, answers, sent=request.form), request.form.get("opened")
    clashes = revisions.settle(_named(), revisions.of_desk(seat.desk), form, opened, answers.kept)
    # A page that asked what to keep waits for a press on its button.
    if clashes or (by_itself and "asked" in request.form):
        return _ask(seat, number, form, answers, clashes, by_itself=by_itself)
    if speaking.is_asked():
        return _page(seat, number, form, answers)
    fits = form.validate()
    target = _save(seat, number, form, goes_on=fits and not by_itself and "later" not in request.form)
    session().commit()
    seat = take_seat(seat.part.key) or abort(404)
    answers = _read(seat, step)
    if by_itself:
        return Response(_opened(seat, step, answers), mimetype="text/plain")
    return redirect(target, 303) if fits else (_page(seat, number, form, answers), 422)


def _ask(
    seat: Seat,
    number: int,
    form: forms.PageForm,
    answers: StepAnswers,
    clashes: dict[str, Answer],
    *,
    by_itself: bool,
) -> ResponseReturnValue:
    """Overwrites nothing: what was typed is kept as a draft, and the page shows both."""
    page = (seat.part.key, number)
    late_drafts.keep(session(), seat.desk, page, forms.read(form), now().calendar)
    session().commit()
    if by_itself:
        return Response(status=409)
    return _page(seat, number, form, answers, clashes=clashes), 409


def _save(seat: Seat, number: int, form: forms.PageForm, *, goes_on: bool) -> str:
    """Keeps what was written, submits it after the last step, and says where to go on."""
    part, is_last = seat.part.key, number == len(seat.part.steps)
    reached = number + 1 if goes_on and not is_last else number
    submissions.save(session(), seat, forms.read(form), reached, workplace().catalogue, now().calendar)
    draft = _draft(seat, number)
    # Only a page that showed the draft has settled it, and only when somebody pressed its button.
    if draft and "autosave" not in request.form and request.form.get("draft") == str(draft.id):
        session().delete(draft)
    if not goes_on:
        return way_back(seat, "saved")
    help_url = _help_url(seat, number, form)
    if not is_last:
        return help_url or step_url(reached, part)
    seat = take_seat(part) or abort(404)
    submissions.submit(session(), seat, workplace().catalogue, now().calendar)
    return help_url or way_back(seat, "submitted")


def _help_url(seat: Seat, number: int, form: forms.PageForm) -> str | None:
    """The page with what may help, after a step that named what gets in the way."""
    asked = (field for field in form if what_helps.is_asked(field.item))
    if not any(what_helps.is_named(field.item, field.data) for field in asked):
        return None
    return url_for("step_help.page", visit=g.visit_token, part=seat.part.key, number=number)


def _is_here(seat: Seat) -> bool:
    return seat.placed.activity.link_id == visitor().link.id


def way_back(seat: Seat, notice: str | None = None) -> str:
    """The first page of this link; of a part that is asked elsewhere, the plan, from which it was opened."""
    if _is_here(seat):
        return _home_url(notice)
    return url_for("plan_pages.plan", visit=g.visit_token, notice=notice)


@blueprint.post("/drafts/<uuid:draft_id>")
@open_to(Access.LEARNER)
def settle_draft(draft_id: UUID) -> ResponseReturnValue:
    """Takes over what was typed under an expired visit, or throws it away."""
    seat = take_seat() or abort(404)
    if not late_drafts.is_there(session(), draft_id):
        # Sent twice: the first time did it.
        return redirect(_home_url(), 303)
    found = _own_draft(seat, draft_id)
    if "take" in request.form:
        seat = take_seat(found.part, str(found.adaptation_id or desks.AS_IT_IS)) or abort(404)
        said = late_drafts.read(found, visitor().person, seat.desk.key)
        submissions.save(session(), seat, said, found.step, workplace().catalogue, now().calendar)
    target = step_url(seat.nearest(found.step), found.part) if "take" in request.form else _home_url()
    session().delete(found)
    session().commit()
    return redirect(target, 303)


def take_seats() -> list[Seat]:
    """The visitor's places at this link, a part each."""
    who = visitor()
    return desks.at_link(session(), who.person, _key(), who.link, workplace().catalogue)


def take_seat(part: str | None = None, asked_with: str | None = None) -> Seat | None:
    """The visitor's place at this link; None while it is not set up, or for who takes no part.

    part: key of a part, which may also be asked elsewhere in the training.
    asked_with: what the page that comes in says of how it asked.
    """
    who, catalogue = visitor(), workplace().catalogue
    if part is None:
        return desks.find(session(), who.person, _key(), who.link, catalogue)
    asked_with = request.form.get("asked_with", "") if asked_with is None else asked_with
    return desks.in_training(session(), who.person, _key(), who.link, catalogue, part, asked_with)


def _own_draft(seat: Seat, draft_id: UUID) -> LateDraft:
    activity_id = seat.placed.activity.id
    return late_drafts.find(session(), visitor().person, activity_id, draft_id) or abort(404)


def _key() -> Key:
    return visiting.person_key() or abort(403)


def facts_of(seat: Seat) -> Learner:
    """Whose place it is, with all that the planning knows."""
    return learner_facts.gather(session(), [seat.desk.enrolment.id])[0]


def today_of(seat: Seat) -> date:
    """The learner's local day."""
    return zones.today(seat.desk.person, seat.placed.cohort, now().calendar)


def _finishes(seat: Seat) -> bool:
    """Whether a plan that is made here says that its learner finished."""
    if (seat.instrument.phase, seat.part.key) != (Phase.POST, "plan"):
        return False
    return finishing.by_a_plan(seat.placed.track, seat.placed.cohort, seat.desk.enrolment, today_of(seat))


def _read(seat: Seat, step: Step) -> StepAnswers:
    return step_answers.read(session(), seat, step)


def _form(
    seat: Seat, step: Step, answers: StepAnswers, *, sent: MultiDict[str, str] | None = None
) -> forms.PageForm:
    today, said = today_of(seat), {**answers.first, **answers.kept}
    asks_day = [item.id for item in step.items if item.type.control is Control.TILES]
    # A day depends on all that planning knows, which is read only where one is asked for.
    offered = days.of(facts_of(seat), today) if asks_day else None
    for item_id in asks_day:
        if item_id not in said and offered and offered.default:
            said[item_id] = Answer(words=offered.default.isoformat())
    tiles = offered.tiles if offered else ()
    return forms.step(step, languages.language(), today=today, days=tiles, said=said, sent=sent)


def _named() -> NamedKeys:
    return workplace().keyring.named


def _opened(seat: Seat, step: Step, answers: StepAnswers) -> str:
    return revisions.write(_named(), revisions.of_desk(seat.desk), step.items, answers.kept)


def _draft(seat: Seat, number: int) -> LateDraft | None:
    page = (seat.part.key, number)
    return late_drafts.of_page(session(), visitor().person, seat.placed.activity.id, page)


def _typed(seat: Seat, draft: LateDraft | None, form: forms.PageForm) -> dict[str, Answer]:
    """What a draft holds that does not stand in the fields."""
    said = late_drafts.read(draft, visitor().person, seat.desk.key) if draft else {}
    fields = {field.name: field.data for field in form}
    return {name: one for name, one in said.items() if not one.is_open and one != fields.get(name, one)}


def _page(seat: Seat, number: int, form: forms.PageForm, answers: StepAnswers, **more: Any) -> str:
    released.of_training(seat.desk.enrolment.id)
    released.of_meeting(Meeting(seat.desk.enrolment, seat.placed.activity.id))
    step = seat.part.steps[number - 1]
    draft = _draft(seat, number)
    return render_template(
        "pages/step.html",
        **{"clashes": {}, **more},
        saved_at=seat.reflection.saved_at if seat.reflection else None,
        opened=_opened(seat, step, answers),
        asked_with=seat.asked_with,
        draft=draft,
        typed=_typed(seat, draft, form),
        instrument=seat.instrument,
        part=seat.part,
        meeting_number=seat.placed.activity.meeting_number,
        pace=seat.placed.track.pace,
        step=step,
        number=number,
        form=form,
        shown=answers.shown,
        back_label=None,
        finished_url=url_for("finishing.choose", visit=g.visit_token) if _finishes(seat) else None,
        to_plan=number == 1 and not _is_here(seat),
        back_url=step_url(number - 1, seat.part.key) if number > 1 else way_back(seat),
    )


def step_url(number: int, part: str) -> str:
    """The address of a step."""
    return url_for("learner.write", visit=g.visit_token, part=part, number=number)


def _home_url(notice: str | None = None) -> str:
    return url_for("visit.home", visit=g.visit_token, notice=notice)


def draft_url(draft: LateDraft) -> str:
    """Where a draft is taken over or thrown away."""
    return url_for("learner.settle_draft", visit=g.visit_token, draft_id=draft.id)
