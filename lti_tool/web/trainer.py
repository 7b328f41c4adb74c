"""A trainer's pages: setting a link up, and seeing how the group comes along."""

from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain.retention import LENGTH
from lti_tool.domain.workdays import DAY
from lti_tool.models.courses import Role
from lti_tool.models.tracks import Cohort, Track
from lti_tool.services import (
    deliveries,
    groups,
    launches,
    moves,
    releases,
    roster_reads,
    settings_up,
    tracks,
)
from lti_tool.services.tracks import Dates, Placed
from lti_tool.web import forms
from lti_tool.web.access import Access, open_to
from lti_tool.web.visiting import now, visitor, workplace

blueprint = Blueprint("trainer", __name__, url_prefix="/v/<visit>")


def home() -> ResponseReturnValue:
    """Set the link up, or see how the group comes along."""
    placed = tracks.placed(session(), visitor().link)
    if placed is not None:
        return _home_page(placed)
    if visitor().role is Role.LOOKER:
        return render_template("pages/trainer_wait.html")
    return redirect(url_for("trainer.set_up", visit=g.visit_token), 303)


@blueprint.route("/set-up", methods=["GET", "POST"])
@open_to(Access.TRAINER)
def set_up() -> ResponseReturnValue:
    """What the link is for, and when; everything is filled in beforehand."""
    if tracks.placed(session(), visitor().link) is not None:
        return redirect(_home_url(), 303)
    known = tracks.open_tracks(session(), visitor().course.id)
    form = _set_up_form(known)
    is_sent = request.method == "POST"
    if not is_sent or not form.validate():
        return _set_up_page(form, known), 422 if is_sent else 200
    decided = forms.read_set_up(form)
    joined = next((track for track, _ in known if str(track.id) == decided.track_id), None)
    where = joined or decided.dates
    settings_up.set_up(session(), visitor(), decided.phase, where, workplace().catalogue, now().calendar)
    session().commit()
    return redirect(_home_url("ready"), 303)


def _set_up_form(known: list[tuple[Track, Cohort]]) -> forms.SetUpForm:
    ids = [str(track.id) for track, _ in known]
    if request.method == "POST":
        return forms.set_up(today=_today(), tracks=ids, sent=request.form)
    phase = settings_up.likely_phase(visitor().link.title, has_track=bool(known))
    proposal = settings_up.propose(phase, _today())
    return forms.set_up(today=_today(), tracks=ids, phase=phase, known=proposal)


@blueprint.route("/dates", methods=["GET", "POST"])
@open_to(Access.TRAINER)
def dates() -> ResponseReturnValue:
    """Other dates for the training; how many letters move along is told before they do."""
    placed = tracks.placed(session(), visitor().link) or abort(404)
    title, known = placed.track.title, Dates(placed.cohort.starts_on, placed.cohort.ends_on)
    sent = request.form if request.method == "POST" else None
    form = forms.dates(today=_today(), known=known, sent=sent)
    if sent is None or not form.validate():
        return _dates_page(form, title), 200 if sent is None else 422
    dates = forms.read_dates(form)
    moving = moves.move(session(), placed.cohort, dates, workplace().catalogue, now().calendar)
    if moving and sent.get("moving") != str(moving):
        session().rollback()
        return _dates_page(form, title, moving), 200
    session().commit()
    return redirect(_home_url("moved"), 303)


def _dates_page(form: forms.DatesForm, title: str, moving: int = 0) -> str:
    return render_template("pages/trainer_dates.html", form=form, title=title, moving=moving)


@blueprint.post("/letters/<uuid:delivery_id>/again")
@open_to(Access.TRAINER)
def send_again(delivery_id: UUID) -> ResponseReturnValue:
    """Sends a letter once more of which nobody knows whether it arrived."""
    placed = tracks.placed(session(), visitor().link) or abort(404)
    own = {delivery.id for delivery, _ in groups.unknown(session(), placed.cohort)}
    if delivery_id not in own:
        abort(404)
    deliveries.send_again(session(), placed.cohort.organisation_id, delivery_id, now())
    session().commit()
    return redirect(_home_url("sent_again"), 303)


def _home_page(placed: Placed) -> str:
    is_trainer = visitor().role is Role.TRAINER
    people = groups.people(session(), placed.cohort)
    unknown = groups.unknown(session(), placed.cohort)
    keys = workplace().keyring.of(person.key_id for person in people)
    members = groups.members(session(), people, placed.activity.id, keys)
    ends_on = placed.cohort.ends_on
    return render_template(
        "pages/trainer_home.html",
        title=placed.track.title,
        phase=placed.version.phase,
        cohort=placed.cohort,
        window=(ends_on + DAY, ends_on + LENGTH),
        members=members,
        roster_problem=roster_reads.has_problem(visitor().course),
        goals=releases.goals(session(), placed.activity.id, keys) if is_trainer else [],
        to_come=groups.to_come(session(), placed.cohort),
        unknown=[(row, launches.name_of(person, keys.get(person.key_id))) for row, person in unknown],
        can_edit=is_trainer,
        notice=request.args.get("notice"),
    )


def _set_up_page(form: forms.SetUpForm, known: list[tuple[Track, Cohort]]) -> str:
    return render_template(
        "pages/set_up.html",
        form=form,
        tracks=known,
        title=visitor().course.title,
        link_title=visitor().link.title,
        length=timedelta(days=LENGTH.days),
    )


def _today() -> date:
    zone = ZoneInfo(workplace().settings.timezone)
    return now().calendar.astimezone(zone).date()


def _home_url(notice: str | None = None) -> str:
    return url_for("visit.home", visit=g.visit_token, notice=notice)
