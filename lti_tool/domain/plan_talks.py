"""A talk about a plan: with whom, and what is put forward for it beforehand."""

from enum import StrEnum


class Partner(StrEnum):
    """With whom somebody talks about their plan."""

    LEADER = "leader"
    TEAM = "team"
    BUDDY = "buddy"


SENTENCE, DAY = "post.if_then", "post.task_on"

# Ticked beforehand. What gets in the way is ticked by hand: it may be about the one who is spoken with.
SUGGESTED = {
    Partner.LEADER: frozenset(
        {"pre.goal", "pre.task", "post.task", "pre.support_leader", "pre.leader_talk_on", SENTENCE, DAY}
    ),
    Partner.TEAM: frozenset(
        {"pre.goal", "pre.relevance.team", "pre.application", "pre.support_colleagues", "pre.team_talk_on"}
    ),
    Partner.BUDDY: frozenset({"pre.goal", "pre.task", "post.task", "pre.indicators.self", SENTENCE, DAY}),
}
