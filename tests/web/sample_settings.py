"""The page of a trainer on how a training is set up, and what can be taken away there."""

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from werkzeug.datastructures import MultiDict

from lti_tool.domain.openings import Opening
from lti_tool.domain.retention import LENGTH
from lti_tool.models.tracks import Cohort, Track
from lti_tool.services import catalogue
from lti_tool.web import opening_rules
from tests.web import sample_choices
from tests.web.samples import AN_ID, TITLE, VISIT, Page

TRAINER = {**VISIT, "role": "trainer", "person_name": "Joost Wiersma"}
AROUND = {"visit": TRAINER, "title": TITLE}
OTHER_ID = UUID("00000000-0000-4000-8000-000000000002")
TRACK = Track(id=AN_ID, title=TITLE, cadence="standard", closes_on=date(2027, 3, 13))
MEETINGS = (date(2026, 11, 3), date(2026, 11, 10))


def pages() -> Iterator[Page]:
    """All of them."""
    yield Page("trainer_settings", _set())
    yield Page("trainer_settings", _set(can_edit=False, notice=None), "only looking")
    intensive = Track(id=AN_ID, title=TITLE, cadence="intensive", closes_on=date(2027, 3, 13))
    for number in (0, 2):
        shown = _set(
            track=intensive,
            cadence=catalogue.load().cadence("intensive"),
            questions=number,
            notice="questions_kept" if number else None,
        )
        yield Page("trainer_settings", shown, f"intensive, {number} questions")
    yield Page("trainer_settings", _set(is_compared=True, notice="kept_out"), "compared")
    yield Page(
        "trainer_settings", _set(is_compared=True, can_edit=False, notice=None), "looking at one compared"
    )
    several = [_cohort(), _cohort(2, "Groep Noord", OTHER_ID)]
    yield Page("trainer_settings", _set(cohorts=several, notice="grouped"), "with groups")
    waiting = [item_of(OTHER_ID, None, "mid", 2), item_of(OTHER_ID, None, None)]
    items = [item_of(AN_ID, "Terugkijken en plan maken", "post"), *waiting]
    left = {"items": items, "unopened": sample_choices.unopened()}
    yield Page("trainer_settings", _set(**left, notice="item_removed"), "with items that nobody opened")
    yield Page("trainer_settings", _set(**left, can_edit=False, notice="stays"), "only looking at those")
    gone = {"items": [items[0]], "gone": frozenset({AN_ID})}
    yield Page("trainer_settings", _set(**gone), "with an item that is gone")
    yield Page("trainer_settings", _set(**gone, can_edit=False), "only looking at one that is gone")
    for number, item in enumerate((items[0], item_of(AN_ID, "Terugblik", "mid", 1))):
        form = opening_rules.form(Opening.AT_ONCE, MultiDict({"opens": "soon"}) if number else None)
        if number:
            form.validate()
        shown = {**AROUND, "item": item, "form": form, "back_url": "/v/v1/settings", "pace": "together"}
        shown |= {"filled_from": "f1", "is_changed": False}
        yield Page("trainer_opening", shown, item.phase)
        yield Page("trainer_opening", {**shown, "is_changed": True}, f"{item.phase} changed meanwhile")
        yield Page("trainer_opening", {**shown, "pace": "at_work"}, f"{item.phase} at work")
        early = {"visit": VISIT, "phase": item.phase, "number": 1, "opens_on": date(2026, 12, 1)}
        for pace in ("together", "at_work"):
            yield Page("too_early", {**early, "pace": pace}, f"{item.phase} {pace}")
    yield Page("trainer_remove", {**AROUND, "item": waiting[0], "back_url": "/v/v1/settings"}, "item")
    yield Page("trainer_remove", {**AROUND, "item": None, "back_url": "/v/v1/settings"}, "training")


def _cohort(number: int = 1, name: str = "", cohort_id: UUID = AN_ID) -> Cohort:
    ends = {"starts_on": MEETINGS[0], "ends_on": MEETINGS[1]}
    return Cohort(id=cohort_id, number=number, name=name, **ends)


def item_of(
    item_id: UUID, title: str | None, phase: str | None, number: int | None = None
) -> SimpleNamespace:
    activity = SimpleNamespace(id=item_id, meeting_number=number, opens=Opening.ON_ITS_DAY)
    link = None if title is None else SimpleNamespace(title=title)
    return SimpleNamespace(activity=activity, link=link, phase=phase)


def _set(**shown: Any) -> dict[str, Any]:
    around = {
        **AROUND,
        "track": TRACK,
        "cohorts": [_cohort()],
        "meetings": {AN_ID: (*MEETINGS, date(2026, 11, 12)), OTHER_ID: MEETINGS},
        "window": LENGTH,
        "cadence": catalogue.load().cadence("standard"),
        "items": [item_of(OTHER_ID, "Vooraf", "pre"), item_of(AN_ID, "Terugkijken en plan maken", "post")],
        "here": AN_ID,
        "gone": frozenset(),
        "questions": None,
        "can_edit": True,
        "unopened": [],
        "is_compared": False,
        "notice": "moved",
    }
    return {**around, **shown}
