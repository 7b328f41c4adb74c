"""What a training is for as a whole: two choices of its trainer, and the cadence that fits (G 3.1, 3.2)."""

from dataclasses import dataclass
from enum import StrEnum

LIGHT, STANDARD, INTENSIVE = "light", "standard", "intensive"
OURS = frozenset({LIGHT, STANDARD, INTENSIVE})
"""The cadences of which it is known what they fit; what an organisation's own fits only they know."""


class GoalLevel(StrEnum):
    """For whom the goal of a training mainly is, in the words of `pre.goal_level` (G 3.2)."""

    INDIVIDUAL = "individual"
    TEAM = "team"
    ORGANISATION = "organisation"
    PROFESSION = "profession"
    SOCIETY = "society"


class Kind(StrEnum):
    """What people mainly come to a training for (G 3.1)."""

    KNOWLEDGE = "knowledge"  # can be handed over: the acquisition model
    INSIGHT = "insight"  # made together, in its setting: the participation model
    SKILL = "skill"  # only doing brings it


class Reason(StrEnum):
    """Why a cadence fits."""

    KNOWLEDGE = "knowledge"  # two of its letters bring a question about the content
    SKILL = "skill"  # it asks how the doing goes, and for another day
    TOGETHER = "together"  # it asks between two sessions
    OTHERS = "others"  # a month later it asks what others notice
    OWN = "own"  # it keeps to the own plan


@dataclass(frozen=True)
class Aim:
    """The two choices; None for one that was not made."""

    goal_level: GoalLevel | None = None
    kind: Kind | None = None

    @property
    def is_for_others(self) -> bool:
        """Whether the goal is for more than each person themselves."""
        return self.goal_level not in (None, GoalLevel.INDIVIDUAL)


@dataclass(frozen=True)
class Fit:
    """A cadence that fits. cadence: its key."""

    cadence: str
    reason: Reason


def fit(aim: Aim, sessions: int) -> Fit | None:
    """The cadence that fits an aim; None where the choices do not say. sessions: the days of the training.

    What kind of training it is says most. Insight rests on what people do together, so sessions to look
    back on come before the question for whom it is.
    """
    if aim.kind is Kind.KNOWLEDGE:
        return Fit(INTENSIVE, Reason.KNOWLEDGE)
    if aim.kind is Kind.SKILL:
        return Fit(STANDARD, Reason.SKILL)
    if aim.kind is Kind.INSIGHT and sessions > 1:
        return Fit(STANDARD, Reason.TOGETHER)
    if aim.is_for_others:
        return Fit(STANDARD, Reason.OTHERS)
    return Fit(LIGHT, Reason.OWN) if aim.kind and aim.goal_level else None
