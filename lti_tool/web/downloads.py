"""The page behind a letter with a download: a GET shows it, a POST gives the file, once."""

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.services import downloads
from lti_tool.services.downloads import Sent
from lti_tool.services.links import Purpose
from lti_tool.web import export_files, mail_links, references
from lti_tool.web.access import Access, open_to
from lti_tool.web.visiting import now, workplace

blueprint = Blueprint("downloads", __name__)


@blueprint.route("/a/<token>", methods=["GET", "POST"])
@open_to(Access.MAIL_LINK)
def take(token: str) -> ResponseReturnValue:
    """Says what the file is; a POST gives it and uses the link up. Whatever only looks changes nothing."""
    sent = _find(token)
    if sent is None:
        return mail_links.gone("download_gone", "privacy.download")
    if request.method != "POST":
        return render_template("pages/download.html", organisation=sent.organisation.name)
    export = (
        export_files.gather(sent.person) if downloads.take(session(), sent.download, now().real) else None
    )
    if export is None:
        session().rollback()
        return mail_links.gone("download_gone", "privacy.download")
    session().commit()
    references.note("privacy.download taken")
    return export_files.answer(export)


def _find(token: str) -> Sent | None:
    delivery_id = workplace().row_of(Purpose.DOWNLOAD, token)
    sent = downloads.of_letter(session(), delivery_id, now().real) if delivery_id else None
    if sent is not None:
        g.reader_locale = sent.person.letter_locale
    return sent
