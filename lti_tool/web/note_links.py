"""The link of a logbook: made and ended in the tool, and the page behind it, which only writes."""

from datetime import timedelta
from uuid import UUID, uuid4

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.models.logbook import Way
from lti_tool.services import note_links
from lti_tool.services.logbook import WORDS, Added, Logbook
from lti_tool.web import forms, logbook, references
from lti_tool.web.access import Access, open_to
from lti_tool.web.forms import PageForm
from lti_tool.web.visiting import now, visitor, workplace

blueprint = Blueprint("note_links", __name__)

# A link is made and ended this long after a launch (real clock): who opened it is still there.
FRESH = timedelta(minutes=15)


@blueprint.route("/v/<visit>/logbook/link", methods=["GET", "POST"])
@open_to(Access.LEARNER)
def keep() -> ResponseReturnValue:
    """Makes a link and shows it this once, or ends it."""
    is_fresh = now().real <= visitor().visit.launched_at + FRESH
    if request.method != "POST":
        return _page(is_fresh=is_fresh)
    if not is_fresh:
        return _page(is_fresh=False), 403
    if "make" in request.form:
        return _make()
    return _end() if "end" in request.form else abort(400)


@blueprint.route("/l/<token>", methods=["GET", "POST"])
@open_to(Access.NOTE_LINK)
def write(token: str) -> ResponseReturnValue:
    """Room for one note; whoever holds the link reads nothing, and changes nothing that is there."""
    own = _logbook(token)
    form = logbook.new_form()
    if own is None:
        return _gone(form)
    if request.method != "POST":
        return _kept(token) if "kept" in request.args else _room(form, uuid4())
    page = forms.page_of(request.form.get("page"))
    if not logbook.fits(form):
        return _room(form, page), 422
    added = own.join(session(), forms.read(form), page, logbook.today_of(own.person), now(), Way.LINK)
    if added is Added.DAY_FULL:
        # No number: it would tell how many there are.
        logbook.refuse(form)
        return _room(form, page), 429
    session().commit()
    return redirect(_url(token, kept=1), 303)


def _make() -> ResponseReturnValue:
    """No redirect: no other page could show the link again."""
    token = note_links.make(session(), visitor().person, now().real)
    session().commit()
    references.note("note_link.made")
    return _page(address=f"{workplace().settings.base_url}{url_for('note_links.write', token=token)}")


def _end() -> ResponseReturnValue:
    note_links.end(session(), visitor().person)
    session().commit()
    references.note("note_link.ended")
    return redirect(url_for("note_links.keep", visit=g.visit_token, notice="link_ended"), 303)


def _logbook(token: str) -> Logbook | None:
    """The logbook that a link writes in; its pages speak the language of its owner."""
    person = note_links.find(session(), token)
    key = workplace().keyring.of([person.key_id]).get(person.key_id) if person else None
    if person is None or key is None:
        return None
    g.reader_locale = person.locale
    g.organisation_id = person.organisation_id
    return Logbook(person, key, workplace().catalogue)


def _kept(token: str) -> str:
    return render_template("pages/note_link_kept.html", again_url=_url(token))


def _room(form: PageForm, sent_as: UUID) -> str:
    return render_template("pages/note_link.html", form=form, sent_as=sent_as)


def _gone(form: PageForm) -> ResponseReturnValue:
    """What was typed stands there still, for who typed it to take along."""
    references.note("note_link.refused", reason="link_over")
    typed = [field.data for field in form if field.name in WORDS and field.data.words]
    page = render_template("pages/note_link_gone.html", typed=typed, reference=references.reference())
    return page, 410


def _url(token: str, kept: int | None = None) -> str:
    return url_for("note_links.write", token=token, kept=kept, lang=request.args.get("lang"))


def _page(*, is_fresh: bool = True, address: str | None = None) -> str:
    return render_template(
        "pages/note_link_own.html",
        is_fresh=is_fresh,
        address=address,
        link=note_links.of_person(session(), visitor().person),
        notice=request.args.get("notice"),
        back_url=url_for("logbook.write", visit=g.visit_token),
    )
