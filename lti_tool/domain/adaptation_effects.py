"""What a trainer is told before questions are left out that other pages and letters build on."""

from collections.abc import Iterator
from enum import StrEnum

from lti_tool.domain.adaptations import Adaptation


class Effect(StrEnum):
    """What no longer happens without a question."""

    NO_GOALS = "no_goals"  # the trainer reads no goals
    NO_TASK = "no_task"  # nothing is taken over into the plan
    NO_PLAN = "no_plan"  # without its sentence a plan is not made, and nothing follows on it
    NO_DAY = "no_day"  # no letter on the own day
    NO_CUE = "no_cue"  # no words of the learner's own in the subject of letters
    NO_HOUR = "no_hour"  # letters come at the usual hour
    NO_OBSTACLES = "no_obstacles"  # nothing to suggest, and nothing for the team card
    NO_LOOK_BACK = "no_look_back"  # the letter that asks it leads nowhere
    NO_SIGNS = "no_signs"  # nothing of the person's own to look back on


OF = {
    "pre.goal": Effect.NO_GOALS,
    "pre.share_trainer": Effect.NO_GOALS,
    "pre.task": Effect.NO_TASK,
    "pre.indicators.self": Effect.NO_SIGNS,
    "pre.obstacles": Effect.NO_OBSTACLES,
    "mid.holding_back": Effect.NO_OBSTACLES,
    "post.obstacles": Effect.NO_OBSTACLES,
    "post.if_then": Effect.NO_PLAN,
    "post.task_on": Effect.NO_DAY,
    "post.cue": Effect.NO_CUE,
    "post.hour": Effect.NO_HOUR,
    "post.experience": Effect.NO_LOOK_BACK,
}


def of(adaptation: Adaptation) -> list[Effect]:
    """What no longer happens, each once."""
    return list(dict.fromkeys(_effects(adaptation)))


def _effects(adaptation: Adaptation) -> Iterator[Effect]:
    for item_id, effect in OF.items():
        if item_id in adaptation.left_out:
            yield effect
