"""The page with hints of a trainer, with what it is shown with."""

from collections.abc import Iterator
from typing import Any

from werkzeug.datastructures import MultiDict

from lti_tool.domain.aims import Aim, GoalLevel, Kind, Reason, fit
from lti_tool.domain.cadences import StepId
from lti_tool.domain.hints import CARRIED, SERVED, About, Hint, Principle
from lti_tool.services import catalogue, hints
from lti_tool.services.moves import Change
from lti_tool.web import aim_forms
from lti_tool.web.hints import Shown
from tests.web.samples import TITLE, VISIT, Page

CATALOGUE = catalogue.load()
# One for each reason why other mails may fit, with the number of sessions.
AIMS = {
    Reason.KNOWLEDGE: (Aim(kind=Kind.KNOWLEDGE), 1),
    Reason.SKILL: (Aim(GoalLevel.INDIVIDUAL, Kind.SKILL), 1),
    Reason.TOGETHER: (Aim(GoalLevel.PROFESSION, Kind.INSIGHT), 2),
    Reason.OTHERS: (Aim(GoalLevel.SOCIETY), 1),
    Reason.OWN: (Aim(GoalLevel.INDIVIDUAL, Kind.INSIGHT), 1),
}
TRAINER = {**VISIT, "role": "trainer", "person_name": "Joost Wiersma"}


def pages() -> Iterator[Page]:
    """All of them."""
    found = [Hint(each, Principle.URGENCY) for each in About if each not in (About.STEP, About.FIT)]
    steps = [Hint(About.STEP, CARRIED.get(step, Principle.FEEDBACK), step) for step in StepId]
    yield Page("trainer_hints", _around([*found, *steps]))
    yield Page("trainer_hints", _around(found, can_edit=False), "only looking")
    changing = {"changing": steps[0], "change": Change(2, 1, 12)}
    yield Page("trainer_hints", _around(steps[:1], **changing), "changing letters")
    yield from _fitting()
    for notice in ("hint_applied", "hint_away", "hint_done", "aim_kept"):
        yield Page("trainer_hints", _around([], put_away=2, notice=notice), notice)


def _fitting() -> Iterator[Page]:
    """Other mails for what a training is for, for each reason; and what it is for, when that is to mend."""
    for reason, (aim, sessions) in AIMS.items():
        found = [Hint(About.FIT, SERVED[reason], fit=fit(aim, sessions))]
        chosen = {"aim": aim, "form": aim_forms.aim(aim)}
        yield Page("trainer_hints", _around(found, **chosen), f"fitting by {reason}")
    for level in (GoalLevel.TEAM, GoalLevel.ORGANISATION):
        yield Page("trainer_hints", _around([], can_edit=False, aim=Aim(level)), f"for the {level}")
    wrong = aim_forms.aim(Aim(), MultiDict({"goal_level": "everybody", "kind": "skill"}))
    wrong.validate()
    yield Page("trainer_hints", _around([], form=wrong), "to mend")
    other = _around([], aim=Aim(kind=Kind.SKILL), is_changed=True)
    yield Page("trainer_hints", other, "changed meanwhile")


def _around(found: list[Hint], **more: Any) -> dict[str, Any]:
    names = hints.principles(CATALOGUE)
    return {
        "visit": TRAINER,
        "title": TITLE,
        "pace": "together",
        "hints": [
            Shown(
                each,
                *names[each.principle],
                (3, 6) if each.is_applied else None,
                CATALOGUE.cadence(each.cadence) if each.cadence else None,
            )
            for each in found
        ],
        "aim": Aim(),
        "form": aim_forms.aim(Aim()),
        "filled_from": "f1",
        "is_changed": False,
        "put_away": 0,
        "changing": None,
        "change": None,
        "check_url": "/v/v1/instruments/hill",
        "canvas_url": "/v/v1/instruments/canvas",
        "can_edit": True,
        "notice": None,
        **more,
    }
