"""The pages about who prepares and what people want to learn, with what they are shown with."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

from lti_tool.mail.reminders import Preview
from lti_tool.models.tracks import Cohort
from lti_tool.services.goals import Goal
from lti_tool.services.participants import Line, Tally
from lti_tool.services.reminders import Receiver
from lti_tool.services.teams import Shows
from lti_tool.web.paging import Pages
from tests.web.sample_buddies import THINGS
from tests.web.samples import AN_ID, TITLE, TODAY, VISIT, Page

TRAINER = {**VISIT, "role": "trainer", "person_name": "Joost Wiersma"}
KEPT: dict[str, Any] = {"id": AN_ID, "number": 1, "name": "", "starts_on": TODAY + timedelta(days=9)}
ONE = Cohort(**KEPT)
OTHER = Cohort(id=uuid4(), number=2, name="Groep Noord", starts_on=TODAY + timedelta(days=9))


def pages() -> Iterator[Page]:
    """All of them."""
    around = {"visit": TRAINER, "title": TITLE, "pace": "together", "pages": Pages(1, 1)}
    yield from _who(around)
    yield from reminding()
    told = [
        Goal(AN_ID, "Doorvragen zonder haast.", ("Dan bellen mensen minder terug.",)),
        Goal(AN_ID, "Kort schrijven.", ("Niemand leest lange brieven.", "Het scheelt mij tijd."), 2),
    ]
    goals = {**around, "cohorts": [ONE], "goals": told, "by_name": 1}
    yield Page("trainer_goals", goals, "one group")
    yield Page("trainer_goals", {**goals, "pace": "at_work"}, "at work")
    two = {**goals, "cohorts": [ONE, OTHER], "pages": Pages(2, 3)}
    yield Page(
        "trainer_goals", {**two, "goals": [*told, Goal(OTHER.id, "Beter luisteren.", ())]}, "two groups"
    )
    yield Page("trainer_goals", {**two, "goals": [], "by_name": 0}, "nobody on this page")
    yield Page("trainer_goals", {**goals, "goals": [], "by_name": 0}, "nobody")
    named = [
        Shows(AN_ID, AN_ID, "Samira Bakkali", tuple(THINGS[:2])),
        Shows(uuid4(), AN_ID, None, THINGS[:1]),
    ]
    sheet = {**around, "cohorts": [ONE], "goals": told, "named": named}
    yield Page("trainer_goals_sheet", sheet, "both")
    yield Page("trainer_goals_sheet", {**sheet, "pages": Pages(2, 3)}, "one of several")
    yield Page("trainer_goals_sheet", {**sheet, "cohorts": [ONE, OTHER], "named": []}, "without names")
    yield Page("trainer_goals_sheet", {**sheet, "goals": []}, "with names only")
    yield Page("trainer_goals_sheet", {**sheet, "goals": [], "named": []}, "nobody")


def reminding() -> Iterator[Page]:
    """A reminder: to plan, planned, over, and without a day or anybody left."""
    letter = Preview("Bereid u voor", ("De eerste dag is dinsdag 1 december.", "Welk moment neemt u mee?"))
    here = [Receiver("Samira Bakkali", True), Receiver(None, False)]
    around = {"visit": TRAINER, "title": TITLE, "cohort": ONE, "has_groups": False, "is_over": False}
    around |= {"days": (TODAY,), "letter": letter, "here": here, "others": 0, "notice": None}
    around |= {"filled_from": "f1", "is_changed": False, "chosen": None, "pace": "together"}
    yield Page("trainer_remind", around, "to plan")
    planned = Cohort(id=AN_ID, number=2, name="Groep Noord", remind_on=TODAY)
    of_many = {"cohort": planned, "has_groups": True, "others": 12, "notice": "reminder_planned"}
    yield Page("trainer_remind", {**around, **of_many}, "planned")
    changed = {"is_changed": True, "chosen": TODAY}
    yield Page("trainer_remind", {**around, **changed}, "taken back meanwhile")
    yield Page("trainer_remind", {**around, **changed, "pace": "at_work", "days": ()}, "at work, no day left")
    moved = Cohort(**{**KEPT, "remind_on": TODAY})
    yield Page("trainer_remind", {**around, **changed, "cohort": moved}, "planned meanwhile")
    yield Page("trainer_remind", {**around, "days": (), "here": [], "notice": "reminder_gone"}, "no day left")
    yield Page("trainer_remind", {**around, "cohort": planned, "is_over": True}, "over")


def _who(around: dict[str, Any]) -> Iterator[Page]:
    lines = [
        Line(AN_ID, "Bram de Vries", False),
        Line(AN_ID, None, False),
        Line(AN_ID, "Samira Bakkali", True),
    ]
    one = {**around, "is_asked": True, "cohorts": [ONE], "tallies": {AN_ID: Tally(3, 1)}, "lines": lines}
    one |= {"can_edit": True, "let_read": 2}
    yield Page("trainer_before", one, "one group")
    yield Page("trainer_before", {**one, "pace": "at_work"}, "at work")
    yield Page("trainer_before", {**one, "can_edit": False, "let_read": 0}, "only looking")
    yield Page("trainer_before", {**one, "cohorts": [ONE, OTHER]}, "an empty group")
    many = {AN_ID: Tally(120, 0), OTHER.id: Tally(1, 1)}
    both = {**one, "cohorts": [ONE, OTHER], "tallies": many, "pages": Pages(2, 3)}
    yield Page(
        "trainer_before", {**both, "lines": [*lines, Line(OTHER.id, "Fatima Aydin", True)]}, "in the middle"
    )
    yield Page("trainer_before", {**one, "lines": [], "tallies": {}, "let_read": 0}, "without people")
    yield Page("trainer_before", {**one, "is_asked": False, "let_read": 0}, "without a preparation")
