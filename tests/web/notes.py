"""A note of a logbook, as its page sends it."""

from lti_tool.models.logbook import Note

ALOUD = "Femke leest haar brieven hardop."
ONE = {"log.note": ALOUD, "page": "00000000-0000-4000-8000-000000000001"}


def only(campus):
    return campus.only(Note)
