"""A form posted under a visit that has expired: what was typed is kept."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from flask import request
from sqlalchemy.orm import Session

from lti_tool.domain.clock import Now
from lti_tool.models.logbook import Way
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import (
    desks,
    entries,
    late_drafts,
    learner_facts,
    logbook,
    preferences,
    responses,
    zones,
)
from lti_tool.services.entries import Entries
from lti_tool.services.keys import Key
from lti_tool.services.logbook import Added, Logbook
from lti_tool.services.visits import Visitor
from lti_tool.web import days, forms
from lti_tool.web.forms import PageForm

# Of a check-in: what its writer alone reads. What a figure counts, who could help, and another plan wait for
# a visit that holds.
TOLD = {"brought", "evidence"}


@dataclass(frozen=True)
class Kept:
    """What became of a text. at: when it was saved. is_ready: it stands where its writer goes on with it.

    misfits: the items whose answer cannot be stored, such as a day that is none.
    """

    at: datetime
    is_ready: bool = False
    misfits: frozenset[str] = frozenset()


def keep(work: Workplace, visitor: Visitor, now: Now) -> Kept | None:
    """Adds what was typed, sealed; None when there was nothing that can be kept."""
    key = work.keyring.of([visitor.person.key_id]).get(visitor.person.key_id)
    if request.method != "POST" or key is None:
        return None
    if request.endpoint in {"logbook.write", "logbook.change"} and "remove" not in request.form:
        return _note(work, Logbook(visitor.person, key, work.catalogue), now)
    if request.endpoint == "entries.write":
        return _entry(work, Entries(visitor.person, key, work.catalogue), now)
    if request.endpoint == "check_ins.more":
        return _told(work, visitor, key, now)
    return _draft(work, visitor, key, now) if request.endpoint == "learner.write" else None


def _note(work: Workplace, own: Logbook, now: Now) -> Kept | None:
    """A note that was typed joins the others, once: it overwrites nothing, and shows none of them."""
    said = forms.read(forms.note(logbook.part(work.catalogue).items, "nl", sent=request.form))
    today = zones.today_anywhere(own.person, work.settings.timezone, now.calendar)
    with work.sessions.begin() as session:
        added = own.join(session, said, _page(session, own), today, now, Way.TOOL)
    return Kept(now.calendar) if added is Added.KEPT else None


def _page(session: Session, own: Logbook) -> UUID:
    """What the page of a note goes by; the page of one that is there already, by what that note came from."""
    note_id = (request.view_args or {}).get("note_id")
    if note_id is None:
        return forms.page_of(request.form.get("page"))
    written = own.find(session, note_id)
    return written.note.sent_as if written else UUID(str(note_id))


def _entry(work: Workplace, own: Entries, now: Now) -> Kept | None:
    """A page of an entry that was typed becomes an entry of its own: it overwrites nothing."""
    wanted = request.view_args or {}
    asked = work.catalogue.latest(wanted["key"]) if work.catalogue.has(wanted["key"]) else None
    steps = entries.part(asked).steps if asked and asked.shelf else ()
    if asked is None or not 1 <= wanted["number"] <= len(steps):
        return None
    today = zones.today_anywhere(own.person, work.settings.timezone, now.calendar)
    form = forms.step(steps[wanted["number"] - 1], "nl", today=today, sent=request.form)
    said = forms.read(form)
    if all(answer.is_open for answer in said.values()):
        return None
    # The same page sent twice is kept once.
    begun_as = uuid5(wanted["begun_as"], f"late {wanted['number']}")
    with work.sessions.begin() as session:
        own.save(session, asked, begun_as, said, today, now)
    return Kept(now.calendar, is_ready=True, misfits=_misfits(form))


def _told(work: Workplace, visitor: Visitor, key: Key, now: Now) -> Kept | None:
    """What was told beside the answer of today joins it: it overwrites nothing, and shows nothing."""
    name = (request.view_args or {})["name"]
    if name not in TOLD or "skip" in request.form:
        return None
    (step,) = work.catalogue.latest("check_in").part(name).steps
    with work.sessions.begin() as session:
        learner = preferences.of_visitor(session, visitor.person, visitor.link)
        if learner is None:
            return None
        asked = responses.in_the_tool(session, learner.enrolment.id, now.calendar, to_change=True)
        today = responses.local_day(asked.learner, now.calendar)
        form = forms.step(step, "nl", today=today, sent=request.form)
        # No page asks to make a text shorter that stands there once.
        if not form.validate() or not responses.join(session, asked, forms.read(form), key):
            return None
    return Kept(now.calendar)


def _draft(work: Workplace, visitor: Visitor, key: Key, now: Now) -> Kept | None:
    wanted = request.view_args or {}
    with work.sessions.begin() as session:
        who, link = visitor.person, visitor.link
        asked_with = request.form.get("asked_with", "")
        seat = desks.in_training(session, who, key, link, work.catalogue, wanted["part"], asked_with)
        if seat is None or not 1 <= wanted["number"] <= len(seat.part.steps):
            return None
        step = seat.part.steps[wanted["number"] - 1]
        (learner,) = learner_facts.gather(session, [seat.desk.enrolment.id])
        offered = days.of(learner, responses.local_day(learner, now.calendar))
        form = forms.sent_step(step, request.form, days=offered.tiles)
        page, said = (seat.part.key, wanted["number"]), forms.read(form)
        # Nothing takes the place of what was kept before.
        is_empty = all(answer.is_open for answer in said.values())
        if is_empty and late_drafts.of_page(session, who, seat.desk.activity.id, page):
            return None
        late_drafts.keep(session, seat.desk, page, said, now.calendar)
    return Kept(now.calendar, is_ready=True, misfits=_misfits(form))


def _misfits(form: PageForm) -> frozenset[str]:
    return frozenset(field.name for field in form if not field.can_be_kept)
