"""A link to one's own words: asked for in a visit or behind a mail, and the pages that it opens.

A GET shows nothing of anybody: programs that look at mail open links. A POST shows the words.
"""

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain.exports import Export
from lti_tool.domain.trail import Actor
from lti_tool.models.people import Person
from lti_tool.services import archive_links, preferences
from lti_tool.services.archive_links import Owned
from lti_tool.services.links import Purpose
from lti_tool.web import auditing, downloads, export_files, mail_links, references
from lti_tool.web.access import Access, open_to
from lti_tool.web.visiting import is_fresh, now, visitor, workplace

blueprint = Blueprint("archives", __name__)


@blueprint.route("/v/<visit>/mine/archive", methods=["GET", "POST"])
@open_to(Access.LEARNER)
def in_the_tool() -> ResponseReturnValue:
    """Asks for a link after a fresh launch; ends it at any time."""
    person, back_url = visitor().person, url_for("mine.overview", visit=g.visit_token)
    if request.method == "POST" and "end" not in request.form and not is_fresh():
        return _asking(person, is_fresh=False, back_url=back_url), 403
    if request.method == "POST":
        _change(person)
        return redirect(url_for("archives.in_the_tool", visit=g.visit_token), 303)
    has_training = preferences.of_visitor(session(), person, visitor().link) is not None
    return _asking(
        person,
        is_fresh=is_fresh(),
        back_url=back_url,
        address_url=url_for("own_addresses.choose", visit=g.visit_token) if has_training else None,
    )


@blueprint.route("/m/<token>/archive", methods=["GET", "POST"])
@open_to(Access.MAIL_LINK)
def of_letter(token: str) -> ResponseReturnValue:
    """The same for who has no launch any more: it goes to where that mail came, and nowhere else."""
    learner = mail_links.find_learner(token)
    if learner is None:
        return mail_links.no_preferences()
    if request.method == "POST":
        _change(learner.person)
        return redirect(url_for("archives.of_letter", token=token), 303)
    return _asking(learner.person, back_url=url_for("preferences.choose", token=token))


@blueprint.route("/a/<token>", methods=["GET", "POST"])
@open_to(Access.MAIL_LINK)
def look(token: str) -> ResponseReturnValue:
    """Says what the link opens; a POST shows all that its owner wrote, or gives it as a file."""
    download_of = workplace().row_of(Purpose.DOWNLOAD, token)
    if download_of is not None:
        return downloads.answer(download_of)
    owned = _find(token)
    if owned is None:
        return _gone()
    if request.method != "POST":
        return _page("archive", owned, token, until=owned.link.expires_at)
    export = _open(owned)
    if export is None:
        session().rollback()
        return _gone()
    session().commit()
    auditing.note("exported", Actor.LINK, owned.person.organisation_id, of=owned.person)
    references.note("archive.opened")
    if "file" in request.form:
        return export_files.answer(export)
    return _page("archive_words", owned, token, export=export)


@blueprint.route("/a/<token>/stop", methods=["GET", "POST"])
@open_to(Access.MAIL_LINK)
def stop(token: str) -> ResponseReturnValue:
    """Shows what ends; a POST ends it."""
    owned = _find(token)
    if owned is None:
        return _gone()
    if request.method == "POST":
        archive_links.end(session(), owned.person)
        session().commit()
        references.note("archive.ended")
    return _page("archive_stop", owned, token, has_ended=request.method == "POST")


def _find(token: str) -> Owned | None:
    """What a link opens; its pages speak the language of its owner's mails."""
    owned = archive_links.find(session(), token, now().real)
    if owned is not None:
        g.reader_locale = owned.person.letter_locale
        g.organisation_id = owned.person.organisation_id
    return owned


def _open(owned: Owned) -> Export | None:
    """The words, once it is noted that they show; None when they do not any more."""
    is_open = archive_links.note_opened(session(), owned.link, now().real)
    return export_files.gather(owned.person) if is_open else None


def _gone() -> ResponseReturnValue:
    return mail_links.gone("archive_gone", "archive")


def _change(person: Person) -> None:
    """Asks or ends, as the button said; asking twice a day is once."""
    if "end" in request.form:
        archive_links.end(session(), person)
        references.note("archive.ended")
    elif "ask" in request.form:
        if archive_links.ask(session(), person, now()):
            references.note("archive.asked")
    else:
        abort(400)
    session().commit()


def _asking(person: Person, *, back_url: str, address_url: str | None = None, is_fresh: bool = True) -> str:
    real = now().real
    return render_template(
        "pages/archive_ask.html",
        offer=archive_links.offer(session(), person, real).value,
        known=archive_links.of_person(session(), person),
        live=archive_links.live(session(), person, real),
        holds_days=archive_links.HOLDS.days,
        is_fresh=is_fresh,
        back_url=back_url,
        address_url=address_url,
    )


def _page(name: str, owned: Owned, token: str, **shown: object) -> str:
    urls = {endpoint: url_for(f"archives.{endpoint}", token=token) for endpoint in ("look", "stop")}
    return render_template(f"pages/{name}.html", organisation=owned.organisation.name, urls=urls, **shown)
