"""The pages on which a trainer takes something along, with what they are shown with."""

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace

from lti_tool.domain.figures import Cell, Question
from lti_tool.domain.harvests import Told
from lti_tool.domain.releases import Shareable
from lti_tool.models.tracks import Cohort
from lti_tool.services import afterwards, cards, catalogue
from lti_tool.services.goals import Goal
from lti_tool.services.releases import Thing
from lti_tool.services.reports import Group, Participant, Report
from lti_tool.services.send_log import Receiver
from lti_tool.services.teams import Shows
from lti_tool.web.paging import Pages
from tests.web.sample_buddies import line
from tests.web.samples import AN_ID, TITLE, VISIT, Page

AROUND = {"visit": {**VISIT, "role": "trainer", "person_name": "Joost Wiersma"}, "title": TITLE}
TOLD = tuple(map(afterwards.told_of, (
    Cell(Question.PLAN, "made", 19, 24),
    Cell(Question.PLAN, "used", 12, 24),
    Cell(Question.OBSTACLE, "time", 14, 24),
)))  # fmt: skip
GOALS = (
    Goal(AN_ID, "Brieven schrijven die inwoners in één keer begrijpen.", ("Ik krijg veel vragen terug.",)),
)

OUTCOME = Thing(
    Shareable.APPLIED, (line("post", "post.applied", words="Ik bel nu eerst terug, en schrijf dan pas."),)
)


def group(
    number: int = 1, name: str = "", told: tuple[Told, ...] = TOLD, goals: tuple[Goal, ...] = ()
) -> Group:
    """A group with one participant."""
    cohort = Cohort(
        id=AN_ID, number=number, name=name, starts_on=date(2026, 11, 3), ends_on=date(2026, 11, 10)
    )
    someone = Participant(Receiver(AN_ID, "Samira Bakkali", False, True, False), frozenset())
    return Group(cohort, 24, (cohort.starts_on, cohort.ends_on), (someone,), told, goals)


def pages() -> Iterator[Page]:
    """All of them."""
    for pace in ("together", "at_work"):
        yield Page("trainer_export", {**AROUND, "pace": pace, "is_fresh": True}, f"fresh, {pace}")
    yield Page("trainer_export", {**AROUND, "pace": "together", "is_fresh": False}, "launched long ago")
    shown = {
        **AROUND,
        "pace": "together",
        "obstacles": cards.labels(catalogue.load()),
        "outcomes": [],
        "may_read": True,
        "pages": Pages(1, 1),
    }
    item = SimpleNamespace(activity=SimpleNamespace(id=AN_ID, meeting_number=None), phase="pre")
    one = Report((item,), (group(),))
    yield Page("trainer_report", {**shown, "report": one, "with_words": False}, "one group")
    yield Page("trainer_report", {**shown, "report": one, "with_words": True}, "no words")
    yield Page("trainer_report", {**shown, "pace": "at_work", "report": one, "with_words": False}, "at work")
    told = [Shows(AN_ID, AN_ID, None, (OUTCOME,))]
    two = Report((item,), (group(1, "Noord", goals=GOALS), group(2, "Zuid", ())))
    yield Page("trainer_report", {**shown, "report": two, "outcomes": told, "with_words": True}, "two groups")
    many = {"report": two, "outcomes": told, "with_words": True, "pages": Pages(2, 3)}
    yield Page("trainer_report", {**shown, **many}, "words of many")
    looking = {"may_read": False, "with_words": False}
    yield Page("trainer_report", {**shown, "report": two, **looking}, "who may only look")
