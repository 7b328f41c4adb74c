"""The pages of what is taken up at will, with what they are shown with."""

from collections.abc import Iterator
from dataclasses import replace

from lti_tool.domain.answers import Answer
from lti_tool.domain.instruments import Instrument, Item, Shelf
from lti_tool.domain.spreads import Cell, Spread
from lti_tool.models.entries import Entry
from lti_tool.services import catalogue, entries
from lti_tool.services.entries import Taken, Written
from lti_tool.web import forms
from lti_tool.web.counting_along import Group
from lti_tool.web.entries import Told
from lti_tool.web.telling import Telling
from tests.web.samples import AN_ID, NOW, TODAY, VISIT, Page

URL = "/v/v1/instruments"


def pages(locale: str) -> Iterator[Page]:
    """All of them."""
    for shelf in Shelf:
        offered = entries.offered(catalogue.load(), shelf)
        rows = [(each, 5, Taken(2, TODAY) if each is offered[0] else None, URL) for each in offered]
        yield Page("instruments", {"visit": VISIT, "shelf": shelf.value, "rows": rows}, shelf)
        for asked in offered:
            yield from _of(asked, locale)


def _of(asked: Instrument, locale: str) -> Iterator[Page]:
    around = {"visit": VISIT, "asked": asked, "minutes": 5, "begin_url": URL, "notice": None}
    yield Page("instrument", {**around, "before": []}, asked.key)
    yield Page(
        "instrument", {**around, "before": [(TODAY, URL)], "notice": "entry_removed"}, f"{asked.key} again"
    )
    steps = asked.parts[0].steps
    yield from (_step(asked, number, locale) for number in range(1, len(steps) + 1))
    told = [(step, [_told(item) for item in step.items], URL) for step in steps[:-1]]
    written = Written(Entry(begun_as=AN_ID, begun_on=TODAY, saved_at=NOW), asked, {})
    shown = {"visit": VISIT, "written": written, "steps": [*told, (steps[-1], [], URL)]}
    alone = {**shown, "notice": "entry_kept", "back_url": URL, "count_url": URL, "story_url": URL}
    alone |= {"group": None, "telling": None}
    yield Page("entry", alone, asked.key)
    if asked.key == "insight":
        for told, fresh in ((False, True), (False, False), (True, False)):
            telling = Telling(told, fresh, AN_ID)
            yield Page("entry", {**alone, "telling": telling, "notice": "story_shown"}, f"{told} {fresh}")
    if asked.spread:
        yield from _beside_a_group(alone)


def _beside_a_group(shown: dict[str, object]) -> Iterator[Page]:
    yield Page("entry", {**shown, "group": Group({}, counts_along=False, can_add=True)}, "before it counts")
    late = {"group": Group({}, counts_along=False, can_add=False), "notice": "counted_too_late"}
    yield Page("entry", {**shown, **late}, "after it counted")
    yield Page("entry", {**shown, "group": Group({}, counts_along=True, can_add=False)}, "too few")
    for people in (17, 31):
        spread = Spread({Cell.HIGH: people - 10, Cell.LOW: 5, Cell.MIDDLE: 5}, people)
        steps = [
            (step, [replace(one, group=spread) for one in told], url) for step, told, url in shown["steps"]
        ]
        group = Group({"cond.change": spread}, counts_along=True, can_add=False)
        yield Page("entry", {**shown, "steps": steps, "group": group, "notice": "counted"}, f"of {people}")


def _step(asked: Instrument, number: int, locale: str) -> Page:
    step = asked.parts[0].steps[number - 1]
    form = forms.step(step, locale, today=TODAY)
    around = {"visit": VISIT, "instrument": asked, "part": asked.parts[0], "meeting_number": None}
    around["pace"] = None
    nothing = {"clashes": {}, "draft": None, "typed": {}, "shown": {}, "opened": "", "saved_at": NOW}
    here = {"step": step, "number": number, "form": form, "back_url": URL, "back_label": asked.title[locale]}
    return Page("step", {**around, **nothing, **here}, f"{asked.key} {number}")


def _told(item: Item) -> Told:
    if item.type.names_days:
        return Told(item, Answer(words=TODAY.isoformat()), (TODAY,))
    if item.options:
        return Told(item, Answer(choices=(item.options[0].id,)), ())
    return Told(item, Answer(words="Ze vroeg eerst wat iemand nodig had.\nToen pas legde ze uit."), ())
