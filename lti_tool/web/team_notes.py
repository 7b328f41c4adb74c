"""Room for what a team says in a talk, behind the card of a contact: written and read there alone."""

from datetime import timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.models.team_notes import Talk, TeamNote
from lti_tool.services import climates, team_notes
from lti_tool.services.climates import Picture
from lti_tool.services.one_card import Letter
from lti_tool.services.team_notes import LONGEST, About, Earlier, Said
from lti_tool.web import cards, mail_links, meanwhile
from lti_tool.web.access import Access, open_to
from lti_tool.web.fields import DayField, TextField
from lti_tool.web.forms import PageForm, Posted
from lti_tool.web.typed import Span
from lti_tool.web.visiting import now, workplace

blueprint = Blueprint("team_notes", __name__, url_prefix="/o/<token>")

# So far ahead a team may plan its next talk, counted from the day of the card.
AHEAD, EXAMPLE = timedelta(days=200), timedelta(days=91)


ENDPOINTS = {Talk.VALUE_CHECK: "team_notes.value_check", Talk.CLIMATE: "team_notes.climate"}
PAGES = {Talk.VALUE_CHECK: "pages/team_notes.html", Talk.CLIMATE: "pages/team_climate.html"}
TEXTS = ("brought", "agreed")


@blueprint.route("/value-check", methods=["GET", "POST"])
@open_to(Access.MAIL_LINK)
def value_check(token: str) -> ResponseReturnValue:
    """Notes of a value check with what was noted the times before; keeping and removing them."""
    return _talk(token, Talk.VALUE_CHECK)


@blueprint.route("/climate", methods=["GET", "POST"])
@open_to(Access.MAIL_LINK)
def climate(token: str) -> ResponseReturnValue:
    """What a group says of its learning climate, and what the team agreed on; keeping and removing that."""
    return _talk(token, Talk.CLIMATE)


def _talk(token: str, talk: Talk) -> ResponseReturnValue:
    found = cards.find(token)
    which = team_notes.about(found, talk)
    if which is None:
        return _gone()
    return _write(token, which, found) if request.method == "POST" else _page(token, which, found)


def _write(token: str, which: About, found: list[Letter]) -> ResponseReturnValue:
    note = team_notes.find(session(), which, is_held=True)
    form = form_of(which, sent=request.form)
    if "remove" in request.form:
        return _remove(token, which, note)
    if meanwhile.is_other(_mark(_said(note))):
        return _page(token, which, found, form, is_changed=True), 409
    if not form.validate():
        return _page(token, which, found, form), 422
    said = Said(**{field.name: field.data for field in form})
    if said == Said():
        return _remove(token, which, note)
    if not _keep(which, note, said):
        session().rollback()
        return _page(token, which, found, form, is_changed=True), 409
    session().commit()
    return redirect(url_for(ENDPOINTS[which.talk], token=token, notice="kept"), 303)


def _keep(which: About, note: TeamNote | None, said: Said) -> bool:
    """Keeps what was sent; the key of new notes is there before them, and goes when they do not come."""
    ring = workplace().keyring
    key = ring.of([note.key_id]).get(note.key_id) if note else ring.make(now().real)
    if key is not None and team_notes.write(session(), which, note, said, key):
        return True
    if note is None and key is not None:
        ring.forget(key.id)
    return False


def _remove(token: str, which: About, note: TeamNote | None) -> ResponseReturnValue:
    if note is not None:
        workplace().keyring.forget(note.key_id)
        team_notes.remove(session(), note)
        session().commit()
    return redirect(url_for(ENDPOINTS[which.talk], token=token, notice="gone"), 303)


def form_of(which: About, said: Said | None = None, sent: Posted | None = None) -> PageForm:
    """The notes, as they are or as they were sent. Of the climate only what was agreed on is noted."""
    day, known = which.asked_on, said or Said()
    span = Span(day, day + AHEAD, day + EXAMPLE)
    form = PageForm({"agreed": TextField(LONGEST)})
    if which.talk is Talk.VALUE_CHECK:
        texts = {name: TextField(LONGEST) for name in TEXTS}
        form = PageForm({**texts, "next_on": DayField(span, may_stay_open=True)})
    form.process(sent, data={"brought": known.brought, "agreed": known.agreed, "next_on": known.next_on})
    return form


def _page(
    token: str,
    which: About,
    found: list[Letter],
    form: PageForm | None = None,
    *,
    is_changed: bool = False,
) -> str:
    said = _said(team_notes.find(session(), which))
    titles = {follower.track.title for _, follower in found}
    return render_template(
        PAGES[which.talk],
        pictures=_pictures(found) if which.talk is Talk.CLIMATE else [],
        title=titles.pop() if len(titles) == 1 else None,
        token=token,
        form=form or form_of(which, said),
        said=said,
        is_there=said != Said(),
        earlier=_earlier(which),
        limit=LONGEST,
        is_changed=is_changed,
        filled_from=meanwhile.carried(_mark(said), is_told=is_changed),
        notice=request.args.get("notice"),
    )


def _pictures(found: list[Letter]) -> list[Picture]:
    return climates.pictures(session(), found, workplace().catalogue)


def _said(note: TeamNote | None) -> Said:
    return team_notes.read(note, workplace().keyring.of([note.key_id]) if note else {})


def _earlier(which: About) -> list[Earlier]:
    """What was noted the times before, as far as it is there to be read."""
    notes = team_notes.before(session(), which)
    keys = workplace().keyring.of([note.key_id for note in notes])
    read = [Earlier(note.asked_on, team_notes.read(note, keys)) for note in notes]
    return [each for each in read if each.said != Said()]


def _mark(said: Said) -> str:
    return meanwhile.mark(said.brought, said.agreed, said.next_on)


def _gone() -> ResponseReturnValue:
    """A card that opens no more; what was typed stands there to copy."""
    typed = [request.form.get(name, "") for name in TEXTS]
    return mail_links.gone("card_gone", "card", typed=[each for each in typed if each])
