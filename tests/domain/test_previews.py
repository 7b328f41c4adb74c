"""Which letters a training may bring, before anybody takes part."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from lti_tool.domain import previews
from lti_tool.domain.cadences import StepId
from lti_tool.domain.nudges import EnrolmentFacts
from lti_tool.domain.previews import Letter
from lti_tool.domain.workdays import WorkCalendar
from lti_tool.services import catalogue

CADENCE = catalogue.load().cadence("standard")
NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)
PARTS = dict.fromkeys(("pre.short", "mid.1", "post.plan", "post.harvest", "post.yield"), False)
# Meetings on Tuesday 24 November and Tuesday 1 December 2026; W+1 is the Wednesday after it.
TRAINING = EnrolmentFacts(
    anchor_on=date(2026, 12, 1),
    calendar=WorkCalendar(),
    time_zone="Europe/Amsterdam",
    joined_at=NOW,
    meetings=(date(2026, 11, 24), date(2026, 12, 1)),
    days_known_on=date(2026, 11, 2),
    parts=PARTS,
)


def shown(training=TRAINING, now=NOW):
    return {each.step: each.on for each in previews.preview(CADENCE, training, now=now).letters}


def test_every_step_that_may_come_is_shown_once_though_nobody_gets_them_all():
    preview = previews.preview(CADENCE, TRAINING, now=NOW)

    assert {each.step for each in preview.letters} == set(StepId)
    assert len(preview.letters) == len({(each.step, each.occurrence) for each in preview.letters})
    assert preview.at_once < len(preview.silent) < len(preview.letters)


def test_two_letters_that_find_no_day_of_their_own_are_one_mail():
    end = date(2026, 12, 11)
    calendar = WorkCalendar(frozenset({date(2026, 12, 25)}))
    training = replace(TRAINING, anchor_on=end, meetings=(end,), calendar=calendar)

    preview = previews.preview(CADENCE, training, now=NOW)

    of_one_day = [each.step for each in preview.silent if each.on == date(2026, 12, 24)]
    assert of_one_day == [StepId.LAST_CALL, StepId.HARVEST]
    assert preview.shared == {(StepId.LAST_CALL, StepId.HARVEST)}


def test_the_days_are_those_of_the_planner():
    days = shown()

    assert days[StepId.PREPARE] == date(2026, 11, 10)
    assert days[StepId.PLAN] == days[StepId.REHEARSE] == date(2026, 12, 2)
    assert days[StepId.OWN_DATE] == date(2026, 12, 7)
    assert days[StepId.LAST_CALL] == date(2026, 12, 15)


def test_what_is_past_or_left_out_or_after_the_closing_day_is_not_shown():
    late = shown(now=datetime(2026, 12, 3, 8, tzinfo=UTC))
    fewer = shown(replace(TRAINING, left_out=frozenset({"harvest"})))
    closed = shown(replace(TRAINING, closes_on=date(2026, 12, 20)))

    assert not {StepId.PREPARE, StepId.BETWEEN, StepId.PLAN, StepId.REHEARSE} & late.keys()
    assert StepId.HARVEST not in fewer
    assert StepId.YIELD not in closed


def test_of_each_meeting_but_the_last_there_is_a_letter():
    many = replace(
        TRAINING,
        meetings=(date(2026, 11, 10), date(2026, 11, 24), date(2026, 12, 1)),
        parts={**PARTS, "mid.2": False},
    )

    letters = previews.preview(CADENCE, many, now=NOW).letters

    assert [each.occurrence for each in letters if each.step is StepId.BETWEEN] == [1, 2]


@pytest.mark.parametrize(
    ("step", "occurrence", "part"),
    [
        (StepId.PREPARE, 1, None),
        (StepId.BETWEEN, 1, None),
        (StepId.BETWEEN, 2, "mid.2"),
        (StepId.HARVEST, 1, "post.harvest"),
        (StepId.OWN_DATE, 1, "post.plan"),
        (StepId.LAST_CALL, 1, None),
    ],
)
def test_a_letter_that_waits_for_a_link_says_for_which_part(step, occurrence, part):
    there = {"pre.short", "mid.1"}

    assert previews.missing(CADENCE, there, Letter(step, occurrence, date(2026, 12, 1))) == part
