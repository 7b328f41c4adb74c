"""A learner decides what the trainer reads, and what the room may see, of looking back on a meeting."""

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain.instruments import Phase
from lti_tool.domain.takeaways import Choice, Reader, Thing
from lti_tool.services import enrolments, takeaways
from lti_tool.services.desks import Seat
from lti_tool.services.plan_answers import Writer
from lti_tool.services.takeaways import Meeting
from lti_tool.web import learner
from lti_tool.web.access import Access, open_to
from lti_tool.web.visiting import is_fresh, now, workplace

blueprint = Blueprint("takeaways", __name__, url_prefix="/v/<visit>/session/shown")


@blueprint.route("", methods=["GET", "POST"])
@open_to(Access.LEARNER)
def choose() -> ResponseReturnValue:
    """What others read of this meeting, and changing that."""
    seat = _seat()
    if request.method != "POST":
        return _page(seat)
    meeting, chosen = _meeting(seat), _chosen()
    enrolments.hold(session(), [meeting.enrolment.id])
    session().refresh(meeting.enrolment)
    # Nobody shows a group what was meant for another, or what was hidden elsewhere meanwhile.
    if request.form.get("opened") != _mark(meeting):
        return _page(seat, has_changed=True), 409
    # Hiding something is possible at any time.
    if chosen - takeaways.released(session(), meeting) and not is_fresh():
        return _page(seat), 403
    takeaways.release(session(), meeting, chosen, now().calendar)
    session().commit()
    return redirect(url_for("takeaways.choose", visit=g.visit_token, notice="kept"), 303)


def _seat() -> Seat:
    """Where this link asks to look back; 404 where it does not, and for who takes no part."""
    seat = learner.take_seat() or abort(404)
    return seat if seat.placed.phase == Phase.MID else abort(404)


def _meeting(seat: Seat) -> Meeting:
    return Meeting(seat.desk.enrolment, seat.placed.activity.id)


def _chosen() -> set[Choice]:
    return {
        (reader, thing)
        for reader in Reader
        for thing in Thing
        if thing.value in request.form.getlist(reader.value)
    }


def _mark(meeting: Meeting) -> str:
    """What a page was opened with: the group, and what others read."""
    shown = sorted(f"{reader}:{thing}" for reader, thing in takeaways.released(session(), meeting))
    return " ".join([str(meeting.enrolment.cohort_id), *shown])


def _page(seat: Seat, *, has_changed: bool = False) -> str:
    desk, meeting = seat.desk, _meeting(seat)
    writer = Writer(desk.enrolment, desk.person, desk.key)
    return render_template(
        "pages/session_shows.html",
        title=seat.placed.track.title,
        meeting_number=seat.placed.activity.meeting_number,
        lines=takeaways.lines(session(), writer, meeting.activity_id, workplace().catalogue),
        released=takeaways.released(session(), meeting),
        is_fresh=is_fresh(),
        opened=_mark(meeting),
        has_changed=has_changed,
        notice=request.args.get("notice"),
    )
