"""Reading what people show: a team within itself, and a trainer of all groups."""

from uuid import UUID

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain.releases import Reader as Audience
from lti_tool.domain.releases import Shareable
from lti_tool.services import groups, participants, plan_replies, teams, tracks
from lti_tool.services.plan_answers import Writer
from lti_tool.services.plan_replies import Reply
from lti_tool.services.readings import Reader
from lti_tool.services.teams import People, Shows
from lti_tool.web import plan_pages, readings
from lti_tool.web.access import Access, open_to
from lti_tool.web.paging import Pages
from lti_tool.web.visiting import visitor, workplace

blueprint = Blueprint("teams", __name__, url_prefix="/v/<visit>")


@blueprint.get("/team")
@open_to(Access.LEARNER)
def team() -> ResponseReturnValue:
    """What the people of the visitor's own group show each other; who left the training reads nothing."""
    learner = plan_pages.taking_part()
    people = groups.people(session(), learner.track)
    own = [each for each in people if each[1].cohort_id == learner.cohort.id]
    takes_part = learner.enrolment.id in {enrolment.id for _, enrolment in own}
    return render_template(
        "pages/team.html",
        title=learner.track.title,
        own_id=learner.enrolment.id,
        shows=_read(own, Audience.TEAM) if takes_part else [],
    )


@blueprint.get("/let-read")
@open_to(Access.TRAINER)
def trainer() -> ResponseReturnValue:
    """What people let their trainer read, by group; twenty people at a time."""
    placed = tracks.placed(session(), visitor().link) or abort(404)
    number = teams.number_for_trainer(session(), placed.track)
    pages = Pages.of(number, participants.WITH_WORDS, request.args)
    people = teams.who_show(session(), placed.track, tuple(Shareable), pages.places(participants.WITH_WORDS))
    shows = _read(people, Audience.TRAINER)
    return render_template(
        "pages/let_read.html",
        title=placed.track.title,
        pace=placed.track.pace,
        pages=pages,
        replies=_replies(people),
        notice=request.args.get("notice"),
        groups=[
            (cohort, [each for each in shows if each.cohort_id == cohort.id])
            for cohort in tracks.cohorts(session(), placed.track)
        ],
    )


def _replies(people: People) -> dict[UUID, Reply]:
    """What this trainer answered them, by their taking part."""
    keys = workplace().keyring.of(person.key_id for person, _ in people)
    to = [Writer(each, one, keys[one.key_id]) for one, each in people if one.key_id in keys]
    return plan_replies.by_trainer(session(), visitor().person, to)


def _read(people: People, audience: Audience) -> list[Shows]:
    """Noted first, for those whose words they are."""
    keys = workplace().keyring.of(person.key_id for person, _ in people)
    shows = teams.read(session(), people, audience, keys, workplace().catalogue)
    own = visitor().person
    reader = Reader.trainer(own) if audience is Audience.TRAINER else Reader.team_mate(own)
    readings.note(reader, [each for one in shows for each in one.what])
    return shows
