"""A trainer's first page: how the groups come along, and the letters that may not have arrived."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain.retention import LENGTH
from lti_tool.models.courses import Role
from lti_tool.models.tracks import Cohort, Track
from lti_tool.services import (
    activities,
    announcements,
    deliveries,
    earlier_turns,
    groups,
    launches,
    participants,
    recalls,
    roster_reads,
    scores,
    tracks,
)
from lti_tool.services.announcements import Announcement
from lti_tool.services.groups import Standing
from lti_tool.services.participants import Line
from lti_tool.services.tracks import Placed
from lti_tool.web import endings
from lti_tool.web.access import Access, open_to
from lti_tool.web.paging import Pages
from lti_tool.web.visiting import home_url, now, visitor, workplace

blueprint = Blueprint("trainer", __name__, url_prefix="/v/<visit>")


@dataclass(frozen=True)
class Group:
    """A group as its trainer sees it. window_ends_on: the last of the two weeks after the training.

    members: those of its people who stand on this page.
    """

    cohort: Cohort
    window_ends_on: date
    standing: Standing
    members: list[Line]


def home() -> ResponseReturnValue:
    """Set the link up, or see how the group comes along."""
    placed = tracks.placed(session(), visitor().link)
    if placed is not None:
        return endings.trainer_page(placed) if endings.is_removed(placed) else _home_page(placed)
    if visitor().role is Role.LOOKER:
        return render_template("pages/trainer_wait.html")
    is_chosen = activities.undated(session(), visitor().link) is not None
    page = "scheduling.schedule" if is_chosen else "settings_up.set_up"
    return redirect(url_for(page, visit=g.visit_token), 303)


@blueprint.post("/letters/<uuid:delivery_id>/again")
@open_to(Access.TRAINER)
def send_again(delivery_id: UUID) -> ResponseReturnValue:
    """Sends a letter once more of which nobody knows whether it arrived."""
    placed = tracks.placed(session(), visitor().link) or abort(404)
    if not groups.is_unknown(session(), placed.track, delivery_id):
        abort(404)
    deliveries.send_again(session(), placed.track.organisation_id, delivery_id, now())
    session().commit()
    return redirect(home_url("sent_again"), 303)


def _home_page(placed: Placed) -> str:
    track = placed.track
    standings = groups.standings(session(), track, placed.activity.id)
    pages = Pages.of(sum(each.people for each in standings.values()), participants.AT_ONCE, request.args)
    people = groups.page(session(), track, placed.activity.id, pages.number)
    unknown = groups.unknown(session(), track)
    keys = workplace().keyring.of(
        person.key_id for person in (*(one for one, *_ in people), *(one for _, one in unknown))
    )
    can_edit = visitor().role is Role.TRAINER
    return render_template(
        "pages/trainer_home.html",
        title=track.title,
        closes_on=track.closes_on,
        pace=track.pace.value,
        phase=placed.phase,
        scores_stopped=scores.has_given_up(session(), track),
        roster_problem=roster_reads.has_problem(visitor().course),
        meeting_number=placed.activity.meeting_number,
        groups=_groups(placed, standings, participants.lines(people, keys)),
        pages=pages,
        to_come=groups.to_come(session(), track),
        unknown=[(row, launches.name_of(person, keys.get(person.key_id))) for row, person in unknown],
        left_out=earlier_turns.left_out(session(), track, visitor().course),
        can_edit=can_edit,
        told=_announcement(placed) if can_edit else None,
        lacks_questions=can_edit and _lacks_questions(track),
        notice=request.args.get("notice"),
    )


def _lacks_questions(track: Track) -> bool:
    """Whether letters could bring questions about the content, and there are none."""
    has_any = workplace().catalogue.cadence(track.cadence).recalls
    return bool(has_any) and not recalls.number_of(session(), track.id)


def _announcement(placed: Placed) -> Announcement | None:
    """What its trainer is to be told first, once."""
    course, catalogue = visitor().course, workplace().catalogue
    return announcements.of(session(), placed.track, course, catalogue, now().calendar)


def _groups(placed: Placed, standings: dict[UUID, Standing], members: list[Line]) -> list[Group]:
    """The groups with their people."""
    return [
        Group(
            cohort,
            cohort.ends_on + LENGTH,
            standings.get(cohort.id, Standing()),
            [member for member in members if member.cohort_id == cohort.id],
        )
        for cohort in tracks.cohorts(session(), placed.track)
    ]
