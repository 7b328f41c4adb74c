"""What holds for the schedule of every enrolment, whatever its calendar, plan and history."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from lti_tool.domain import budget, cadences, moments, retention, schedules
from lti_tool.domain.nudges import EnrolmentFacts, SkipReason
from lti_tool.domain.workdays import Period, WorkCalendar
from tests.domain.enrolments import AMSTERDAM, CADENCES, HOLIDAYS

PARTS = ["pre.short", "mid.1", "mid.2", "mid.3", "post.plan", "post.harvest", "post.yield"]
OF_THE_WINDOW = {"plan", "rehearse", "own_date", "check_in", "harvest", "last_call"}
FIRST = date(2026, 12, 1)
LAST = date(2027, 5, 31)


@st.composite
def enrolments(draw: st.DrawFn) -> EnrolmentFacts:
    anchor_on = draw(st.dates(FIRST, LAST))

    def near(first: int, last: int) -> st.SearchStrategy[date]:
        return st.integers(first, last).map(lambda days: anchor_on + timedelta(days))

    leave = st.builds(lambda on, length: Period(on, on + timedelta(length)), near(-3, 20), st.integers(0, 25))
    return EnrolmentFacts(
        anchor_on=anchor_on,
        calendar=WorkCalendar(
            HOLIDAYS,
            draw(st.frozensets(st.integers(0, 4), max_size=4)),
            draw(st.lists(leave, max_size=2).map(tuple)),
        ),
        time_zone=draw(st.sampled_from([AMSTERDAM, "America/Curacao", "Pacific/Auckland"])),
        joined_at=moments.at(draw(near(-20, 16)), time(14), AMSTERDAM),
        meetings=tuple(sorted(draw(st.sets(near(-40, 0), max_size=4)))),
        set_up_on=draw(st.none() | near(-50, 5)),
        parts=draw(st.dictionaries(st.sampled_from(PARTS), st.booleans())),
        mail_hour=draw(st.none() | st.times()),
        plan_made_on=draw(st.none() | near(-2, 20)),
        own_on=draw(st.none() | near(0, 40)),
        own_date_number=draw(st.integers(1, 2)),
        used_on=draw(st.none() | st.none() | near(0, 14)),
        is_closed=draw(st.sampled_from([False, False, False, True])),
        left_out=draw(st.frozensets(st.sampled_from(cadences.StepId), max_size=2)),
        wants_few=draw(st.sampled_from([False, False, True])),
        answered_since_anchor=draw(st.booleans()),
        already_sent=draw(
            st.dictionaries(
                st.tuples(st.sampled_from(cadences.StepId), st.just(1)).map(
                    lambda key: (str(key[0]), key[1])
                ),
                near(1, 14),
                max_size=3,
            )
        ),
        paused_until=draw(st.none() | st.none() | near(0, 20)),
    )


cadence_of_any_kind = st.sampled_from(list(CADENCES.values()))


@st.composite
def situations(draw: st.DrawFn) -> tuple[cadences.Cadence, EnrolmentFacts, datetime]:
    facts = draw(enrolments())
    hours = draw(st.integers(-48, 24 * 20))
    now = moments.at(facts.anchor_on, time(9), facts.time_zone) + timedelta(hours=hours)
    return draw(cadence_of_any_kind), facts, now


@settings(max_examples=200, deadline=None)
@given(situations())
def test_nothing_comes_in_the_past_or_outside_working_days_and_office_hours(situation):
    cadence, facts, now = situation

    for step in schedules.plan(cadence, facts, now=now).planned:
        here = moments.local(step.due_at, facts.time_zone)
        assert step.due_at >= max(now, facts.joined_at)
        assert here.date() == step.due_on
        assert facts.calendar.allows(step.due_on)
        assert moments.is_open(here)
        assert not facts.is_paused(step.due_on)


@settings(max_examples=200, deadline=None)
@given(situations())
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


@settings(max_examples=200, deadline=None)
@given(situations())
def test_steps_come_in_order_on_days_of_their_own_that_do_not_overlap(situation):
    cadence, facts, now = situation

    planned = schedules.plan(cadence, facts, now=now).planned

    order = [step.id for step in cadence.steps]
    assert [step.step for step in planned] == sorted((step.step for step in planned), key=order.index)
    assert all(step.due_on <= step.last_on for step in planned)
    assert all(earlier.last_on < later.due_on for earlier, later in pairwise(planned))
    assert not {step.due_on for step in planned} & set(facts.already_sent.values())


@settings(max_examples=200, deadline=None)
@given(situations())
def test_every_step_is_planned_or_left_out_once_and_planning_twice_gives_the_same(situation):
    cadence, facts, now = situation

    schedule = schedules.plan(cadence, facts, now=now)

    outcomes = [(step.step, step.occurrence) for step in (*schedule.planned, *schedule.left_out)]
    assert sorted(outcomes) == sorted(
        (step.id, occurrence) for step in cadence.steps for occurrence in facts.occurrences_of(step)
    )
    assert not {(step.step, step.occurrence) for step in schedule.planned} & set(facts.already_sent)
    assert schedules.plan(cadence, facts, now=now) == schedule


@settings(max_examples=200, deadline=None)
@given(situations())
def test_the_day_of_a_step_does_not_depend_on_when_it_is_planned(situation):
    cadence, facts, now = situation
    early = moments.at(facts.anchor_on - timedelta(30), time(9), AMSTERDAM)

    planned_early = schedules.plan(cadence, facts, now=early).planned
    planned_now = schedules.plan(cadence, facts, now=now).planned

    assert planned_now == tuple(step for step in planned_early if step.due_at >= now)


@settings(max_examples=200, deadline=None)
@given(situations())
def test_a_letter_that_two_steps_share_is_planned_once_and_goes_before_the_lower_of_them(situation):
    cadence, facts, now = situation

    schedule = schedules.plan(cadence, facts, now=now)

    shared = {step.also for step in schedule.planned if step.also}
    merged = {each.step for each in schedule.left_out if each.reason is SkipReason.MERGED}
    assert shared == merged
    for step in schedule.planned:
        ranks = [budget.rank_of(each) for each in (step.step, step.also) if each]
        assert step.rank == min(ranks)


@settings(max_examples=200, deadline=None)
@given(situations())
def test_what_is_about_the_training_itself_comes_before_or_between_its_meetings(situation):
    cadence, facts, now = situation

    for step in schedules.plan(cadence, facts, now=now).planned:
        if step.step in {"prepare", "prepare_again"}:
            assert step.due_on <= step.last_on < facts.meetings[0]
        if step.step == "between":
            this, following = facts.meetings[step.occurrence - 1 : step.occurrence + 1]
            assert this < step.due_on <= step.last_on < following
