"""Where a page shows somebody's words to somebody else: it says so first, for whose words they are."""

from collections.abc import Collection

from flask import request

from lti_tool.rounds import readings
from lti_tool.services.readings import Reader, Shown
from lti_tool.web.visiting import today, workplace


def note(reader: Reader, shown: Collection[Shown]) -> None:
    """Notes who reads what now; asking for the head of a page shows nothing."""
    if request.method != "HEAD":
        readings.note(workplace(), reader, shown, on=today())
