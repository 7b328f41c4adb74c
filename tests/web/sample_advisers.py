"""The pages of an adviser of an organisation, with what they are shown with."""

from collections.abc import Iterator
from datetime import date, time
from typing import Any
from uuid import UUID

from werkzeug.datastructures import MultiDict

from lti_tool.domain import barriers
from lti_tool.domain.figures import Share
from lti_tool.domain.insights import ANSWERED, EVERYBODY, MADE, STOPPED, USED, Count, Level, When
from lti_tool.domain.quarters import Quarter
from lti_tool.services import cards, catalogue
from lti_tool.services.counted_quarters import WHOLE, Part
from lti_tool.web import signing_in
from lti_tool.web.insights import Shown
from tests.web.samples import AN_ID, TITLE, Page

NEWEST, BEFORE = Quarter(2026, 3), Quarter(2026, 2)
UNIT_ID = UUID("00000000-0000-4000-8000-000000000002")
FIGURES = {
    EVERYBODY: Count(64, 64), MADE: Count(41, 64), USED: Count(22, 64), ANSWERED: Count(38, 64),
    STOPPED: Count(6, 64),
}  # fmt: skip
FEW = {EVERYBODY: Count(11, 11)}
IN_THE_WAY = {
    (When.BEFORE, "time"): Share.MOST, (When.DURING, "time"): Share.HALF, (When.AFTER, "time"): Share.HALF,
    (When.BEFORE, "unsure"): Share.HALF, (When.AFTER, "leader"): Share.FEW, (When.AFTER, "habit"): Share.FEW,
}  # fmt: skip
LETTERS = {"own_date": Share.HALF, "check_in": Share.MOST}
AROUND = {
    "organisation": "Gemeente Waterhoek",
    "until": time(17, 30),
    "counted": {NEWEST: date(2026, 10, 1), BEFORE: date(2026, 7, 1)},
    "next_on": date(2027, 1, 1),
    "obstacles": cards.labels(catalogue.load()),
}


def pages() -> Iterator[Page]:
    """All of them."""
    for notice in (None, "asked", "left"):
        yield Page("adviser_sign_in", {"form": signing_in.form(), "notice": notice}, str(notice))
    wrong = signing_in.form(MultiDict({"address": ""}))
    wrong.validate()
    yield Page("adviser_sign_in", {"form": wrong, "notice": None}, "no address")
    yield Page("adviser_enter", {"organisation": "Gemeente Waterhoek"})
    yield Page("adviser_gone", {"reference": "BK-7Q2M-94XA", "ask_url": "/o/sign-in"})
    for name, shown in _shown().items():
        yield Page("adviser_home", {**AROUND, **shown}, name)


def _shown() -> dict[str, dict[str, Any]]:
    """Of the whole, of a unit, of a training, and where nothing may be told or nothing was counted yet."""
    menu = catalogue.load().actions
    whole = Part(WHOLE, figures=FIGURES, in_the_way=IN_THE_WAY, letters=LETTERS, days=3)
    unit = Part((Level.UNIT, UNIT_ID, None), "Dienstverlening", "", FIGURES, days=0)
    training = Part((Level.TRAINING, UNIT_ID, AN_ID), TITLE, "Dienstverlening", FEW, number=2)
    nameless = Part((Level.TRAINING, None, AN_ID), "", "", FEW)
    lines = barriers.barriers(IN_THE_WAY, list(menu.pointers))
    shown = {
        "whole": Shown(NEWEST, whole, None, [unit, nameless], {NEWEST: whole, BEFORE: Part(WHOLE)}, lines),
        "unit": Shown(NEWEST, unit, whole, [training], {NEWEST: unit, BEFORE: unit}, ()),
        "training": Shown(NEWEST, training, unit, [], {NEWEST: training}, ()),
        "nothing may be told": Shown(BEFORE, Part(WHOLE), None, [], {NEWEST: whole, BEFORE: Part(WHOLE)}, ()),
    }
    there = {
        name: {"shown": each, "to_take_away": barriers.to_take_away(each.barriers, menu)}
        for name, each in shown.items()
    }
    return {**there, "not counted yet": {"shown": None, "counted": {}, "to_take_away": ()}}
