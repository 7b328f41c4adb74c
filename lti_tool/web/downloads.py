"""The page behind a letter with a download: a GET shows it, a POST gives the file, once."""

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.services import downloads, links
from lti_tool.services.downloads import Sent
from lti_tool.services.links import Purpose
from lti_tool.web import export_files, references
from lti_tool.web.access import Access, open_to
from lti_tool.web.visiting import now, workplace

blueprint = Blueprint("downloads", __name__)


@blueprint.route("/a/<token>", methods=["GET", "POST"])
@open_to(Access.MAIL_LINK)
def take(token: str) -> ResponseReturnValue:
    """Says what the file is; a POST gives it and uses the link up. Whatever only looks changes nothing."""
    sent = _find(token)
    if sent is None:
        return _gone()
    if request.method != "POST":
        return render_template("pages/download.html", organisation=sent.organisation.name)
    export = (
        export_files.gather(sent.person) if downloads.take(session(), sent.download, now().real) else None
    )
    if export is None:
        session().rollback()
        return _gone()
    session().commit()
    references.note("privacy.download taken")
    return export_files.answer(export)


def _find(token: str) -> Sent | None:
    secret = workplace().settings.secret_key.get_secret_value()
    delivery_id = links.read(secret, Purpose.DOWNLOAD, token)
    sent = downloads.of_letter(session(), delivery_id, now().real) if delivery_id else None
    if sent is not None:
        g.reader_locale = sent.person.letter_locale
    return sent


def _gone() -> ResponseReturnValue:
    references.note("privacy.download refused")
    return render_template("pages/download_gone.html", reference=references.reference()), 410
