"""The pages of the logbook, with what they are shown with."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from werkzeug.datastructures import MultiDict

from lti_tool.domain.answers import Answer
from lti_tool.models.logbook import Note, NoteLink, Way
from lti_tool.services import catalogue, logbook, note_bounds, note_kinds
from lti_tool.services.logbook import Month, Written
from lti_tool.services.note_evidence import OwnPlan
from lti_tool.web import forms
from lti_tool.web.problems import Problem, ProblemKind
from tests.web.sample_steps import SENTENCE
from tests.web.samples import AN_ID, NOW, TITLE, TODAY, VISIT, Page

ALOUD = {
    "log.note": Answer(words="Femke leest haar brieven hardop.\nIk hoorde meteen waar het stroef werd."),
    "log.kind": Answer(choices=("watching",)),
    "log.need": Answer(choices=("more",)),
}
THANKS = {"log.wonder": Answer(words="Een mevrouw belde om te bedanken.")}


def pages(locale: str) -> Iterator[Page]:
    """All of them."""
    form, around = _form(locale), {"visit": VISIT, "sent_as": AN_ID, "notice": None}
    around |= {"step": logbook.part(catalogue.load()).steps[0], "form": form}
    around |= {"has_plan": True, "with_plans": {}, "occurred": []}
    nothing = {**around, "months": [], "shown": None, "notes": []}
    yield Page("logbook", nothing, "empty")
    notes = [written(ALOUD), written(THANKS)]
    this = Month(TODAY.replace(day=1), 2)
    one = {**around, "months": [(this, "/v/v1/logbook")], "shown": this, "notes": notes}
    yield Page("logbook", {**one, "notice": "note_kept"}, "one month")
    another = {"log.kind": Answer(choices=("other",), words="Uit een filmpje")}
    occurred = note_kinds.of([notes[0], written({**THANKS, **another})])
    yield Page("logbook", {**one, "occurred": occurred}, "in words")
    kept = {"with_plans": {notes[0].note.id: [TITLE, "Mondeling besturen"]}, "notice": "note_with_plan"}
    yield Page("logbook", {**one, **kept}, "with plans")
    yield Page("logbook", {**one, "has_plan": False, "notice": "note_without_plan"}, "without a plan")
    earlier = replace(this, first_on=(this.first_on - timedelta(days=1)).replace(day=1), notes=12)
    yield Page("logbook", {**one, "months": [*one["months"], (earlier, "/v/v1/logbook")]}, "two months")
    yield Page("logbook", {**one, "form": _without_words(locale), "notice": "note_removed"}, "to mend")
    gone = {"form": _form(locale, said=ALOUD), "notice": "note_gone"}
    yield Page("logbook", {**one, **gone}, "removed meanwhile")
    yield Page("logbook", {**one, "form": _refused(locale, note_bounds.MOST_A_DAY)}, "a full day")
    yield from _change(locale, notes[0])
    yield from _with_plans(notes[0])
    yield from _link(locale)


def _change(locale: str, before: Written) -> Iterator[Page]:
    """One note, also where two pages have it open."""
    shown = {"visit": VISIT, "back_url": "/v/v1/logbook", "written": before, "opened": "x.y"}
    shown |= {"form": _form(locale, said=ALOUD), "clashes": {}, "is_newer": False}
    yield Page("logbook_note", shown)
    both = {**THANKS, "log.need": Answer(choices=("other",), words="Een nieuwe balie"), "log.kind": Answer()}
    yield Page("logbook_note", {**shown, "clashes": both}, "two texts")
    yield Page("logbook_note", {**shown, "is_newer": True}, "changed before it was removed")


def _with_plans(written: Written) -> Iterator[Page]:
    """A note and the plans that it can be kept with."""
    made = OwnPlan(AN_ID, TITLE, TODAY, SENTENCE, "", has_note=True)
    prepared = replace(made, enrolment_id=UUID(int=7), sentence=None, task="De brief", has_note=False)
    bare = replace(prepared, enrolment_id=UUID(int=8), task="", ended_on=TODAY.replace(month=4))
    for name, plans in (("several", [made, prepared, bare]), ("none", [])):
        shown = {"visit": VISIT, "written": written, "plans": plans, "back_url": "/v/v1/logbook"}
        yield Page("note_evidence", shown, name)


def _link(locale: str) -> Iterator[Page]:
    """The link of a logbook, and the page behind it."""
    made = NoteLink(made_at=NOW)
    around = {"visit": VISIT, "back_url": "/v/v1/logbook", "is_fresh": True, "link": None}
    around |= {"address": None, "notice": None, "language_form_url": "/v/v1/language"}
    yield Page("note_link_own", {**around, "notice": "link_ended"}, "none")
    yield Page("note_link_own", {**around, "link": made}, "one")
    url = "https://beklijf.example/l/" + "Qx3wT7vK9mPz2LrB8nYc" * 2
    yield Page("note_link_own", {**around, "link": made, "address": url}, "just made")
    yield Page("note_link_own", {**around, "link": made, "is_fresh": False}, "after a quarter")
    room = {"visit": None, "sent_as": AN_ID}
    yield Page("note_link", {**room, "form": _form(locale)}, "empty")
    yield Page("note_link", {**room, "form": _without_words(locale)}, "to mend")
    yield Page("note_link", {**room, "form": _refused(locale)}, "a full day")
    yield Page("note_link_kept", {"again_url": "/l/t1"})
    gone = {"reference": "BK-7Q2M-94XA", "typed": []}
    yield Page("note_link_gone", gone, "empty")
    yield Page("note_link_gone", {**gone, "typed": [*THANKS.values()]}, "typed")


def _form(locale: str, **more: object) -> forms.PageForm:
    return forms.note(logbook.part(catalogue.load()).items, locale, **more)


def _without_words(locale: str) -> forms.PageForm:
    form = _form(locale, sent=MultiDict({"log.kind": "flying", "log.wonder": "x" * 1100}))
    form.validate()
    form["log.note"].errors = [Problem(ProblemKind.NO_NOTE)]
    return form


def _refused(locale: str, limit: int = 0) -> forms.PageForm:
    form = _form(locale, said=ALOUD)
    form["log.note"].errors = [Problem(ProblemKind.DAY_FULL, limit=limit)]
    return form


def written(said: dict[str, Answer]) -> Written:
    """A note as its writer reads it."""
    note = Note(id=UUID(int=len(said)), written_on=TODAY, written_at=NOW, way=Way.LINK)
    return Written(note, catalogue.load().latest(logbook.KEY), said)
