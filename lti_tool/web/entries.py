"""Instruments that people take up at will: what there is, what they wrote, and writing it page by page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from flask import Blueprint, Response, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain.answers import Answer
from lti_tool.domain.instruments import Instrument, Item, Shelf, Step
from lti_tool.domain.spreads import Spread
from lti_tool.models.courses import Role
from lti_tool.services import entries, stories, zones
from lti_tool.services.entries import Entries, Written
from lti_tool.web import (
    counting_along,
    forms,
    languages,
    released,
    revisions,
    speaking,
    telling,
)
from lti_tool.web.access import Access, open_to
from lti_tool.web.counting_along import Group
from lti_tool.web.forms import PageForm
from lti_tool.web.visiting import now, person_key, visitor, workplace

blueprint = Blueprint("entries", __name__, url_prefix="/v/<visit>/instruments")

SHELVES = {Role.LEARNER: Shelf.LEARNER, Role.TRAINER: Shelf.TRAINER, Role.LOOKER: Shelf.TRAINER}


@dataclass(frozen=True)
class Told:
    """An answer under its question. days: those that it names. group: what others answered."""

    item: Item
    said: Answer
    days: tuple[date, ...]
    group: Spread | None = None


@dataclass(frozen=True)
class Page:
    """A page of an entry, as somebody has it before them. kept: what was saved of it before."""

    asked: Instrument
    begun_as: UUID
    number: int
    step: Step
    written: Written | None

    @property
    def kept(self) -> dict[str, Answer]:
        said = self.written.said if self.written else {}
        return {item.id: said[item.id] for item in self.step.items if item.id in said}

    @property
    def is_last(self) -> bool:
        return self.number == len(entries.part(self.asked).steps)


@blueprint.get("")
@open_to(Access.VISITOR)
def shelf() -> str:
    """What somebody may take up, and when they last did."""
    on_it, taken = _shelf(), _own().taken(session())
    rows = [
        (each, entries.part(each).minutes, taken.get(each.key), _url("overview", each))
        for each in entries.offered(workplace().catalogue, on_it)
    ]
    return render_template("pages/instruments.html", shelf=on_it.value, rows=rows)


@blueprint.get("/<key>")
@open_to(Access.VISITOR)
def overview(key: str) -> str:
    """What an instrument is good for, a way to begin, and what was written before."""
    asked = _offered(key)
    before = [
        (each.entry.begun_on, _url("read", asked, each.entry.begun_as)) for each in _own().of(session(), key)
    ]
    return render_template(
        "pages/instrument.html",
        asked=asked,
        minutes=entries.part(asked).minutes,
        begin_url=_page_url(asked, uuid4(), 1),
        before=before,
        notice=request.args.get("notice"),
    )


@blueprint.get("/<key>/<uuid:begun_as>")
@open_to(Access.VISITOR)
def read(key: str, begun_as: UUID) -> str:
    """What somebody wrote, with the way to other words."""
    return page(find(key, begun_as) or abort(404))


def find(key: str, begun_as: UUID) -> Written | None:
    """An entry of the visitor's own; None before its first page was saved."""
    _offered(key)
    written = _own().find(session(), begun_as)
    return written if written is None or written.asked.key == key else abort(404)


def page(written: Written, notice: str | None = None) -> str:
    """The same, for who is sent back to it."""
    begun_as = written.entry.begun_as
    group = counting_along.find(written.asked)
    steps = [
        (step, list(_told(step, written, group)), _page_url(written.asked, begun_as, number))
        for number, step in enumerate(entries.part(written.asked).steps, start=1)
    ]
    return render_template(
        "pages/entry.html",
        written=written,
        steps=steps,
        group=group,
        telling=telling.find(written),
        count_url=_url("count", written.asked, begun_as),
        notice=notice or request.args.get("notice"),
        story_url=url_for("stories.show", visit=g.visit_token, key=written.asked.key, begun_as=begun_as),
        back_url=_url("overview", written.asked),
    )


@blueprint.post("/<key>/<uuid:begun_as>")
@open_to(Access.VISITOR)
def remove(key: str, begun_as: UUID) -> ResponseReturnValue:
    """Takes an entry out for good."""
    _offered(key)
    _own().remove(session(), begun_as)
    session().commit()
    return redirect(url_for("entries.overview", visit=g.visit_token, key=key, notice="entry_removed"), 303)


@blueprint.post("/<key>/<uuid:begun_as>/count")
@open_to(Access.LEARNER)
def count(key: str, begun_as: UUID) -> ResponseReturnValue:
    """Adds somebody's choices to the picture of their group, without their name."""
    written = find(key, begun_as) or abort(404)
    counting_along.find(written.asked) or abort(404)
    if not counting_along.add(written):
        return page(written, "counted_too_late"), 409
    session().commit()
    return redirect(_url("read", written.asked, begun_as, notice="counted"), 303)


@blueprint.route("/<key>/<uuid:begun_as>/<int:number>", methods=["GET", "POST"])
@open_to(Access.VISITOR)
def write(key: str, begun_as: UUID, number: int) -> ResponseReturnValue:
    """One page of an entry: read it, or save it and go on."""
    if request.method == "POST":
        _own().hold(session(), begun_as)
    page = _page(key, begun_as, number)
    form = _form(page)
    return _keep(page, form) if request.method == "POST" else _show(page, form)


def _keep(page: Page, form: PageForm) -> ResponseReturnValue:
    by_itself = "autosave" in request.form
    opened = request.form.get("opened")
    clashes = revisions.settle(workplace().keyring.named, _place(page), form, opened, page.kept)
    if clashes or (by_itself and "asked" in request.form):
        return Response(status=409) if by_itself else (_show(page, form, clashes), 409)
    if speaking.is_asked():
        return _show(page, form)
    fits = form.validate()
    said, today = forms.read(form), _today()
    _own().save(session(), page.asked, page.begun_as, said, today, now())
    if page.written is not None and not by_itself:
        stories.tell_anew(session(), page.written.entry.id, now().calendar)
    session().commit()
    after = _page(page.asked.key, page.begun_as, page.number)
    if by_itself:
        return Response(_opened(after), mimetype="text/plain")
    return redirect(_next_url(after), 303) if fits else (_show(after, form), 422)


def _next_url(page: Page) -> str:
    if page.written is None or "later" in request.form:
        return _url("overview", page.asked, notice="saved" if page.written else None)
    if page.is_last:
        return _url("read", page.asked, page.begun_as, notice="entry_kept")
    return _page_url(page.asked, page.begun_as, page.number + 1)


def _page(key: str, begun_as: UUID, number: int) -> Page:
    written = find(key, begun_as)
    asked = written.asked if written else _offered(key)
    steps = entries.part(asked).steps
    step = steps[number - 1] if 1 <= number <= len(steps) else abort(404)
    return Page(asked, begun_as, number, step, written)


def _form(page: Page) -> PageForm:
    sent = request.form if request.method == "POST" else None
    return forms.step(page.step, languages.language(), today=_today(), said=page.kept, sent=sent)


def _show(page: Page, form: PageForm, clashes: dict[str, Answer] | None = None) -> str:
    if page.written is not None:
        released.of_entry(page.written.entry.id)
    before = _page_url(page.asked, page.begun_as, page.number - 1)
    return render_template(
        "pages/step.html",
        instrument=page.asked,
        part=entries.part(page.asked),
        meeting_number=None,
        pace=None,
        step=page.step,
        number=page.number,
        form=form,
        clashes=clashes or {},
        opened=_opened(page),
        saved_at=page.written.entry.saved_at if page.written else None,
        draft=None,
        typed={},
        shown={},
        back_url=before if page.number > 1 else _url("overview", page.asked),
        back_label=page.asked.title[languages.language()],
    )


def _opened(page: Page) -> str:
    return revisions.write(workplace().keyring.named, _place(page), page.step.items, page.kept)


def _place(page: Page) -> str:
    return f"entry/{visitor().person.id}/{page.begun_as}"


def _told(step: Step, written: Written, group: Group | None) -> Iterator[Told]:
    spread = group.spread if group else {}
    for item in step.items:
        if item.id in written.said:
            said = written.said[item.id]
            yield Told(item, said, item.days(said), spread.get(item.id))


def _shelf() -> Shelf:
    return SHELVES.get(visitor().role) or abort(404)


def _offered(key: str) -> Instrument:
    """An instrument that this visitor may take up."""
    there = entries.offered(workplace().catalogue, _shelf())
    return next((each for each in there if each.key == key), None) or abort(404)


def _own() -> Entries:
    return Entries(visitor().person, person_key() or abort(403), workplace().catalogue)


def _today() -> date:
    return zones.today_anywhere(visitor().person, workplace().settings.timezone, now().calendar)


def _url(view: str, asked: Instrument, begun_as: UUID | None = None, notice: str | None = None) -> str:
    return url_for(f"entries.{view}", visit=g.visit_token, key=asked.key, begun_as=begun_as, notice=notice)


def _page_url(asked: Instrument, begun_as: UUID, number: int) -> str:
    return url_for("entries.write", visit=g.visit_token, key=asked.key, begun_as=begun_as, number=number)
