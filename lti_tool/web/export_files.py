"""All that is kept of somebody as a file, for that person alone: a page to read, and one for programs."""

import json
from dataclasses import asdict
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from flask import Response, render_template

from lti_tool.database import session
from lti_tool.domain.exports import Export
from lti_tool.models.people import Person
from lti_tool.services import exports
from lti_tool.services.export_sources import Source
from lti_tool.web import languages
from lti_tool.web.visiting import now, workplace

NAME = "beklijf"


def gather(person: Person) -> Export | None:
    """What is kept of somebody; None when their key is gone. Their words are open in this request alone."""
    key = workplace().keyring.of([person.key_id]).get(person.key_id)
    if key is None:
        return None
    source = Source(
        session(), person, key, workplace().keyring.named, workplace().catalogue, languages.language()
    )
    return exports.of_person(source)


def answer(export: Export) -> Response:
    """The file itself: an archive with both."""
    headers = {"Content-Disposition": f'attachment; filename="{NAME}.zip"'}
    return Response(_archive(export), mimetype="application/zip", headers=headers)


def _archive(export: Export) -> bytes:
    page = render_template("files/export.html", export=export, today=now().calendar)
    text = json.dumps(asdict(export), default=str, ensure_ascii=False, indent=2)
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr(f"{NAME}.html", page)
        archive.writestr(f"{NAME}.json", text)
    return packed.getvalue()
