"""The page behind a letter with a download: a GET shows it, a POST gives the file, once."""

from uuid import UUID

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain.trail import Actor
from lti_tool.services import downloads
from lti_tool.services.downloads import Sent
from lti_tool.web import auditing, export_files, mail_links, references
from lti_tool.web.visiting import now


def answer(delivery_id: UUID) -> ResponseReturnValue:
    """Says what the file is; a POST gives it and uses the link up. Whatever only looks changes nothing."""
    sent = _find(delivery_id)
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
    auditing.note("exported", Actor.LINK, sent.person.organisation_id, of=sent.person)
    references.note("privacy.download taken")
    return export_files.answer(export)


def _find(delivery_id: UUID) -> Sent | None:
    sent = downloads.of_letter(session(), delivery_id, now().real)
    if sent is not None:
        g.reader_locale = sent.person.letter_locale
        g.organisation_id = sent.person.organisation_id
    return sent
