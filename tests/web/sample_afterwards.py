"""What a training brought: the page of its trainer, with what it is shown with."""

from collections.abc import Iterator
from datetime import timedelta

from lti_tool.domain import harvests
from lti_tool.domain.figures import Share
from lti_tool.domain.harvests import Told
from lti_tool.domain.instruments import Item
from lti_tool.domain.snapshots import Moment, Slot
from lti_tool.domain.value_levels import Level
from lti_tool.models.tracks import Cohort
from lti_tool.services import afterwards, cards, catalogue, earlier_runs
from lti_tool.services.afterwards import AfterMeeting, Afterwards
from lti_tool.services.earlier_runs import Comparison, Run
from lti_tool.services.teams import Shows
from tests.web.sample_reports import OUTCOME
from tests.web.samples import AN_ID, NOW, TITLE, TODAY, VISIT, Page

COUNTED_ITEMS = ("post.experience", "post.training_worked", "post.reframing_peers", "post.who_benefits")
FIRST, SECOND = Cohort(number=1, name="Noord"), Cohort(number=2, name="Zuid")
NUMBERS = ((14, 24), (5, 24), (19, 24))
SHARES = (Share.HALF, Share.FEW, Share.MOST)


def pages() -> Iterator[Page]:
    """All of them."""
    around = {
        "visit": {**VISIT, "role": "trainer", "person_name": "Joost Wiersma"},
        "title": TITLE,
        "pace": "together",
        "cohorts": [FIRST],
        "obstacles": cards.labels(catalogue.load()),
        "compared": [catalogue.load().question(each) for each in earlier_runs.COMPARED],
        "beside": None,
        "shows": [],
        "let_read": 0,
        "can_read": True,
    }
    yield Page("trainer_after", {**around, "found": found(in_digits=True)}, "in numbers")
    for in_digits, name in ((True, "beside large groups"), (False, "beside small groups")):
        shown = {"found": found(in_digits=in_digits), "beside": beside(in_digits=in_digits)}
        yield Page("trainer_after", {**around, **shown}, name)
    own = [Shows(AN_ID, AN_ID, "Samira Bakkali", (OUTCOME,)), Shows(AN_ID, AN_ID, None, (OUTCOME,))]
    shown = {"found": found(in_digits=True), "shows": own, "let_read": 2}
    yield Page("trainer_after", {**around, **shown}, "with what people show")
    looking = {"found": found(in_digits=True), "can_read": False}
    yield Page("trainer_after", {**around, **looking}, "who may only look")
    two = {"cohorts": [FIRST, SECOND], "found": found(in_digits=False)}
    yield Page("trainer_after", {**around, **two}, "in words, of two groups")
    yield Page("trainer_after", {**around, "found": nothing(taken=tuple(Moment)[:3])}, "too few to show")
    yield Page("trainer_after", {**around, "found": nothing()}, "not counted yet")
    yield Page("trainer_after", {**around, "found": nothing(), "pace": "at_work"}, "at work")
    long_ago = nothing(in_days=-90)
    yield Page("trainer_after", {**around, "found": long_ago}, "never counted")
    for taken, name in (((), "withheld"), (tuple(Moment)[:1], "withheld later")):
        shown = {"found": nothing(taken=taken, withheld=tuple(Moment)[1:3])}
        yield Page("trainer_after", {**around, **shown}, name)


def found(*, in_digits: bool) -> Afterwards:
    """A group of which much may be told."""
    plan = {"made": _told("plan", "made", 2, in_digits), "used": _told("plan", "used", 0, in_digits)}
    way = (_told("obstacle", "time", 0, in_digits), _told("obstacle", "habit", 1, in_digits))
    items = [catalogue.load().question(each) for each in COUNTED_ITEMS]
    told = [
        _told(item.id, cell, number % 3, in_digits)
        for item in items
        if item is not None and item.id != "post.reframing_peers"
        for number, cell in enumerate(_cells(item)[:2])
    ]
    there = [item for item in items if item is not None]
    # The last was asked in other words then.
    answers = afterwards.answers_of(there, told, there[:-1])
    return Afterwards(
        FIRST,
        dict.fromkeys((Moment.LEADER, Moment.CLOSED, Moment.HARVEST), TODAY),
        {},
        frozenset(),
        plan,
        way,
        afterwards.tips(catalogue.load(), ["time", "habit"]),
        {level: tuple(one for one in answers if afterwards.level_of(one.item) is level) for level in Level},
        tuple(one for one in answers if one.item.value_level is None),
    )


def beside(*, in_digits: bool) -> Comparison:
    """A group beside two earlier ones, of one of which little may be told."""
    plan = {"made": _told("plan", "made", 2, in_digits), "used": _told("plan", "used", 0, in_digits)}
    way = _told("obstacle", "time", 0, in_digits)
    well = {each: _told(each, "high", 0, in_digits) for each in earlier_runs.COMPARED}
    cohorts = [Cohort(number=1, ends_on=TODAY - timedelta(days=180 * each)) for each in range(3)]
    return Comparison(
        [
            Run(cohorts[0], TITLE, plan, way, well),
            Run(cohorts[1], TITLE, plan, way, well),
            Run(cohorts[2], TITLE, {}, None, {}),
        ]
    )


def after_meeting(*, is_counted: bool) -> AfterMeeting:
    """A look back of which much may be told, or that waits for its day."""
    items = [
        catalogue.load().question(each) for each in ("mid.experience", "mid.holding_back", "mid.on_course")
    ]
    there = [item for item in items if item is not None]
    told = [_told(item.id, cell, 0, False) for item in there[:2] for cell in _cells(item)[:2]]
    answers = afterwards.answers_of(there, told if is_counted else (), there[:1])
    return AfterMeeting(2, TODAY if is_counted else None, None if is_counted else TODAY, answers)


def nothing(
    taken: tuple[Moment, ...] = (), in_days: int = 20, withheld: tuple[Moment, ...] = ()
) -> Afterwards:
    """A group of which nothing may be told."""
    items = [item for each in COUNTED_ITEMS if (item := catalogue.load().question(each))]
    answers = afterwards.answers_of(items, (), items)
    on = TODAY + timedelta(days=in_days)
    return Afterwards(
        FIRST,
        dict.fromkeys(taken, TODAY),
        {} if taken or withheld else {each: Slot(each, 0, NOW, on, on) for each in tuple(Moment)[:3]},
        frozenset(withheld),
        {},
        (),
        (),
        {level: tuple(one for one in answers if afterwards.level_of(one.item) is level) for level in Level},
        tuple(one for one in answers if one.item.value_level is None),
    )


def _cells(item: Item) -> tuple[str, ...]:
    asked = harvests.asked(item)
    assert asked is not None
    return asked.all_cells


def _told(item: str, cell: str, number: int, in_digits: bool) -> Told:
    return Told(item, cell, 1, SHARES[number], *(NUMBERS[number] if in_digits else ()))
