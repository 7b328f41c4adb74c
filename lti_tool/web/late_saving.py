"""A form posted under a visit that has expired: what was typed is kept."""

from datetime import datetime
from uuid import uuid4

from flask import request

from lti_tool.domain.clock import Now
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import desks, late_drafts, learner_facts, logbook, responses, zones
from lti_tool.services.keys import Key
from lti_tool.services.logbook import Logbook
from lti_tool.services.visits import Visitor
from lti_tool.web import days, forms


def keep(work: Workplace, visitor: Visitor, now: Now) -> datetime | None:
    """Adds a sealed draft; when it was saved, or None when there was nothing to keep."""
    key = work.keyring.of([visitor.person.key_id]).get(visitor.person.key_id)
    if request.method != "POST" or key is None:
        return None
    if request.endpoint in {"logbook.write", "logbook.change"} and "remove" not in request.form:
        return _note(work, Logbook(visitor.person, key, work.catalogue), now)
    return _draft(work, visitor, key, now) if request.endpoint == "learner.write" else None


def _note(work: Workplace, own: Logbook, now: Now) -> datetime | None:
    """A note that was typed joins the others: it overwrites nothing, and shows none of them."""
    said = forms.read(forms.note(logbook.part(work.catalogue).items, "nl", sent=request.form))
    today = zones.today_anywhere(own.person, work.settings.timezone, now.calendar)
    with work.sessions.begin() as session:
        added = own.add(session, said, uuid4(), today, now)
    return now.calendar if added else None


def _draft(work: Workplace, visitor: Visitor, key: Key, now: Now) -> datetime | None:
    wanted = request.view_args or {}
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
