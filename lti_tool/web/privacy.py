"""What is kept of somebody: shown after a data privacy launch, and erased from there."""

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain.exports import Export
from lti_tool.domain.terms import Terms
from lti_tool.models.people import Person
from lti_tool.models.privacy import Whose
from lti_tool.rounds import erasing
from lti_tool.services import downloads, launches, privacy, terms
from lti_tool.services.downloads import Offer
from lti_tool.web import export_files, operators, references
from lti_tool.web.access import Access, open_to
from lti_tool.web.privacy_passes import asker
from lti_tool.web.visiting import now, workplace

blueprint = Blueprint("privacy", __name__, url_prefix="/v/<visit>/privacy")


@blueprint.get("/")
@open_to(Access.PRIVACY)
def overview() -> ResponseReturnValue:
    """Kinds and numbers of what is kept; in general when the launch is about nobody in particular."""
    whose, about = asker().visit.whose, asker().about
    if whose is Whose.NOBODYS:
        return render_template(
            "pages/privacy_statement.html",
            return_url=asker().visit.return_url,
            operator=operators.operator(),
            terms=_terms(),
        )
    return render_template(
        "pages/privacy.html",
        is_own=whose is Whose.OWN,
        name=_name_of(about),
        kept=privacy.kept(session(), about) if about else None,
        terms=_terms(),
        erase_url=url_for("privacy.erase", visit=g.visit_token),
        words_url=url_for("privacy.words", visit=g.visit_token),
        offer=_offer(),
        send_url=url_for("privacy.send", visit=g.visit_token),
        return_url=asker().visit.return_url,
        was_erased="erased" in request.args,
    )


@blueprint.get("/words")
@open_to(Access.PRIVACY)
def words() -> ResponseReturnValue:
    """All that somebody wrote, for themselves, to read and to print."""
    back = {"back_url": _overview_url(), "download_url": url_for("privacy.download", visit=g.visit_token)}
    return render_template("pages/privacy_words.html", export=_own_export(), **back)


@blueprint.get("/download")
@open_to(Access.PRIVACY)
def download() -> ResponseReturnValue:
    """The same as a file, with all else that is kept."""
    export = _own_export()
    references.note("privacy.exported", whose=Whose.OWN, reg=asker().platform.id)
    return export_files.answer(export)


@blueprint.post("/send")
@open_to(Access.PRIVACY)
def send() -> ResponseReturnValue:
    """Sends the person a link to their file; who asks for it sees neither."""
    about = asker().about
    if about is None or asker().visit.whose is not Whose.ANOTHERS:
        abort(404)
    if downloads.send(session(), about.id, workplace().keyring.named, now()):
        session().commit()
        references.note("privacy.download sent", reg=asker().platform.id)
    return redirect(_overview_url(), 303)


@blueprint.route("/erase", methods=["GET", "POST"])
@open_to(Access.PRIVACY)
def erase() -> ResponseReturnValue:
    """Asks once more; then erases the person that the launch was about."""
    about = asker().about or abort(404)
    if request.method != "POST":
        shown = {"is_own": asker().visit.whose is Whose.OWN, "name": _name_of(about)}
        return render_template("pages/privacy_erase.html", back_url=_overview_url(), **shown)
    session().rollback()
    erasing.erase(workplace(), about.id, now=now())
    references.note("privacy.erased", whose=asker().visit.whose, reg=asker().platform.id)
    return redirect(_overview_url(erased=True), 303)


def _terms() -> Terms:
    return terms.of(session(), asker().visit.organisation_id)


def _own_export() -> Export:
    """Nobody but the person: not who asks for them."""
    about = asker().about
    if about is None or asker().visit.whose is not Whose.OWN:
        abort(404)
    return export_files.gather(about) or abort(404)


def _offer() -> Offer:
    about = asker().about
    if about is None or asker().visit.whose is not Whose.ANOTHERS:
        return Offer.NOT
    return downloads.offer(session(), about, workplace().keyring.named, now().real)


def _name_of(person: Person | None) -> str | None:
    if person is None:
        return None
    return launches.name_of(person, workplace().keyring.of([person.key_id]).get(person.key_id))


def _overview_url(erased: bool | None = None) -> str:
    return url_for("privacy.overview", visit=g.visit_token, erased=erased)
