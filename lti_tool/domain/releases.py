"""What people may let others read of their own, each thing by itself, and who those others are."""

from collections.abc import Collection
from enum import StrEnum

from lti_tool.domain.plan_pages import SHARPENED


class Reader(StrEnum):
    """Whom somebody lets read along."""

    TRAINER = "trainer"  # those of the training, with the writer's name
    TEAM = "team"  # the people of one's own group in the training, with the writer's name
    BUDDY = "buddy"  # one colleague, who reads the name only if the learner said so


class Shareable(StrEnum):
    """A thing that can be shown by itself."""

    GOAL = "goal"
    REASON = "reason"
    USE = "use"
    PLAN = "plan"
    TASK = "task"
    DAY = "day"
    SIGNS = "signs"
    OBSTACLES = "obstacles"
    COLLEAGUES = "colleagues"
    LEADER = "leader"
    STORY = "story"
    APPLIED = "applied"
    RESULTS = "results"


ANSWERED = {
    Shareable.GOAL: ("pre.goal",),
    Shareable.REASON: ("pre.relevance.self",),
    Shareable.USE: ("pre.application",),
    Shareable.SIGNS: ("pre.indicators.self", "pre.indicators.others"),
    Shareable.OBSTACLES: (
        "post.obstacles",
        "pre.obstacles",
        "post.obstacles.text",
        "pre.obstacles.text",
        "post.obstacle_removal",
        "pre.obstacle_removal",
    ),
    Shareable.COLLEAGUES: ("pre.support_colleagues",),
    Shareable.LEADER: ("pre.support_leader",),
    Shareable.STORY: ("post.experience.text",),
    Shareable.APPLIED: ("post.applied",),
    Shareable.RESULTS: ("post.results",),
}
"""The questions whose answers make a thing up; the others stand on the plan itself."""
ITEMS = tuple(item for items in ANSWERED.values() for item in items)

OUTCOMES = (Shareable.STORY, Shareable.APPLIED, Shareable.RESULTS)
"""What the training brought, in the order in which it is read."""

STORIES = ("informal.story", "value_check.story")
"""Told in what people take up at will: these may be shown to a team too."""


ON_THE_PLAN = {
    "post.if_then": Shareable.PLAN,
    "post.task": Shareable.TASK,
    "pre.task": Shareable.TASK,
    "post.task_on": Shareable.DAY,
}
"""Questions whose answers stand on the plan itself."""
THING_OF = {item: thing for thing, items in ANSWERED.items() for item in items} | ON_THE_PLAN
"""The thing that an answer is a part of, by item."""


def answers_of(thing: Shareable, said: Collection[str]) -> list[str]:
    """The items of a thing that were answered; of what was asked twice, only the later answer."""
    asked = ANSWERED.get(thing, ())
    return [item for item in asked if item in said and SHARPENED.get(item) not in said]
