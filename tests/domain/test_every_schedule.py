"""What holds for the schedule of every enrolment, whatever its calendar, plan and history."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import given, settings

from lti_tool.domain import budget, cadences, moments, retention, schedules
from lti_tool.domain.nudges import EnrolmentFacts, SkipReason
from lti_tool.domain.paces import Pace
from tests.domain import worlds
from tests.domain.enrolments import AMSTERDAM, CADENCES
from tests.domain.luck import Luck, drawn
from tests.domain.worlds import FIRST

PARTS = ("pre.short", "mid.1", "mid.2", "mid.3", "post.plan", "post.harvest", "post.yield")
OF_THE_WINDOW = {"plan", "rehearse", "own_date", "check_in", "harvest", "last_call"}
ZONES = (AMSTERDAM, "America/Curacao", "Pacific/Auckland")


def enrolment(luck: Luck) -> EnrolmentFacts:
    """Anybody at any moment, whatever was sent already."""
    anchor_on = FIRST + timedelta(days=100 * luck.number(0, 3) + luck.number(0, 99))

    def near(first: int, last: int) -> date:
        return luck.day(anchor_on, first, last)

    return EnrolmentFacts(
        anchor_on=anchor_on,
        calendar=worlds.calendar(luck, anchor_on, luck.one_of(*worlds.HOLIDAYS.values())),
        time_zone=luck.one_of(*ZONES),
        joined_at=moments.at(near(-20, 16), time(14), AMSTERDAM),
        meetings=tuple(sorted({near(-40, 0) for _ in range(luck.number(0, 4))})),
        days_known_on=luck.one_of(None, near(-50, 5)),
        parts={part: bool(luck.number(0, 1)) for part in luck.subset(PARTS)},
        mail_hour=luck.one_of(None, time(luck.number(0, 23), luck.number(0, 59))),
        plan_made_on=luck.one_of(None, near(-2, 20)),
        own_on=luck.one_of(None, near(0, 40)),
        own_date_number=luck.number(1, 2),
        used_on=luck.one_of(None, None, near(0, 14)),
        is_closed=luck.one_of(False, False, False, True),
        left_out=luck.subset(tuple(cadences.StepId), 10),
        wants_few=luck.one_of(False, False, True),
        answered_since_anchor=bool(luck.number(0, 1)),
        already_sent={(str(step), 1): near(1, 14) for step in luck.subset(tuple(cadences.StepId), 6)},
        paused_until=luck.one_of(None, None, near(0, 20)),
        pace=luck.one_of(*Pace),
    )


def situation(luck: Luck) -> tuple[cadences.Cadence, EnrolmentFacts, datetime]:
    facts = enrolment(luck)
    hours = luck.number(-48, 0) if luck.number(0, 1) else luck.number(0, 240) + luck.number(0, 240)
    now = moments.at(facts.anchor_on, time(9), facts.time_zone) + timedelta(hours=hours)
    return luck.one_of(*CADENCES.values()), facts, now


situations = drawn(situation)
many = settings(max_examples=700, deadline=None)


@many
@given(situations)
def test_nothing_comes_in_the_past_or_outside_working_days_and_office_hours(situation):
    cadence, facts, now = situation

    for step in schedules.plan(cadence, facts, now=now).planned:
        here = moments.local(step.due_at, facts.time_zone)
        assert step.due_at >= max(now, facts.joined_at)
        assert here.date() == step.due_on
        assert facts.calendar.allows(step.due_on)
        assert moments.is_open(here)
        assert not facts.is_paused(step.due_on)


@many
@given(situations)
def test_nothing_of_the_window_comes_outside_it(situation):
    cadence, facts, now = situation
    window = retention.open_window(facts.anchor_on, facts.calendar)

    for step in schedules.plan(cadence, facts, now=now).planned:
        if step.step not in OF_THE_WINDOW:
            continue
        # Leave that begins after a day of one's own may move the window; that day keeps its cue.
        own_on = facts.own_on if step.step == "own_date" else None
        assert step.due_on >= window.first_on or facts.anchor_on < step.due_on == own_on
        assert step.due_on <= step.last_on <= window.last_on


@many
@given(situations)
def test_steps_come_in_order_on_days_of_their_own_that_do_not_overlap(situation):
    cadence, facts, now = situation

    planned = schedules.plan(cadence, facts, now=now).planned

    order = [step.id for step in cadence.steps]
    assert [step.step for step in planned] == sorted((step.step for step in planned), key=order.index)
    assert all(step.due_on <= step.last_on for step in planned)
    assert all(earlier.last_on < later.due_on for earlier, later in pairwise(planned))
    assert not {step.due_on for step in planned} & set(facts.already_sent.values())


@many
@given(situations)
def test_every_step_is_planned_or_left_out_once_and_planning_twice_gives_the_same(situation):
    cadence, facts, now = situation

    schedule = schedules.plan(cadence, facts, now=now)

    outcomes = [(step.step, step.occurrence) for step in (*schedule.planned, *schedule.left_out)]
    assert sorted(outcomes) == sorted(
        (step.id, occurrence) for step in cadence.steps for occurrence in facts.occurrences_of(step)
    )
    assert not {(step.step, step.occurrence) for step in schedule.planned} & set(facts.already_sent)
    assert schedules.plan(cadence, facts, now=now) == schedule


@many
@given(situations)
def test_the_day_of_a_step_does_not_depend_on_when_it_is_planned(situation):
    cadence, facts, now = situation
    early = moments.at(facts.anchor_on - timedelta(30), time(9), AMSTERDAM)

    planned_early = schedules.plan(cadence, facts, now=early).planned
    planned_now = schedules.plan(cadence, facts, now=now).planned

    assert planned_now == tuple(step for step in planned_early if step.due_at >= now)


@many
@given(situations)
def test_a_letter_that_two_steps_share_is_planned_once_and_goes_before_the_lower_of_them(situation):
    cadence, facts, now = situation

    schedule = schedules.plan(cadence, facts, now=now)

    shared = {step.also for step in schedule.planned if step.also}
    merged = {each.step for each in schedule.left_out if each.reason is SkipReason.MERGED}
    assert shared == merged
    for step in schedule.planned:
        ranks = [budget.rank_of(each) for each in (step.step, step.also) if each]
        assert step.rank == min(ranks)


@many
@given(situations)
def test_what_is_about_the_training_itself_comes_before_or_between_its_meetings(situation):
    cadence, facts, now = situation

    for step in schedules.plan(cadence, facts, now=now).planned:
        if step.step in {"prepare", "prepare_again"}:
            assert step.due_on <= step.last_on < facts.meetings[0]
        if step.step == "between":
            this, following = facts.meetings[step.occurrence - 1 : step.occurrence + 1]
            assert this < step.due_on <= step.last_on < following
