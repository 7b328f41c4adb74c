"""What holds for every mailbox, whatever calendar, trainings and changes come together in it.

With `test_every_schedule` ten thousand calendars are drawn. Where a rule of the tool is checked, it is said
anew here from what it promises, not asked of the tool.
"""

from collections import Counter, defaultdict
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import given, settings

from lti_tool.domain.cadences import StepId
from lti_tool.domain.workdays import WorkCalendar
from tests.domain.enrolments import AMSTERDAM
from tests.domain.mailbox import Mailbox
from tests.domain.trainings import PLANNED, SENT
from tests.domain.worlds import worlds

OF_THE_WINDOW = {"plan", "rehearse", "own_date", "check_in", "harvest", "last_call"}
CUES = {"rehearse", "own_date", "check_in", "last_call"}
ORDER = list(StepId)
# Each has an order of its own, as a training may get a meeting more. Another own day has its cue whenever it
# is chosen.
STAGES = ({"prepare", "prepare_again"}, {"between"}, (OF_THE_WINDOW | {"yield"}) - {"own_date"})
mailboxes = worlds.map(Mailbox)
every_mailbox = given(mailboxes)
many = settings(max_examples=400, deadline=None)


@many
@every_mailbox
def test_nothing_of_the_window_goes_outside_it(mailbox):
    for letter in mailbox.sent:
        if not OF_THE_WINDOW & set(letter.steps):
            continue
        window, calendar = letter.window, letter.facts.calendar
        starts = (window.first_on - letter.facts.anchor_on).days
        assert starts == 1 or (calendar.leave and starts <= 28 and _works(calendar, window.first_on))
        assert (window.last_on - window.first_on).days == 13
        is_own_day = letter.on == letter.facts.own_on  # which leave that moves the window leaves where it is
        assert letter.on > letter.facts.anchor_on
        assert window.first_on <= letter.on <= window.last_on or is_own_day


@many
@every_mailbox
def test_nothing_goes_on_a_day_that_is_free(mailbox):
    for letter in mailbox.sent:
        assert _works(letter.facts.calendar, letter.here.date())


@many
@every_mailbox
def test_nothing_goes_before_eight_after_six_or_on_friday_after_noon(mailbox):
    for letter in mailbox.sent:
        closes = time(12) if letter.here.isoweekday() == 5 else time(18)
        assert time(8) <= letter.here.time() <= closes


@many
@every_mailbox
def test_no_two_letters_go_on_one_day(mailbox):
    assert not {day: n for day, n in Counter(letter.on for letter in mailbox.sent).items() if n > 1}


@many
@every_mailbox
def test_a_week_has_two_letters_and_a_third_only_with_one_that_closes(mailbox):
    weeks = defaultdict(list)
    for letter in mailbox.sent:
        weeks[letter.on.isocalendar()[:2]].append(letter)

    for letters in weeks.values():
        closing = [letter for letter in letters if {"harvest", "last_call"} & set(letter.steps)]
        assert len(letters) - bool(closing) <= 2


@many
@every_mailbox
def test_the_steps_before_between_and_after_the_meetings_of_a_training_keep_their_order(mailbox):
    for number in range(len(mailbox.trainings)):
        names = [name for letter in mailbox.of(number) for name in sorted(letter.names, key=_place)]
        for stage in STAGES:
            in_order = [name for name in names if name[0] in stage]
            assert in_order == sorted(in_order, key=_place)


@many
@every_mailbox
def test_nothing_goes_twice(mailbox):
    names = Counter((letter.training, *name) for letter in mailbox.sent for name in letter.names)

    assert not {name: n for name, n in names.items() if n > 1}


@many
@every_mailbox
def test_nothing_is_planned_in_the_past_or_before_its_person_joined(mailbox):
    for planned in mailbox.planned:
        assert planned.step.due_at >= planned.planned_at
        assert planned.step.due_at >= planned.facts.joined_at


@many
@every_mailbox
def test_a_late_letter_goes_only_while_it_makes_sense_and_before_the_next_of_its_training(mailbox):
    for number in range(len(mailbox.trainings)):
        for letter in mailbox.of(number):
            assert letter.on <= letter.last_on
        for earlier, later in pairwise(mailbox.of(number)):
            assert earlier.on < later.on


@many
@every_mailbox
def test_every_letter_is_planned_for_its_hour_by_the_clock_on_the_wall(mailbox):
    for planned in mailbox.planned:
        if planned.facts.time_zone != AMSTERDAM:
            continue
        day = planned.step.due_on
        opens, closes = time(8), time(12) if day.isoweekday() == 5 else time(18)
        wanted = planned.facts.mail_hour
        hour = wanted if wanted and opens <= wanted < closes else time(9, 30)
        ahead = timedelta(hours=2 if _has_summer_time(day) else 1)
        assert planned.step.due_at.replace(tzinfo=None) == datetime.combine(day, hour) - ahead


@many
@every_mailbox
def test_whoever_used_it_or_closed_the_plan_gets_no_cue(mailbox):
    for letter in mailbox.sent:
        if letter.facts.used_on is not None or letter.facts.is_closed:
            assert not CUES & set(letter.steps)


@many
@every_mailbox
def test_whoever_left_stopped_or_paused_gets_nothing(mailbox):
    for letter in mailbox.sent:
        facts = letter.facts
        assert not facts.has_left
        assert not facts.is_stopped
        assert facts.paused_until is None or letter.on >= facts.paused_until


@many
@every_mailbox
def test_every_step_ends_with_a_letter_or_a_reason(mailbox):
    for number, schedule in mailbox.last.items():
        training = mailbox.trainings[number]
        rows = training.rows
        assert not [name for name, row in rows.items() if row.status == PLANNED]
        assert all(row.status == SENT or row.reason for row in rows.values())
        speaks_of = schedule.names | {name for name, row in rows.items() if row.reason}
        expected = {(str(s.id), n) for s in training.cadence.steps for n in training.facts.occurrences_of(s)}
        assert expected <= speaks_of


def _works(calendar: WorkCalendar, day: date) -> bool:
    is_away = any(period.first_on <= day <= period.last_on for period in calendar.leave)
    is_free = day.isoweekday() > 5 or day.weekday() in calendar.free_weekdays
    return not (is_away or is_free or day in calendar.holidays)


def _place(name: tuple[str, int]) -> tuple[int, int]:
    step, occurrence = name
    return ORDER.index(StepId(step)), occurrence


def _has_summer_time(day: date) -> bool:
    """In the European Union: from the last Sunday of March to the last of October."""

    def last_sunday(month: int) -> date:
        end = date(day.year, month, 31)
        return end - timedelta(days=end.isoweekday() % 7)

    return last_sunday(3) <= day < last_sunday(10)
