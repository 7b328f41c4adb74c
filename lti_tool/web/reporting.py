"""What became of a training, on a page that prints well."""

from dataclasses import replace
from uuid import UUID

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain.releases import OUTCOMES
from lti_tool.domain.releases import Reader as Audience
from lti_tool.models.courses import Role
from lti_tool.services import cards, goals, participants, reports, teams, tracks
from lti_tool.services.readings import Reader
from lti_tool.services.reports import Report
from lti_tool.services.teams import Shows
from lti_tool.services.tracks import Placed
from lti_tool.web import readings
from lti_tool.web.access import Access, open_to
from lti_tool.web.paging import Pages
from lti_tool.web.visiting import visitor, workplace

blueprint = Blueprint("reporting", __name__, url_prefix="/v/<visit>/after/report")

WORDS = "words"
FIRST = 1


@blueprint.get("")
@open_to(Access.LOOKER)
def report() -> ResponseReturnValue:
    """Days, how many took part, and figures; words only for a trainer who asks for them."""
    placed = tracks.placed(session(), visitor().link) or abort(404)
    may_read = visitor().role is Role.TRAINER
    with_words = may_read and request.args.get("with") == WORDS
    pages = Pages.of(_writers(placed) if with_words else 0, participants.WITH_WORDS, request.args)
    return render_template(
        "pages/trainer_report.html",
        title=placed.track.title,
        pace=placed.track.pace,
        report=gather(placed, with_names=False, with_goals=with_words, page=pages.number),
        outcomes=outcomes(placed, page=pages.number) if with_words else [],
        pages=pages,
        obstacles=cards.labels(workplace().catalogue),
        may_read=may_read,
        with_words=with_words,
    )


def gather(placed: Placed, *, with_names: bool, with_goals: bool, page: int | None = None) -> Report:
    """The report on a training; whose goals stand in it are told so first.

    page: of people whose goals stand in it, from 1; None for everybody's.
    """
    track = placed.track
    found = reports.people(session(), track) if with_names else []
    who = goals.who(session(), track.id, page) if with_goals else []
    keys = workplace().keyring.of({*(person.key_id for person, *_ in found), *(each.key_id for each in who)})
    only = [each.person_id for each in who] if page else None
    told = goals.of_track(session(), track.id, keys, only) if who else []
    readings.note(Reader.trainer(visitor().person), [each for goal in told for each in goal.shown])
    return reports.read(session(), track, found, keys, told)


def _writers(placed: Placed) -> int:
    """How many people's words there may be at most, of what they want to learn or of what it brought."""
    asked = goals.askable(session(), placed.track.id)
    return max(asked, teams.number_for_trainer(session(), placed.track, OUTCOMES))


def outcomes(placed: Placed, page: int = FIRST, cohort_id: UUID | None = None) -> list[Shows]:
    """What people let the trainer read of what it brought, a page of people. cohort_id: of one group."""
    people = teams.who_show(session(), placed.track, OUTCOMES, page, cohort_id)
    keys = workplace().keyring.of(person.key_id for person, _ in people)
    read = teams.read(session(), people, Audience.TRAINER, keys, workplace().catalogue)
    shows = [
        replace(one, things=tuple(thing for thing in one.things if thing.item in OUTCOMES)) for one in read
    ]
    readings.note(Reader.trainer(visitor().person), [each for one in shows for each in one.what])
    return [one for one in shows if one.things]
