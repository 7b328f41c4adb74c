"""Noting who reads what, on its own and before it shows: what cannot be noted is not shown."""

from collections.abc import Collection
from datetime import date

from lti_tool.rounds.workplace import Workplace
from lti_tool.services import readings
from lti_tool.services.readings import Reader, Shown


def note(work: Workplace, reader: Reader, shown: Collection[Shown], *, on: date) -> None:
    """Notes what a reader opens on a day; only the first time of that day writes anything."""
    if not shown:
        return
    with work.reading() as session:
        new = readings.unnoted(session, reader, shown, on=on)
    if new:
        with work.writing() as session:
            readings.note(session, reader, new, on=on)
