"""Tables as files that somebody takes along."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from lti_tool.domain.tables import Table

CSV = "text/csv; charset=utf-8"


def table(said: Mapping[str, Any]) -> Table:
    """A table as a template spells it out, with its words."""
    return Table(said["name"], tuple(said["heading"]), tuple(map(tuple, said["rows"])), said["file"])


def attached(name: str, content_type: str, content: bytes) -> Response:
    """No name of anybody or of a training stands in its own: it shows in lists and in mails."""
    answer = Response(content, content_type=content_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
