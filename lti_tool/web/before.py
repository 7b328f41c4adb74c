"""Before the training: who has prepared, and the goals that people let their trainer read."""

from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain.releases import Reader as Audience
from lti_tool.models.courses import Role
from lti_tool.models.tracks import Track
from lti_tool.services import goals, participants, prepared, teams, tracks
from lti_tool.services.goals import Goal, Who
from lti_tool.services.readings import Reader
from lti_tool.services.teams import Shows
from lti_tool.web import readings
from lti_tool.web.access import Access, open_to
from lti_tool.web.paging import Pages, in_turn
from lti_tool.web.visiting import visitor, workplace

blueprint = Blueprint("before", __name__, url_prefix="/v/<visit>/before")


@blueprint.get("")
@open_to(Access.LOOKER)
def people() -> ResponseReturnValue:
    """Who has prepared and who has not, fifty at a time."""
    track, can_edit = _track(), visitor().role is Role.TRAINER
    tallies = prepared.tallies(session(), track)
    pages = Pages.of(sum(each.people for each in tallies.values()), participants.AT_ONCE, request.args)
    found = prepared.rows(session(), track, pages.number)
    keys = workplace().keyring.of(person.key_id for person, *_ in found)
    return render_template(
        "pages/trainer_before.html",
        title=track.title,
        is_asked=prepared.is_asked(session(), track),
        cohorts=tracks.cohorts(session(), track),
        tallies=tallies,
        lines=participants.lines(found, keys),
        pages=pages,
        can_edit=can_edit,
        pace=track.pace,
        let_read=teams.number_for_trainer(session(), track) if can_edit else 0,
    )


@blueprint.get("/goals")
@open_to(Access.TRAINER)
def goals_page() -> ResponseReturnValue:
    """What people want to learn, without names: twenty people at a time."""
    track = _track()
    who = goals.who(session(), track.id)
    pages = Pages.of(len(who), participants.WITH_WORDS, request.args)
    shown = pages.places(participants.WITH_WORDS)
    return render_template(
        "pages/trainer_goals.html",
        title=track.title,
        pace=track.pace,
        cohorts=tracks.cohorts(session(), track),
        goals=_read(track, who[shown.start : shown.stop]),
        pages=pages,
        by_name=teams.number_for_trainer(session(), track, goals.NAMED),
    )


@blueprint.get("/goals/sheet")
@open_to(Access.TRAINER)
def sheet() -> ResponseReturnValue:
    """The same to print, twenty people a sheet: first without names, then what is shown under a name."""
    track = _track()
    nameless = goals.who(session(), track.id)
    named = teams.number_for_trainer(session(), track, goals.NAMED)
    pages = Pages.of(len(nameless) + named, participants.WITH_WORDS, request.args)
    first, second = in_turn(pages.places(participants.WITH_WORDS), len(nameless))
    return render_template(
        "pages/trainer_goals_sheet.html",
        title=track.title,
        cohorts=tracks.cohorts(session(), track),
        goals=_read(track, nameless[first.start : first.stop]),
        named=_by_name(track, second),
        pages=pages,
    )


def _track() -> Track:
    placed = tracks.placed(session(), visitor().link) or abort(404)
    return placed.track


def _read(track: Track, who: Sequence[Who]) -> list[Goal]:
    """Noted first, for those whose words they are."""
    keys = workplace().keyring.of(each.key_id for each in who)
    told = goals.of_track(session(), track.id, keys, [each.person_id for each in who])
    readings.note(Reader.trainer(visitor().person), [each for goal in told for each in goal.shown])
    return told


def _by_name(track: Track, some: range) -> list[Shows]:
    """The goals that are shown under a name, noted likewise."""
    people = teams.who_show(session(), track, goals.NAMED, some)
    keys = workplace().keyring.of(person.key_id for person, _ in people)
    shows = teams.read(session(), people, Audience.TRAINER, keys, workplace().catalogue)
    found = [
        replace(one, things=tuple(each for each in one.things if each.item in goals.NAMED)) for one in shows
    ]
    readings.note(Reader.trainer(visitor().person), [each for one in found for each in one.what])
    return found
