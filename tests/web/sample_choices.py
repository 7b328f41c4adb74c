"""The pages of whoever chooses what Beklijf adds to a course, with what they are shown with."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from werkzeug.datastructures import MultiDict

from lti_tool.lti.deep_links import Wanted
from lti_tool.models.tracks import Cohort, Track
from lti_tool.services import catalogue
from lti_tool.services.gone_items import Lost
from lti_tool.services.previews import Passed
from lti_tool.services.track_copies import Earlier, ItemKind
from lti_tool.services.tracks import Dates
from lti_tool.services.unopened import Unopened
from lti_tool.services.whole_tracks import OpenTraining, Purpose
from lti_tool.web import deep_link_forms
from lti_tool.web.deep_link_forms import Choices, Taken
from lti_tool.web.unlikely_days import Unlikely
from tests.web.samples import AN_ID, TITLE, TODAY, Page

WAY_BACK = {"return_url": "/content/return?course=2", "token": "e30.e30.c2ln"}
REFERENCE = "BK-7Q2M-94XA"


COURSE = SimpleNamespace(title=TITLE)
OTHER_ID = UUID("00000000-0000-4000-8000-000000000002")
WHOLE = Choices(TODAY, catalogue.load().cadences, tuple(Purpose), (), several=True)
WANTED = Wanted("/content/return", frozenset({"ltiResourceLink"}), frozenset({"iframe"}), several=True)


def pages() -> Iterator[Page]:
    """All of them."""
    yield from _choose()
    yield Page("choose_elsewhere", {"reference": REFERENCE})
    yield Page("choice_expired", {"reference": REFERENCE})
    yield Page("choice_refused", {**WAY_BACK, "reference": REFERENCE})
    for has_items in (True, False):
        # A sample that sent itself would be gone before anybody looked.
        shown = {**WAY_BACK, "has_items": has_items, "by_itself": False}
        yield Page("choice_sent", shown, "" if has_items else "nothing")


def _choose() -> Iterator[Page]:
    around = {"choice_token": "c1", "notice": None, "unopened": [], "lost": [], "unlikely": None}
    whole = {**around, "course": COURSE, "wanted": WANTED, "form": _form(WHOLE), "others": 0}
    yield Page("choose", whole)
    yield Page("choose", {**whole, "others": 1}, "beside another")
    yield Page("choose", {**whole, "others": 2}, "beside others")
    lost = [
        Lost(_open(dated=True).track, (("mid", 1), ("post", None))),
        Lost(Track(id=OTHER_ID, title="Doorvragen"), (("pre", None),)),
    ]
    yield Page("choose", {**whole, "others": 2, "lost": lost}, "beside items that are gone")
    left = {"unopened": unopened(), "notice": "training_removed"}
    yield Page("choose", {**whole, **left}, "beside some that nobody opened")
    yield Page(
        "choose", {**whole, "wanted": replace(WANTED, creates_at_once=True, line_items=False)}, "at once"
    )
    later = {"when": "later", "name": TITLE, "sessions": "4", "purposes": "mid"}
    yield Page("choose", {**whole, "form": _sent(WHOLE, later)}, "days later")
    yield Page("choose", {**whole, "form": _sent(WHOLE, {"name": "", "starts_on": "morgen"})}, "to mend")
    one_day = {"name": TITLE, "starts_on": "1-12-2026", "ends_on": "1-12-2026", "purposes": "mid"}
    yield Page("choose", {**whole, "form": _sent(WHOLE, one_day)}, "one day")
    far = {"unlikely": Unlikely(None, date(2028, 11, 3), "2028-11-03.2028-11-03.together")}
    yield Page("choose", {**whole, **far}, "far away")
    past = replace(far["unlikely"], past=SimpleNamespace(passed=Passed.FIRST_DAY, pace="together"))
    yield Page("choose", {**whole, "unlikely": past}, "past")
    begun = replace(WHOLE, earlier=earlier())
    yield Page("choose", {**whole, "form": _form(begun)}, "may begin from another")
    taken = Taken(earlier()[0], None, {Purpose.PRE, Purpose.POST})
    yield Page("choose", {**whole, "form": deep_link_forms.choice(begun, taken=taken)}, "taken over")
    one = replace(WHOLE, several=False)
    yield Page("choose", {**whole, "form": _form(one)}, "one item")
    joining = replace(one, open_trainings=(_open(dated=True), _open(dated=False)))
    yield Page("choose", {**whole, "form": _form(joining)}, "one item of a training")
    outside = replace(one, has_course=False, purposes=(Purpose.PRE, Purpose.MID, Purpose.POST))
    yield Page("choose", {**whole, "course": None, "form": _form(outside)}, "outside a course")


def _form(choices: Choices) -> Any:
    return deep_link_forms.choice(choices, title=TITLE, known=Dates(TODAY, TODAY))


def _sent(choices: Choices, sent: dict[str, str]) -> Any:
    form = deep_link_forms.choice(choices, sent=MultiDict(sent))
    form.validate()
    return form


def _open(*, dated: bool) -> OpenTraining:
    cohort = Cohort(id=AN_ID, number=1, name="", starts_on=TODAY, ends_on=TODAY)
    track = Track(id=AN_ID if dated else OTHER_ID, title=TITLE)
    return OpenTraining(track, cohort if dated else None, 2, frozenset({Purpose.PRE}), frozenset(), dated)


def earlier() -> list[Earlier]:
    """Two trainings to begin from: one with a name of its own, and one called after its course."""
    days = Dates(date(2026, 3, 3), date(2026, 3, 10))
    named = Track(id=AN_ID, title="Doorvragen", cadence="light", left_out="")
    usual = Track(id=OTHER_ID, title=TITLE, cadence="standard", left_out="")
    kinds = (ItemKind("mid", 2), ItemKind("post", None))
    return [Earlier(named, TITLE, days, kinds, kinds[1:]), Earlier(usual, TITLE, days)]


def unopened() -> list[Unopened]:
    """Two trainings that nobody opened: one with its days and one without."""
    found = (_open(dated=True), _open(dated=False))
    return [Unopened(each.track, each.cohort, number) for number, each in enumerate(found, 1)]
