"""All that is kept of somebody as a file, for that person alone."""

import json
from dataclasses import asdict

from flask import Response

from lti_tool.database import session
from lti_tool.domain.exports import Export
from lti_tool.models.people import Person
from lti_tool.services import exports
from lti_tool.services.exports import Source
from lti_tool.web import languages
from lti_tool.web.visiting import workplace


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
    """The file itself."""
    text = json.dumps(asdict(export), default=str, ensure_ascii=False, indent=2)
    headers = {"Content-Disposition": 'attachment; filename="beklijf.json"'}
    return Response(text, mimetype="application/json", headers=headers)
