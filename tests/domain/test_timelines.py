"""The line of one training: what was, what is now and what comes, and the one next step."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from lti_tool.domain.instruments import Part, Phase
from lti_tool.domain.timelines import Ask, Asked, Kind, Letter, State, Way, draw
from lti_tool.domain.words import Words

DAY = timedelta(days=1)
FIRST, SECOND, LAST = date(2026, 11, 3), date(2026, 11, 10), date(2026, 11, 17)
OWN_DAY, WINDOW_ENDS = date(2026, 11, 23), date(2026, 12, 1)


def asked(name, **more):
    phase, _, key = name.partition(".")
    return Asked(Phase(phase), Part(key, Words(key, key), 5, ()), **more)


PRE = asked("pre.short", rests_on=FIRST + DAY)
AHEAD = asked("pre.ahead", rests_on=FIRST + DAY)
MID_1 = asked("mid.session", number=1, opens_on=FIRST, rests_on=SECOND + DAY)
MID_2 = asked("mid.session", number=2, opens_on=SECOND, rests_on=LAST + DAY)
PLAN = asked("post.plan", opens_on=LAST)
HARVEST = asked("post.harvest", opens_on=LAST + 8 * DAY)
WAY = Way((FIRST, SECOND, LAST), LAST, WINDOW_ENDS, asked=(PRE, MID_1, MID_2, PLAN, HARVEST))
MADE = replace(
    WAY,
    asked=(replace(PLAN, done_on=LAST), HARVEST),
    plan_made_on=LAST,
    own_on=OWN_DAY,
)


def names(moments):
    return [moment.name or (moment.kind.value, moment.number) for moment in moments]


def test_before_the_training_there_is_something_to_prepare_and_the_rest_comes():
    line = draw(WAY, FIRST - 7 * DAY)

    assert line.was == ()
    assert names(line.now) == ["pre.short"]
    assert names(line.comes) == [
        ("meeting", 1), "mid.session", ("meeting", 2), "mid.session", ("meeting", 3), "post.plan",
        "post.harvest", ("window", None),
    ]  # fmt: skip


def test_every_moment_stands_in_one_place_whatever_the_day():
    for number in range(-10, 40):
        line = draw(MADE, FIRST + number * DAY)

        everything = [*line.was, *line.now, *line.comes]
        assert sorted(names(everything), key=str) == sorted(names(set(everything)), key=str)
        assert len(everything) == 3 + 2 + 2 + 1


def test_what_was_handed_in_stands_at_its_own_day_among_what_was():
    way = replace(WAY, asked=(replace(PRE, done_on=FIRST - DAY), MID_1))

    line = draw(way, SECOND)

    assert [(moment.kind, moment.on) for moment in line.was] == [
        (Kind.PART, FIRST - DAY),
        (Kind.MEETING, FIRST),
    ]
    assert names(line.now) == ["mid.session", ("meeting", 2)]


def test_what_nobody_asks_for_any_more_rests_without_a_day():
    line = draw(WAY, SECOND)

    resting = line.was[-1]
    assert (resting.name, resting.state, resting.on) == ("pre.short", State.RESTS, None)
    assert "pre.short" not in names(line.now)


@pytest.mark.parametrize(
    ("part", "is_there"),
    [(AHEAD, False), (replace(AHEAD, is_begun=True), True), (replace(AHEAD, done_on=FIRST), True)],
)
def test_what_is_only_offered_has_a_place_once_somebody_began_it(part, is_there):
    line = draw(replace(WAY, asked=(part,)), FIRST)

    assert ("pre.ahead" in names([*line.was, *line.now])) is is_there


def test_the_day_after_a_training_of_one_day_its_meeting_has_no_number():
    line = draw(Way((LAST,), LAST, WINDOW_ENDS), LAST + DAY)

    assert names(line.was) == [("meeting", None)]


def test_an_own_end_of_the_training_stands_beside_its_meetings():
    line = draw(replace(WAY, ends_on=LAST + DAY), LAST)

    assert ("ends", None) in names(line.comes)


def test_the_mail_of_the_own_day_stands_with_that_day_and_another_by_itself():
    letters = (Letter("own_date", 1, OWN_DAY, "own_date"), Letter("harvest", 1, WINDOW_ENDS, None))

    line = draw(replace(MADE, letters=letters), LAST + DAY)

    own = next(moment for moment in line.comes if moment.kind is Kind.OWN_DAY)
    assert own.reason == "own_date"
    assert [moment.name for moment in line.comes if moment.kind is Kind.LETTER] == ["harvest"]


def test_a_mail_before_the_own_day_stands_by_itself():
    early = Letter("own_date", 1, OWN_DAY - 3 * DAY, "before_own_date")

    line = draw(replace(MADE, letters=(early,)), LAST + DAY)

    assert [(each.name, each.reason) for each in line.comes if each.kind is Kind.LETTER] == [
        ("own_date", "before_own_date")
    ]


@pytest.mark.parametrize(
    ("way", "today", "ask"),
    [
        (WAY, FIRST - DAY, Ask.PART),
        (replace(WAY, asked=(replace(PRE, done_on=FIRST - DAY), MID_1)), FIRST - DAY, Ask.LATER),
        (MADE, LAST, Ask.AT_WORK),
        (MADE, OWN_DAY, Ask.CHECK_IN),
        (MADE, WINDOW_ENDS, Ask.CHECK_IN),
        (replace(MADE, check_ins=(("not_yet", OWN_DAY),)), OWN_DAY, Ask.AT_WORK),
        (replace(MADE, check_ins=(("not_yet", OWN_DAY),)), LAST + 8 * DAY, Ask.PART),
        (replace(MADE, is_over=True), OWN_DAY, Ask.LATER),
        (replace(MADE, asked=(replace(PLAN, done_on=LAST),), is_over=True), OWN_DAY, Ask.NOTHING),
        (replace(MADE, asked=(replace(PLAN, done_on=LAST),), plan_made_on=None), LAST, Ask.PLAN),
        (replace(MADE, asked=()), WINDOW_ENDS + DAY, Ask.NOTHING),
    ],
)
def test_there_is_one_next_step(way, today, ask):
    assert draw(way, today).next_step.ask is ask


def test_what_was_begun_goes_before_what_is_only_open():
    way = replace(WAY, asked=(MID_1, replace(MID_2, is_begun=True)))

    assert draw(way, SECOND).next_step.moment.asked.number == 2


def test_what_comes_first_is_never_a_mail():
    way = replace(WAY, asked=(), letters=(Letter("prepare", 1, FIRST - DAY, None),))

    assert draw(way, FIRST - 2 * DAY).next_step.moment.kind is Kind.MEETING


def test_a_day_with_notes_that_are_kept_with_the_plan_stands_there_once_also_today():
    line = draw(replace(MADE, noted_on=(OWN_DAY, OWN_DAY)), OWN_DAY)

    assert [moment.on for moment in line.was if moment.kind is Kind.NOTE] == [OWN_DAY]
    assert Kind.NOTE not in {moment.kind for moment in (*line.now, *line.comes)}
