"""The logbook within a visit: a note in a few seconds, and what was noted before, month by month."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain.answers import Answer
from lti_tool.models.logbook import Note
from lti_tool.models.people import Person
from lti_tool.services import logbook, note_bounds, note_evidence, note_kinds, zones
from lti_tool.services.logbook import Added, Logbook, Month, Written
from lti_tool.web import forms, languages, revisions
from lti_tool.web.access import Access, open_to
from lti_tool.web.forms import PageForm
from lti_tool.web.problems import Problem, ProblemKind
from lti_tool.web.visiting import now, person_key, visitor, workplace

MONTH = "%Y-%m"

blueprint = Blueprint("logbook", __name__, url_prefix="/v/<visit>/logbook")


@blueprint.route("", methods=["GET", "POST"])
@open_to(Access.LEARNER)
def write() -> ResponseReturnValue:
    """Room for a note, and the notes of a month: the latest, or the one that was asked for."""
    form = new_form()
    if request.method != "POST":
        return _page(form, uuid4())
    sent_as = forms.page_of(request.form.get("page"))
    if not fits(form):
        return _page(form, sent_as), 422
    added = own().add(session(), forms.read(form), sent_as, today_of(visitor().person), now())
    if added is Added.CHANGED:
        return _both(own().sent(session(), sent_as) or abort(404))
    if added is Added.DAY_FULL:
        refuse(form, note_bounds.MOST_A_DAY)
        return _page(form, sent_as), 429
    session().commit()
    return redirect(_url("note_kept"), 303)


@blueprint.route("/<uuid:note_id>", methods=["GET", "POST"])
@open_to(Access.LEARNER)
def change(note_id: UUID) -> ResponseReturnValue:
    """Other words for a note, or taking it out."""
    if request.method != "POST":
        written = own().find(session(), note_id) or abort(404)
        return _note_page(written, _form_of(written))
    own().hold(session())
    # Read now: who had to wait for another page finds what that one made of it.
    found = own().find(session(), note_id)
    if found is None and logbook.is_there(session(), note_id):
        abort(404)
    if "remove" in request.form:
        return _remove(note_id, found)
    return _keep(found) if found else _gone()


def _keep(written: Written) -> ResponseReturnValue:
    """Keeps other words; what another page changed meanwhile is shown beside them first."""
    form, opened = _form_of(written), request.form.get("opened")
    clashes = revisions.settle(workplace().keyring.named, _place(written), form, opened, written.said)
    if clashes:
        return _note_page(written, form, clashes=clashes), 409
    if not fits(form):
        return _note_page(written, form), 422
    own().change(session(), written.note, forms.read(form), now())
    session().commit()
    return redirect(month_url(written.note, "note_kept"), 303)


def _remove(note_id: UUID, found: Written | None) -> ResponseReturnValue:
    """Takes a note out; one that another page changed meanwhile is shown first, as it is now."""
    if found and request.form.get("opened") not in (None, _opened(found)):
        return _note_page(found, _form_of(found, as_sent=False), is_newer=True), 409
    own().remove(session(), note_id)
    session().commit()
    return redirect(_url("note_removed"), 303)


def _gone() -> ResponseReturnValue:
    """Removed on another page: what was typed since can become a note of its own."""
    form = new_form()
    if not logbook.has_words(forms.read(form)):
        abort(404)
    form.validate()
    return _page(form, uuid4(), notice="note_gone"), 409


def _both(written: Written) -> ResponseReturnValue:
    """The note as another page made it, above what an older page sends once more."""
    form = _form_of(written)
    others = {field.name: written.said.get(field.name, Answer()) for field in form}
    clashes = {field.name: others[field.name] for field in form if field.data != others[field.name]}
    return _note_page(written, form, clashes=clashes), 409


def new_form() -> PageForm:
    """The form of a note, with what was sent."""
    items = logbook.part(workplace().catalogue).items
    sent = request.form if request.method == "POST" else None
    return forms.note(items, languages.language(), sent=sent)


def today_of(person: Person) -> date:
    """The writer's local day."""
    return zones.today_anywhere(person, workplace().settings.timezone, now().calendar)


def own() -> Logbook:
    """The visitor's own."""
    return Logbook(visitor().person, person_key() or abort(403), workplace().catalogue)


def _form_of(written: Written, *, as_sent: bool = True) -> PageForm:
    items = written.asked.part(logbook.PART).items
    sent = request.form if as_sent and request.method == "POST" else None
    return forms.note(items, languages.language(), said=written.said, sent=sent)


def fits(form: PageForm) -> bool:
    """Whether there is a note in it, and all of it fits."""
    if not form.validate():
        return False
    if not logbook.has_words(forms.read(form)):
        form["log.note"].errors = [Problem(ProblemKind.NO_NOTE)]
    return not form.to_mend


def refuse(form: PageForm, limit: int = 0) -> None:
    """Says that the day takes no more notes. limit: how many it takes; 0 says no number."""
    form["log.note"].errors = [Problem(ProblemKind.DAY_FULL, limit=limit)]


def _place(written: Written) -> str:
    return f"note/{written.note.id}"


def _opened(written: Written) -> str:
    items = written.asked.part(logbook.PART).items
    return revisions.write(workplace().keyring.named, _place(written), items, written.said)


def _note_page(written: Written, form: PageForm, **more: Any) -> str:
    """One note. clashes: what another page saved, by item. is_newer: it shows what that page saved."""
    return render_template(
        "pages/logbook_note.html",
        **{"clashes": {}, "is_newer": False, **more},
        form=form,
        written=written,
        opened=_opened(written),
        back_url=month_url(written.note),
    )


def _page(form: PageForm, sent_as: UUID, notice: str | None = None) -> str:
    months = own().months(session())
    shown = _wanted(months)
    notes = own().of_month(session(), shown) if shown else []
    return render_template(
        "pages/logbook.html",
        step=logbook.part(workplace().catalogue).steps[0],
        form=form,
        sent_as=sent_as,
        months=[(month, _url(first_on=month.first_on)) for month in months],
        shown=shown,
        notes=notes,
        # Of one note there is nothing to look back on that does not stand in it.
        occurred=note_kinds.of(notes) if len(notes) > 1 else [],
        has_plan=note_evidence.has_plan(session(), visitor().person),
        with_plans=note_evidence.titles(session(), visitor().person),
        notice=notice or request.args.get("notice"),
    )


def _wanted(months: list[Month]) -> Month | None:
    """The month that was asked for, else the latest; None while nothing is written."""
    try:
        asked = datetime.strptime(request.args.get("month", ""), MONTH).date()  # noqa: DTZ007  a month has no zone
    except ValueError:
        asked = None
    return next((month for month in months if month.first_on == asked), next(iter(months), None))


def month_url(note: Note, notice: str | None = None) -> str:
    """The page on which a note stands, with what has just happened to it."""
    return _url(notice, note.written_on.replace(day=1))


def _url(notice: str | None = None, first_on: date | None = None) -> str:
    month = first_on.strftime(MONTH) if first_on else None
    return url_for("logbook.write", visit=g.visit_token, notice=notice, month=month)
