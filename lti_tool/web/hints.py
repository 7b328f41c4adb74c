"""Hints for a training from its own settings, applied by a press, linked to where it is done, or put away."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain import hints as rules
from lti_tool.domain.aims import Aim
from lti_tool.domain.cadences import Cadence
from lti_tool.domain.hints import About, Hint, Principle
from lti_tool.domain.instruments import Item
from lti_tool.domain.words import Words
from lti_tool.models.courses import Role
from lti_tool.services import hints, previews, tracks
from lti_tool.services.entries import Entries
from lti_tool.services.moves import Change
from lti_tool.services.tracks import FollowUp, Placed
from lti_tool.web import aim_forms, meanwhile
from lti_tool.web.access import Access, open_to
from lti_tool.web.forms import PageForm
from lti_tool.web.visiting import now, person_key, visitor, workplace

blueprint = Blueprint("hints", __name__, url_prefix="/v/<visit>/hints")


@dataclass(frozen=True)
class Shown:
    """A hint as it stands on the page, with the name of its principle and the question about that.

    mails: how many somebody gets who does everything at once, now and once it is applied.
    cadence: the one that it goes over to.
    """

    hint: Hint
    principle: Words
    item: Item
    mails: tuple[int, int] | None
    cadence: Cadence | None = None


@blueprint.get("")
@open_to(Access.LOOKER)
def overview() -> str:
    """All hints that were not put away; those on what the trainer's own check says come first."""
    return _page(_placed())


@blueprint.post("/aim")
@open_to(Access.TRAINER)
def say_aim() -> ResponseReturnValue:
    """Keeps what the training is for; the hints go by it from then on."""
    placed = _placed()
    tracks.hold(session(), placed.track)
    known = hints.aim(placed.track)
    asked = aim_forms.aim(known, request.form)
    if not asked.validate():
        return _page(placed, asked=asked), 422
    chosen = aim_forms.read_aim(asked)
    if meanwhile.is_other(_mark(known)) and chosen != known:
        return _page(placed, asked=asked, is_changed=True), 409
    hints.say_aim(placed.track, chosen)
    session().commit()
    return redirect(_url("aim_kept"), 303)


@blueprint.post("/<name>")
@open_to(Access.TRAINER)
def apply(name: str) -> ResponseReturnValue:
    """Does what a hint says; what becomes of the letters is told before it happens."""
    placed = _placed()
    hint = next((each for each in _all(placed) if each.name == name), None)
    if hint is None:
        return redirect(_url("hint_done"), 303)
    if not hint.is_applied:
        abort(404)
    change = hints.apply(session(), placed.track, placed.cohort, hint, workplace().catalogue, now().calendar)
    if change and request.form.get("moving") != str(change):
        session().rollback()
        return _page(_placed(), changing=hint, change=change)
    session().commit()
    return redirect(_url("hint_applied"), 303)


@blueprint.post("/<name>/away")
@open_to(Access.TRAINER)
def put_away(name: str) -> ResponseReturnValue:
    """Not for this training."""
    placed = _placed()
    if any(each.name == name for each in _all(placed)):
        hints.put_away(session(), placed.track, name)
        session().commit()
    return redirect(_url("hint_away"), 303)


@blueprint.post("/all")
@open_to(Access.TRAINER)
def bring_back() -> ResponseReturnValue:
    """Shows what was put away again."""
    hints.bring_back(_placed().track)
    session().commit()
    return redirect(_url(), 303)


def _page(
    placed: Placed,
    *,
    changing: Hint | None = None,
    change: Change | None = None,
    asked: PageForm | None = None,
    is_changed: bool = False,
) -> str:
    away, aim = set(placed.track.hints_away.split()), hints.aim(placed.track)
    found = _all(placed)
    return render_template(
        "pages/trainer_hints.html",
        title=placed.track.title,
        pace=placed.track.pace,
        hints=_shown(placed, [each for each in found if each.name not in away]),
        put_away=sum(each.name in away for each in found),
        changing=changing,
        change=change,
        aim=aim,
        form=asked or aim_forms.aim(aim),
        filled_from=meanwhile.carried(_mark(aim), is_told=is_changed),
        is_changed=is_changed,
        check_url=url_for("entries.overview", visit=g.visit_token, key=hints.CHECK),
        canvas_url=url_for("entries.overview", visit=g.visit_token, key="canvas"),
        can_edit=visitor().role is Role.TRAINER,
        notice=request.args.get("notice"),
    )


def _mark(aim: Aim) -> str:
    return meanwhile.mark(aim.goal_level, aim.kind)


def _all(placed: Placed) -> list[Hint]:
    catalogue, who = workplace().catalogue, visitor().person
    setting = hints.setting(session(), placed.track, placed.cohort, who, catalogue)
    found = rules.of(setting, _said())
    # Goals are the trainer's to read; an assistant is not sent there.
    return (
        found if visitor().role is Role.TRAINER else [each for each in found if each.about is not About.GOALS]
    )


def _said() -> dict[Principle, str]:
    """What this very trainer answered in the check; nobody else reads it, and it is kept nowhere else."""
    key = person_key()
    return dict(hints.said(session(), Entries(visitor().person, key, workplace().catalogue))) if key else {}


def _shown(placed: Placed, found: Sequence[Hint]) -> list[Shown]:
    catalogue, moment = workplace().catalogue, now().calendar
    names = hints.principles(catalogue)
    training = previews.of_track(session(), placed.track, placed.cohort)

    def most(follow_up: FollowUp) -> int:
        """How many mails somebody gets who does everything at once."""
        return previews.calendar(replace(training, follow_up=follow_up), catalogue, moment).at_once

    before = most(training.follow_up)
    return [
        Shown(
            each,
            *names[each.principle],
            (before, most(hints.follow_up(training.follow_up, each))) if each.is_applied else None,
            catalogue.cadence(each.cadence) if each.cadence else None,
        )
        for each in found
    ]


def _placed() -> Placed:
    return tracks.placed(session(), visitor().link) or abort(404)


def _url(notice: str | None = None) -> str:
    return url_for("hints.overview", visit=g.visit_token, notice=notice)
