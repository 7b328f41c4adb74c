"""The send log of a training: who gets mail, what went out, and what came back."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.models.courses import Role
from lti_tool.services import examples, send_log, tracks, zones
from lti_tool.web.access import Access, open_to
from lti_tool.web.visiting import now, visitor, workplace

blueprint = Blueprint("sending", __name__, url_prefix="/v/<visit>")


@blueprint.get("/letters")
@open_to(Access.LOOKER)
def letters() -> ResponseReturnValue:
    """Everybody's letters, as far as a trainer may see them, fifty people at a time."""
    placed = tracks.placed(session(), visitor().link) or abort(404)
    track, today = placed.track, zones.today(visitor().person, placed.cohort, now().calendar)
    found = send_log.rows(session(), track)
    people = send_log.receivers(found, workplace().keyring.of(person.key_id for person, *_ in found))
    staying = [one for one in people if not one.has_left]
    last = max(1, -(-len(staying) // send_log.AT_ONCE))
    number = min(max(request.args.get("page", 1, int), 1), last)
    here = staying[(number - 1) * send_log.AT_ONCE : number * send_log.AT_ONCE]
    ids = [one.enrolment_id for one in here]
    return render_template(
        "pages/trainer_letters.html",
        title=track.title,
        people=people,
        here=here,
        letters=send_log.letters(session(), track, ids, workplace().catalogue, now()),
        page_number=number,
        last_page=last,
        can_edit=visitor().role is Role.TRAINER,
        steps=[str(step.id) for step in workplace().catalogue.cadence(track.cadence).steps],
        offer=examples.offer(session(), visitor().person, today).value,
        examples_left=examples.left(session(), visitor().person, today),
        example_waits=examples.waits(session(), visitor().person),
        notice=request.args.get("notice"),
    )
