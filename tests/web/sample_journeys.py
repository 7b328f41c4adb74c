"""The pages of a journey: of one training in all its states, and of all of them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from lti_tool.domain import stretches, timelines
from lti_tool.domain.answers import Answer
from lti_tool.domain.paces import Pace
from lti_tool.domain.timelines import Asked, Letter, Way
from lti_tool.domain.value_levels import Level
from lti_tool.models.courses import Course
from lti_tool.models.plans import Plan
from lti_tool.models.tracks import AnchorSource, Enrolment, EnrolmentStatus, Track
from lti_tool.services import catalogue
from lti_tool.services.coming import Coming
from lti_tool.services.logbook import Month
from lti_tool.services.timelines import Journey
from lti_tool.services.value_levels import Told
from tests.web import sample_finishing, sample_homes
from tests.web.sample_steps import SENTENCE
from tests.web.samples import AN_ID, TITLE, TODAY, VISIT, Page

DAY, WEEK = timedelta(days=1), timedelta(days=7)
COURSE = "/course"
HERE = Course(id=AN_ID, title=TITLE)
ELSEWHERE = Course(id=UUID(int=2), title="Werken met de Omgevingswet")
FIRST = TODAY - 3 * WEEK
MEETINGS = (FIRST, FIRST + WEEK, FIRST + 2 * WEEK)
CHOSEN = (
    "pre.task_on",
    "pre.review_moments",
    "pre.first_results_on",
    "pre.leader_talk_on",
    "pre.team_talk_on",
    "mid.next_use_on",
)


def pages(letters: Sequence[Coming]) -> Iterator[Page]:
    """Every page of a journey."""
    for name, shown in _of_one(letters):
        yield Page("journey", shown, name)
    yield from _of_all()


def full() -> Journey:
    """A training that is well under way, with everything that a line can hold."""
    asked = (
        _asked("pre", "short", done_on=FIRST - 3 * DAY),
        _asked("pre", "deeper", is_begun=True),
        _asked("mid", "session", number=1, rests_on=TODAY),
        _asked("mid", "session", number=2, done_on=FIRST + 8 * DAY),
        _asked("post", "plan", done_on=MEETINGS[-1]),
        _asked("post", "harvest", opens_on=TODAY),
        _asked("post", "yield", opens_on=MEETINGS[-1] + 30 * DAY),
    )
    outcomes = ("used", "partly", "not_yet", "right", "change", "keep", "close")
    way = Way(
        MEETINGS,
        MEETINGS[-1],
        MEETINGS[-1] + 2 * WEEK,
        asked,
        own_dates=tuple((item, TODAY + (number - 2) * DAY) for number, item in enumerate(CHOSEN)),
        letters=(
            Letter("own_date", 1, TODAY + 3 * DAY, "own_date"),
            Letter("check_in", 1, TODAY + 5 * DAY, None),
            Letter("harvest", 1, TODAY + 6 * DAY, None),
        ),
        check_ins=tuple((outcome, TODAY - (number + 1) * DAY) for number, outcome in enumerate(outcomes)),
        plan_made_on=MEETINGS[-1],
        own_on=TODAY + 3 * DAY,
    )
    return journey(way)


def journey(way: Way, **more: Any) -> Journey:
    """A journey as its page is given it. more: its course, title, attempt, or whether its person left."""
    status = EnrolmentStatus.LEFT if more.get("has_left") else EnrolmentStatus.ACTIVE
    enrolment = Enrolment(
        id=UUID(int=more.get("attempt", 1) + 10 * len(more)), attempt=more.get("attempt", 1),
        anchor_on=way.ends_on, status=status,
        anchor_source=AnchorSource.LEARNER if way.has_finished else AnchorSource.COHORT,
    )  # fmt: skip
    is_made = way.plan_made_on is not None
    learner = SimpleNamespace(
        enrolment=enrolment,
        track=Track(title=more.get("title", TITLE), pace=way.pace),
        plan=Plan(own_on=way.own_on, made_on=way.plan_made_on, status="made") if is_made else None,
        meetings=way.meetings,
    )
    sentence = SENTENCE if is_made else None
    line = timelines.draw(way, TODAY)
    course = more.get("course", HERE)
    return Journey(learner, course, line, sentence, TODAY, way.window_ends_on, ())  # type: ignore[arg-type]


def _asked(phase: str, part: str, **more: Any) -> Asked:
    found = catalogue.load().latest(phase)
    return Asked(found.phase, found.part(part), **{"opens_on": FIRST, **more})


def _one_day(on: date, *asked: Asked, **more: Any) -> Way:
    return Way((on,), on, on + 2 * WEEK, asked, **more)


def _of_one(letters: Sequence[Coming]) -> Iterator[tuple[str, dict[str, Any]]]:
    plan, later = _asked("post", "plan", item="Terugkijken"), TODAY + 2 * WEEK
    made: dict[str, Any] = {"plan_made_on": TODAY - WEEK, "own_on": TODAY}
    told = [
        Told(Level.IMMEDIATE, Answer(), TODAY),
        Told(Level.APPLIED, Answer(words="Ik vroeg eerst wat de beller al had geprobeerd."), TODAY),
        Told(Level.REALISED, Answer(words="De inwoner hoefde niet nog eens te bellen."), TODAY),
    ]
    yield (
        "with everything",
        _shown(full(), coming=letters, told=told, follows=["Ingrid Postma"], reply_waits=True),
    )
    yield "of another link", _shown(full(), is_here=False, told=told[1:2])
    ahead = journey(_one_day(later, _asked("pre", "short", opens_on=None), plan))
    yield "before the training", _shown(ahead, coming=letters, write_url=None)
    yield "to do here", _shown(ahead, write_url="/v/v1/reflect/short/1")
    begun = journey(_one_day(TODAY, _asked("post", "plan", is_begun=True)))
    yield "begun here", _shown(begun, write_url="/v/v1/reflect/plan/2")
    done = _asked("post", "plan", done_on=TODAY - WEEK)
    yield "with an open plan", _shown(journey(_one_day(TODAY - WEEK, done)), notice="saved")
    yield "on the own day", _shown(journey(_one_day(TODAY - WEEK, done, **made)))
    yield (
        "after the own day",
        _shown(journey(_one_day(TODAY - WEEK, done, **{**made, "own_on": TODAY - DAY}))),
    )
    yield "at work", _shown(journey(_one_day(TODAY - WEEK, done, **{**made, "own_on": TODAY + DAY})))
    yield "with nothing yet", _shown(journey(_one_day(later)), notice="mails_stop", mail_status="stopped")
    own_end = Way((TODAY - WEEK,), TODAY, TODAY + 2 * WEEK)
    yield "with an own end", _shown(journey(own_end), return_url=None)
    at_own_pace = Way((TODAY - WEEK,), TODAY + WEEK, TODAY + 3 * WEEK, (plan,), pace=Pace.OWN)
    yield "at own pace", _shown(journey(at_own_pace), finish=sample_finishing.UNSAID)
    for name, way in (
        ("to come", replace(at_own_pace, meetings=(TODAY + DAY,))),
        ("late", replace(at_own_pace, ends_on=TODAY - DAY)),
        ("finished", replace(at_own_pace, ends_on=TODAY - DAY, has_finished=True)),
    ):
        yield f"at own pace, {name}", _shown(journey(way))
    at_work = Way((TODAY,), TODAY, TODAY + 2 * WEEK, (plan,), pace=Pace.AT_WORK)
    for name, day in (("to come", TODAY + DAY), ("now", TODAY), ("over", TODAY - 4 * WEEK)):
        way = replace(at_work, meetings=(day,), ends_on=day, window_ends_on=day + 2 * WEEK)
        yield f"at work, {name}", _shown(journey(way))
    yield "long ago", _shown(journey(_one_day(TODAY - 60 * WEEK)))


def _shown(one: Journey, **more: Any) -> dict[str, Any]:
    home = sample_homes.around()
    said = {"plan": one.learner.plan, "sentence": one.sentence, "title": one.learner.track.title}
    around = {"is_here": True, "here": HERE, "write_url": None, "return_url": COURSE}
    return {**home, **said, **around, "journey": one, "told": [], "is_learner": True, **more}


def _of_all() -> Iterator[Page]:
    done = _asked("post", "plan", done_on=TODAY - WEEK)
    other = {"course": ELSEWHERE, "title": "Participatie voor beginners"}
    own_day = _one_day(TODAY - WEEK, done, plan_made_on=TODAY - WEEK, own_on=TODAY)
    ahead = journey(_one_day(TODAY + WEEK, _asked("pre", "short", opens_on=None)), **other)
    past = journey(_one_day(TODAY - 60 * WEEK), attempt=2)
    left = journey(_one_day(TODAY - 4 * WEEK), has_left=True)
    many = [full(), ahead, journey(own_day, **other, attempt=2), past, left]
    months = [Month(TODAY.replace(day=1), 3), Month(date(2026, 10, 1), 9)]
    yield _all("of several trainings", many, months=months, can_answer=True, shares_room=True)
    yield _all("with something to do elsewhere", [ahead, past], is_waiting=True)
    yield _all("with something to do here", [full()], write_url="/v/v1/reflect/deeper/1")
    yield _all("with a question elsewhere", [journey(own_day, **other)])
    yield _all("with a question here", [journey(own_day)], can_answer=True)
    yield _all("with a question in this course", [journey(own_day)])
    yield _all("with nothing to do", [past], months=months[:1])
    yield _all("without a training", [])
    spoken = Told(Level.APPLIED, Answer(words="Ik vroeg eerst door."), TODAY)
    yield _all("with a story of one's own", [], told=[spoken])


def _all(name: str, found: list[Journey], **more: Any) -> Page:
    shown = {
        "visit": VISIT, "journeys": found, "here": HERE, "return_url": COURSE,
        "first": next((each for each in found if each.timeline.next_step.is_asked), None),
        "stretch": stretches.together((each, each.timeline) for each in found),
        "can_answer": False, "write_url": None, "is_waiting": False, "is_learner": True, "months": [],
        "check_in_url": "/v/v1/check-in", "change_url": "/v/v1/check-in/change", "notice": None,
        "told": [], "shares_room": False, **more,
    }  # fmt: skip
    return Page("journeys", shown, name)
