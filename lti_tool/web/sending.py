"""The send log of a training: who gets mail, what went out, and what came back."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.models.courses import Role
from lti_tool.services import examples, groups, health, participants, send_log, specimens, tracks, zones
from lti_tool.web.access import Access, open_to
from lti_tool.web.paging import Pages
from lti_tool.web.visiting import now, visitor, workplace

blueprint = Blueprint("sending", __name__, url_prefix="/v/<visit>")


@blueprint.get("/letters")
@open_to(Access.LOOKER)
def letters() -> ResponseReturnValue:
    """Everybody's letters, as far as a trainer may see them, fifty people at a time."""
    placed = tracks.placed(session(), visitor().link) or abort(404)
    track, today = placed.track, zones.today(visitor().person, placed.cohort, now().calendar)
    pages = Pages.of(groups.number_of(session(), track), participants.AT_ONCE, request.args)
    found = send_log.rows(session(), track, pages.number)
    people = send_log.receivers(found, workplace().keyring.of(person.key_id for person, *_ in found))
    ids = [one.enrolment_id for one in people]
    offer, left = examples.offer(session(), visitor().person, today)
    return render_template(
        "pages/trainer_letters.html",
        title=track.title,
        pace=track.pace,
        people=people,
        reached=health.reached(session(), track),
        letters=send_log.letters(session(), track, ids, workplace().catalogue, now()),
        pages=pages,
        can_edit=visitor().role is Role.TRAINER,
        specimens=specimens.of_track(session(), track, workplace().catalogue),
        offer=offer.value,
        examples_left=left,
        example_waits=examples.waits(session(), visitor().person),
        notice=request.args.get("notice"),
    )
