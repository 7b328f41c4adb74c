"""Pages on which whoever leads a team notes what it says; `sample_pages` yields them too."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from lti_tool.domain.spreads import Cell, Spread
from lti_tool.models.contacts import Contact
from lti_tool.models.team_notes import Talk
from lti_tool.services import catalogue
from lti_tool.services.climates import Condition, Picture
from lti_tool.services.team_notes import LONGEST, About, Earlier, Said
from lti_tool.web import team_notes
from tests.web.sample_cards import TITLE, TITLES, Sample


def pages() -> Iterator[Sample]:
    """All of them: template, what it is shown with, and a name."""
    about = About(Contact(), Talk.VALUE_CHECK, date(2026, 3, 2))
    said = Said("Bewoners bellen minder terug.\nDe brieven zijn korter.", "Een vast uur.", date(2026, 6, 1))
    earlier = [Earlier(date(2025, 12, 1), said), Earlier(date(2025, 9, 1), Said("Wij vragen eerst door."))]
    around = {"title": TITLE, "token": "t1", "limit": LONGEST, "filled_from": "0", "notice": None}
    around |= {"is_changed": False, "said": said, "is_there": True, "earlier": earlier, "pictures": []}
    form = team_notes.form_of
    empty = {**around, "said": Said(), "is_there": False, "earlier": [], "form": form(about)}
    yield "team_notes", empty, "empty"
    yield "team_notes", {**empty, "notice": "gone", "title": None}, "removed"
    yield "team_notes", {**around, "notice": "kept", "form": form(about, said)}, "kept"
    yield "team_notes", {**around, "is_changed": True, "form": form(about, said)}, "changed meanwhile"
    typed = MultiDict({"brought": "a" * 1001, "agreed": "b" * 1002, "next_on": "morgen"})
    to_mend = form(about, sent=typed)
    to_mend.validate()
    yield "team_notes", {**around, "form": to_mend}, "to mend"
    yield from _climates({**around, "said": Said(agreed="Een vast uur.")})


def _climates(around: dict[str, Any]) -> Iterator[Sample]:
    about = About(Contact(), Talk.CLIMATE, date(2026, 3, 2))
    steps = catalogue.load().latest("climate").parts[0].steps
    small = Spread({Cell.HIGH: 9, Cell.LOW: 5}, 14)
    large = Spread({Cell.MIDDLE: 17}, 26)
    told = [Condition(step, ((step.items[0], small), (step.items[1], large))) for step in steps[:3]]
    form = team_notes.form_of
    empty = {**around, "said": Said(), "is_there": False, "earlier": [], "form": form(about)}
    yield "team_climate", {**empty, "pictures": [Picture(TITLE, ())]}, "too few"
    shown = {**around, "pictures": [Picture(TITLE, tuple(told))], "form": form(about, around["said"])}
    yield "team_climate", {**shown, "notice": "kept"}, "kept"
    yield "team_climate", {**shown, "is_changed": True}, "changed meanwhile"
    two = [Picture(TITLES[1], tuple(told[:1])), Picture(TITLES[2], ())]
    yield "team_climate", {**shown, "title": None, "pictures": two, "notice": "gone"}, "of two groups"
    to_mend = form(about, sent=MultiDict({"agreed": "b" * 1002}))
    to_mend.validate()
    yield "team_climate", {**shown, "form": to_mend}, "to mend"
