"""The page of a plan: which answers make it up, in which order."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class SectionKey(StrEnum):
    """What a part of the page is about."""

    LEARN = "learn"
    USE = "use"
    NOTICE = "notice"
    IN_THE_WAY = "in_the_way"
    HELP = "help"
    DAYS = "days"


@dataclass(frozen=True)
class Section:
    """One part of the page. items: ids, in the order shown."""

    key: SectionKey
    items: tuple[str, ...]


SECTIONS = (
    Section(
        SectionKey.LEARN,
        (
            "pre.goal",
            "pre.relevance.self",
            "pre.relevance.team",
            "pre.relevance.stakeholders",
            "pre.relevance.organisation",
            "pre.goal_level",
        ),
    ),
    Section(SectionKey.USE, ("pre.application", "post.task", "pre.task", "post.confidence")),
    Section(SectionKey.NOTICE, ("pre.indicators.self", "pre.indicators.others")),
    Section(
        SectionKey.IN_THE_WAY,
        (
            "post.obstacles",
            "pre.obstacles",
            "post.obstacles.text",
            "pre.obstacles.text",
            "post.obstacle_removal",
            "pre.obstacle_removal",
        ),
    ),
    Section(
        SectionKey.HELP,
        (
            "pre.support_colleagues",
            "pre.support_leader",
            "post.buddy",
            "pre.buddy",
            "pre.who_knows",
            "pre.disciplines",
            "pre.disciplines.why",
            "pre.disciplines.how",
        ),
    ),
    Section(
        SectionKey.DAYS,
        (
            "pre.task_on",
            "pre.leader_talk_on",
            "pre.team_talk_on",
            "pre.first_results_on",
            "pre.review_moments",
            "pre.review_how",
        ),
    ),
)
ITEMS = tuple(item for section in SECTIONS for item in section.items)

SHARPENED = {
    "pre.task": "post.task",
    "pre.task_on": "post.task_on",
    "pre.obstacles": "post.obstacles",
    "pre.obstacles.text": "post.obstacles.text",
    "pre.obstacle_removal": "post.obstacle_removal",
    "pre.buddy": "post.buddy",
}
"""What is asked once more after the training: the later answer stands for both."""
EARLIER = {later: first for first, later in SHARPENED.items()}


def shown(section: Section, said: Collection[str]) -> list[str]:
    """The items of a section that were answered; of what was asked twice, only the later one."""
    return [item for item in section.items if item in said and SHARPENED.get(item) not in said]


def open_items(section: Section, asked: Collection[str], said: Collection[str]) -> list[str]:
    """The items of a section that were not answered in either place; of what is asked twice, the first."""
    return [
        item
        for item in section.items
        if item in asked
        and not {item, SHARPENED.get(item), EARLIER.get(item)} & set(said)
        and EARLIER.get(item) not in asked
    ]
