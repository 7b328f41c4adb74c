"""The form of a trainer for what a training is for as a whole."""

from enum import StrEnum

from lti_tool.domain.aims import Aim, GoalLevel, Kind
from lti_tool.web.fields import WordField
from lti_tool.web.forms import PageForm, Posted

UNSURE = "unsure"
"""The way out of both questions."""


def aim(known: Aim, sent: Posted | None = None) -> PageForm:
    """For whom the goal is, and what people come for; either may stay open."""
    form = PageForm({"goal_level": _one_of(GoalLevel), "kind": _one_of(Kind)})
    form.process(sent, data={"goal_level": known.goal_level or UNSURE, "kind": known.kind or UNSURE})
    return form


def read_aim(form: PageForm) -> Aim:
    """What a form that holds says."""
    level, kind = form["goal_level"].data, form["kind"].data
    return Aim(
        None if level == UNSURE else GoalLevel(level),
        None if kind == UNSURE else Kind(kind),
    )


def _one_of(words: type[StrEnum]) -> WordField:
    return WordField((*words, UNSURE), otherwise=UNSURE)
