"""What an item asks, as its trainer has it: questions left out and moved, and saved for who begins then."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain import adaptation_changes, adaptation_effects
from lti_tool.domain import adaptations as rules
from lti_tool.domain.adaptations import Adaptation
from lti_tool.domain.own_questions import OwnWords
from lti_tool.models.courses import Role
from lti_tool.services import adaptations, tracks
from lti_tool.services.adaptations import Questions
from lti_tool.services.tracks import Placed
from lti_tool.web import forms, languages
from lti_tool.web.access import Access, open_to
from lti_tool.web.item_fields import DayTile
from lti_tool.web.visiting import now, today, visitor, workplace

Change = Callable[[Questions, str, OwnWords], Adaptation | None]

blueprint = Blueprint("adaptations", __name__, url_prefix="/v/<visit>/questions/<uuid:activity_id>")

# What a button does with what it stands beside. None: it cannot be.
CHANGES: dict[str, Change] = {
    "leave_out": lambda at, name, around: adaptation_changes.leave_out(at.source, at.draft, name, around),
    "put_back": lambda at, name, _: adaptation_changes.put_back(at.draft, name),
    "item_up": lambda at, name, around: adaptation_changes.move_item(at.source, at.draft, name, -1, around),
    "item_down": lambda at, name, around: adaptation_changes.move_item(at.source, at.draft, name, 1, around),
    "step_up": lambda at, name, around: adaptation_changes.move_step(at.source, at.draft, name, -1, around),
    "step_down": lambda at, name, around: adaptation_changes.move_step(at.source, at.draft, name, 1, around),
}


@blueprint.get("")
@open_to(Access.LOOKER)
def look(activity_id: UUID) -> ResponseReturnValue:
    """All questions of an item, those that are left out among them."""
    placed, found = take(activity_id)
    around = workplace().catalogue.own_words
    return render_template(
        "pages/trainer_questions.html",
        title=placed.track.title,
        pace=placed.track.pace,
        questions=found,
        number=found.activity.meeting_number,
        parts=rules.whole(found.source, found.draft, around).parts,
        asked={part.key for part in rules.apply(found.source, found.draft, around).parts},
        can_edit=visitor().role is Role.TRAINER,
        notice=request.args.get("notice"),
        changed=request.args.get("changed"),
    )


@blueprint.post("")
@open_to(Access.TRAINER)
def change(activity_id: UUID) -> ResponseReturnValue:
    """One press on one button: kept in the draft, and asked of nobody yet."""
    _, found = take(activity_id, to_change=True)
    pressed = next((name for name in CHANGES if name in request.form), None) or abort(400)
    about = request.form[pressed]
    draft = CHANGES[pressed](found, about, workplace().catalogue.own_words)
    if draft is None:
        return redirect(url_of(activity_id, "last_one" if pressed == "leave_out" else "consent", about), 303)
    adaptations.change(session(), found, draft, now().calendar)
    session().commit()
    return redirect(url_of(activity_id, changed=about), 303)


@blueprint.route("/save", methods=["GET", "POST"])
@open_to(Access.TRAINER)
def save(activity_id: UUID) -> ResponseReturnValue:
    """Says what will happen, and does it."""
    placed, found = take(activity_id, to_change=request.method == "POST")
    if not found.is_changed:
        return redirect(url_of(activity_id), 303)
    if request.method != "POST":
        return _what_happens(placed, found)
    if request.form.get("change") != found.mark:
        return redirect(url_of(activity_id, "meanwhile"), 303)
    if "drop" in request.form:
        adaptations.drop(session(), found)
        session().commit()
        return redirect(url_of(activity_id, "dropped"), 303)
    adaptations.ask(session(), placed.track, found, workplace().catalogue, now().calendar)
    session().commit()
    return redirect(url_of(activity_id, "asked"), 303)


@blueprint.get("/preview")
@open_to(Access.LOOKER)
def preview(activity_id: UUID) -> ResponseReturnValue:
    """The pages as a learner gets them, with nothing that keeps an answer."""
    placed, found = take(activity_id)
    shown = rules.apply(found.source, found.draft, workplace().catalogue.own_words)
    first = placed.cohort.ends_on + timedelta(days=1)
    days = [DayTile(first + timedelta(days=number)) for number in range(14)]
    tiles = [each for each in days if each.on.weekday() < 5]
    locale = languages.language()
    return render_template(
        "pages/trainer_questions_preview.html",
        title=placed.track.title,
        pace=placed.track.pace,
        questions=found,
        number=found.activity.meeting_number,
        parts=[
            (part, [(step, forms.step(step, locale, today=today(), days=tiles)) for step in part.steps])
            for part in shown.parts
        ],
        back_url=url_of(activity_id),
    )


def take(activity_id: UUID, *, to_change: bool = False) -> tuple[Placed, Questions]:
    """The questions of an item of this training, or 404."""
    placed = tracks.placed(session(), visitor().link) or abort(404)
    catalogue = workplace().catalogue
    found = adaptations.find(session(), placed.track, activity_id, catalogue, to_change=to_change)
    return placed, found or abort(404)


def url_of(activity_id: UUID, notice: str | None = None, changed: str | None = None) -> str:
    """The list of questions. notice: what has just happened, by its key. changed: what it happened to."""
    more: dict[str, Any] = {"notice": notice, "changed": changed, "_anchor": changed}
    return url_for("adaptations.look", visit=g.visit_token, activity_id=activity_id, **more)


def _what_happens(placed: Placed, found: Questions) -> str:
    around = workplace().catalogue.own_words
    return render_template(
        "pages/trainer_questions_save.html",
        title=placed.track.title,
        pace=placed.track.pace,
        questions=found,
        number=found.activity.meeting_number,
        effects=adaptation_effects.of(found.draft),
        gone=[
            part
            for part in found.source.parts
            if part.key not in {one.key for one in rules.apply(found.source, found.draft, around).parts}
        ],
        left_out=[found.source.items[each] for each in found.source.items if each in found.draft.left_out],
        began=adaptations.began(session(), found.activity.id),
        back_url=url_of(found.activity.id),
    )
