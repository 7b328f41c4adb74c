"""Every question of the guide's checklists is asked, in both languages, and as its answer asks for."""

from collections import Counter

import pytest

from lti_tool.domain.instruments import Audience, Item
from lti_tool.domain.item_type import Choices
from lti_tool.domain.item_types import scale
from lti_tool.domain.words import LOCALES
from lti_tool.services import catalogue

# By instrument: id, then type. A question of two types is two items: "x" and "x.text", or "x_on" for a day.
ASKED = {
    "pre": """
        pre.goal text
        pre.relevance.self text
        pre.relevance.team text
        pre.relevance.organisation text
        pre.relevance.stakeholders text
        pre.goal_level choice
        pre.share_trainer yes_no
        pre.application text
        pre.obstacles multi
        pre.obstacles.text text
        pre.obstacle_removal text
        pre.indicators.self text
        pre.indicators.others text
        pre.review_how line
        pre.review_moments dates
        pre.first_results_on date
        pre.support_colleagues text
        pre.support_leader text
        pre.disciplines people
        pre.disciplines.why multi
        pre.disciplines.how text
        pre.task line
        pre.task_on date
        pre.leader_talk_on date
        pre.team_talk_on date
        pre.who_knows people
        pre.buddy people
    """,
    "mid": """
        mid.experience scale
        mid.experience.text text
        mid.picked_up text
        mid.team_session yes_no
        mid.reinforce text
        mid.holding_back multi
        mid.holding_back.text text
        mid.embed text
        mid.team_can text
        mid.others_need yes_no
        mid.on_course scale
        mid.adjust line
        mid.next_use line
        mid.next_use_on date
    """,
    "post": """
        post.experience scale
        post.experience.text text
        post.potential text
        post.applied text
        post.changes_needed text
        post.results text
        post.noticed_by.colleagues line
        post.noticed_by.served line
        post.noticed_by.organisation line
        post.noticed_by.peers line
        post.reframing text
        post.reframing_peers yes_no
        post.obstacles multi
        post.obstacles.text text
        post.obstacle_removal text
        post.maintain text
        post.who_benefits multi
        post.further line
        post.training_worked scale
        post.training_worked.text line
        post.task line
        post.if_then if_then
        post.task_on window_day
        post.cue line
        post.buddy people
        post.confidence ten
        post.hour choice
    """,
    "check_in": """
        checkin.plan choice
        checkin.plan.close choice
        checkin.used choice
        checkin.brought line
        checkin.noticed line
        checkin.evidence line
        checkin.evidence.level choice
        checkin.obstacle multi
        checkin.help choice
        checkin.who people
        checkin.new_date window_day
    """,
    "logbook": """
        log.note text
        log.wonder text
        log.kind choice
        log.need choice
    """,
    "insight": """
        informal.story text
        informal.potential text
        informal.application text
        informal.noticed text
        informal.view_changed text
        informal.asks_of_team text
    """,
    "climate": """
        cond.change scale
        cond.change.matters scale
        cond.challenge scale
        cond.challenge.matters scale
        cond.lead scale
        cond.lead.matters scale
        cond.network scale
        cond.network.matters scale
        cond.feedback scale
        cond.feedback.matters scale
        cond.support scale
        cond.support.matters scale
        cond.reward scale
        cond.reward.matters scale
    """,
    "value_check": """
        value_check.story text
        value_check.yield text
        value_check.next_on date
    """,
    "hill": """
        hill.urgency choice
        hill.urgency.text line
        hill.ownership choice
        hill.ownership.text line
        hill.action choice
        hill.action.text line
        hill.teamwork choice
        hill.teamwork.text line
        hill.blended choice
        hill.blended.text line
        hill.informal choice
        hill.informal.text line
        hill.feedback choice
        hill.feedback.text line
    """,
    "canvas": """
        canvas.content text
        canvas.physical text
        canvas.social text
        canvas.result text
    """,
    "why": """
        why.why text
        why.how text
        why.what text
    """,
    "needs": """
        need.new text
        need.more text
        need.apply text
        need.solve text
        need.change text
    """,
}
# Its options are suggestions that fit the obstacle: they can only be chosen when the page is made.
NOT_YET = {"checkin.help"}
VALUE_LEVELS = {
    1: {"post.experience", "post.experience.text", "informal.story"},
    2: {"post.potential", "informal.potential"},
    3: {
        "post.applied",
        "post.changes_needed",
        "checkin.used",
        "checkin.brought",
        "informal.application",
    },
    4: {
        "post.results",
        "post.noticed_by.colleagues",
        "post.noticed_by.served",
        "post.noticed_by.organisation",
        "post.noticed_by.peers",
        "checkin.noticed",
        "informal.noticed",
    },
    5: {"post.reframing", "post.reframing_peers", "informal.view_changed"},
}
# The hour steers the mails, the level is the writer's own, and a permission is nobody else's to count. What
# is taken up at will belongs to no training: it is sealed as a whole, and counted only if its writer says so.
CHOSEN_BUT_NOT_COUNTED = {
    "post.hour",
    "checkin.evidence.level",
    "pre.share_trainer",
    "log.kind",
    "log.need",
}
AT_WILL = ("climate", "hill")


def wanted(key: str) -> dict[str, str]:
    return dict(line.split() for line in ASKED[key].strip().splitlines())


def there(key: str) -> dict[str, Item]:
    return {item.id: item for part in catalogue.load().latest(key).parts for item in part.items}


def everything() -> list[Item]:
    return [item for key in ASKED for item in there(key).values()]


@pytest.mark.parametrize("key", ASKED)
def test_every_question_is_asked_in_its_type_and_no_other_is(key):
    found = {item_id: str(item.type) for item_id, item in there(key).items()}

    assert found == {item_id: kind for item_id, kind in wanted(key).items() if item_id not in NOT_YET}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("key", ASKED)
def test_every_question_is_there_in_both_languages(key, locale):
    for item in there(key).values():
        assert item.ask[locale].endswith("?"), item.id
        assert all(words[locale] for words in (item.help, item.examples) if words), item.id
        assert all(option.label[locale] for option in item.options), item.id


def test_what_is_chosen_is_counted_and_what_is_written_is_not():
    counted = {item.id for item in everything() if item.audience is Audience.ME_AND_COUNTED}

    chosen = {item.id for item in everything() if item.type.choices is not Choices.NONE}
    at_will = {item_id for key in AT_WILL for item_id in there(key)}
    assert counted == chosen - CHOSEN_BUT_NOT_COUNTED - at_will


def test_every_value_of_learning_is_asked_for():
    found = {level: {item.id for item in everything() if item.value_level == level} for level in VALUE_LEVELS}

    assert found == VALUE_LEVELS


def test_there_are_two_scales_one_of_how_it_was_and_one_of_how_much():
    scales = Counter(item.options for item in everything() if item.type is scale.TYPE)

    assert sorted(scales.values()) == [4, 14]


@pytest.mark.parametrize("key", ASKED)
def test_no_part_takes_more_than_eight_minutes(key):
    assert all(part.minutes <= 8 for part in catalogue.load().latest(key).parts)
