"""A form posted under a visit that has expired: what was typed is kept."""

from datetime import datetime

from flask import request

from lti_tool.domain.clock import Now
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import desks, late_drafts, learner_facts, responses
from lti_tool.services.visits import Visitor
from lti_tool.web import days, forms


def keep(work: Workplace, visitor: Visitor, now: Now) -> datetime | None:
    """Adds a sealed draft; when it was saved, or None when there was nothing to keep."""
    if request.method != "POST" or request.endpoint != "learner.write":
        return None
    wanted = request.view_args or {}
    key = work.keyring.of([visitor.person.key_id]).get(visitor.person.key_id)
    if key is None:
        return None
    with work.sessions.begin() as session:
        try:
            seat = desks.find(session, visitor.person, key, visitor.link, work.catalogue, wanted["part"])
        except KeyError:
            return None
        if seat is None or not 1 <= wanted["number"] <= len(seat.part.steps):
            return None
        step = seat.part.steps[wanted["number"] - 1]
        (learner,) = learner_facts.gather(session, [seat.desk.enrolment.id])
        offered = days.of(learner, responses.local_day(learner, now.calendar))
        said = forms.read_step(step, request.form, days=offered.tiles)
        page = (seat.part.key, wanted["number"])
        late_drafts.keep(session, visitor.person, seat.placed.activity.id, page, said, key, now.calendar)
    return now.calendar
