"""What became of a training, on a page that prints well."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain.releases import OUTCOMES
from lti_tool.domain.releases import Reader as Audience
from lti_tool.models.courses import Role
from lti_tool.services import cards, goals, participants, reports, teams, tracks
from lti_tool.services.goals import Who
from lti_tool.services.readings import Reader
from lti_tool.services.reports import Report
from lti_tool.services.teams import Shows
from lti_tool.services.tracks import Placed
from lti_tool.web import readings
from lti_tool.web.access import Access, open_to
from lti_tool.web.paging import Pages, in_turn
from lti_tool.web.visiting import visitor, workplace

blueprint = Blueprint("reporting", __name__, url_prefix="/v/<visit>/after/report")

WORDS = "words"
FIRST = range(participants.WITH_WORDS)


@blueprint.get("")
@open_to(Access.LOOKER)
def report() -> ResponseReturnValue:
    """Days, how many took part, and figures; words only for a trainer who asks for them."""
    placed = tracks.placed(session(), visitor().link) or abort(404)
    may_read = visitor().role is Role.TRAINER
    with_words = may_read and request.args.get("with") == WORDS
    nameless = goals.who(session(), placed.track.id) if with_words else []
    named = teams.number_for_trainer(session(), placed.track, OUTCOMES) if with_words else 0
    pages = Pages.of(len(nameless) + named, participants.WITH_WORDS, request.args)
    first, second = in_turn(pages.places(participants.WITH_WORDS), len(nameless))
    return render_template(
        "pages/trainer_report.html",
        title=placed.track.title,
        pace=placed.track.pace,
        report=gather(placed, with_names=False, who=nameless[first.start : first.stop]),
        outcomes=outcomes(placed, second) if with_words else [],
        pages=pages,
        obstacles=cards.labels(workplace().catalogue),
        may_read=may_read,
        with_words=with_words,
    )


def gather(placed: Placed, *, with_names: bool, who: Sequence[Who]) -> Report:
    """The report on a training; whose goals stand in it are told so first. who: those."""
    track = placed.track
    found = reports.people(session(), track) if with_names else []
    keys = workplace().keyring.of({*(person.key_id for person, *_ in found), *(each.key_id for each in who)})
    only = [each.person_id for each in who] if len(who) <= participants.WITH_WORDS else None
    told = goals.of_track(session(), track.id, keys, only) if who else []
    readings.note(Reader.trainer(visitor().person), [each for goal in told for each in goal.shown])
    return reports.read(session(), track, found, keys, told)


def outcomes(placed: Placed, some: range = FIRST, cohort_id: UUID | None = None) -> list[Shows]:
    """What it brought, as people let the trainer read it. some: places of people. cohort_id: of one group."""
    people = teams.who_show(session(), placed.track, OUTCOMES, some, cohort_id)
    keys = workplace().keyring.of(person.key_id for person, _ in people)
    read = teams.read(session(), people, Audience.TRAINER, keys, workplace().catalogue)
    shows = [
        replace(one, things=tuple(thing for thing in one.things if thing.item in OUTCOMES)) for one in read
    ]
    readings.note(Reader.trainer(visitor().person), [each for one in shows for each in one.what])
    return [one for one in shows if one.things]
