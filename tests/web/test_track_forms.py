"""The forms of a trainer: what a link is for, the days of a training, its follow-up, its groups."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from werkzeug.datastructures import MultiDict

from lti_tool.domain.instruments import Phase
from lti_tool.models.tracks import Cohort, Track
from lti_tool.services import catalogue
from lti_tool.services.settings_up import Joinable, LinkPurpose, NewTrack
from lti_tool.services.tracks import Dates, FollowUp
from lti_tool.web import day_forms, track_forms
from lti_tool.web.problems import Problem, ProblemKind
from lti_tool.web.track_forms import Offer

TODAY = date(2026, 11, 13)
OFFER = Offer(TODAY, catalogue.load().cadences, (Phase.PRE, Phase.MID, Phase.POST))
A, B = UUID(int=1), UUID(int=2)
FIRST, LAST = date(2026, 11, 3), date(2026, 11, 10)
ENDS = {"starts_on": "3-11-2026", "ends_on": "10-11-2026"}


def joining(*, meetings: int = 2, looked_back: frozenset[int] = frozenset()) -> Offer:
    known = Joinable(Track(id=A), Cohort(), meetings, looked_back)
    return Offer(TODAY, OFFER.cadences, OFFER.phases, [known])


def sent(form_of, **typed):
    form = form_of(sent=MultiDict(typed))
    form.validate()
    return form


def dates(**typed):
    return sent(lambda sent: track_forms.dates(OFFER, sent=sent), **typed)


def set_up(offer=OFFER, **typed):
    return sent(lambda sent: track_forms.set_up(offer, sent=sent), **typed)


def kinds(form):
    return {field.name: field.problem.kind for field in form.to_mend}


def test_a_training_of_one_day_has_two_equal_dates():
    form = dates(starts_on="3-11-2026", ends_on="2026-11-03")

    assert not form.to_mend
    assert day_forms.read_dates(form) == Dates(FIRST, FIRST)
    assert day_forms.read_dates(form).meetings == (FIRST,)


def test_a_training_cannot_end_before_it_begins():
    form = dates(starts_on="3-11-2026", ends_on="2-11-2026")

    assert form["ends_on"].problem == Problem(ProblemKind.ENDS_TOO_EARLY, first=FIRST)
    assert form["ends_on"].typed == "2-11-2026"


def test_the_days_in_between_stand_on_lines_or_behind_commas():
    form = dates(**ENDS, between="9-11-2026\r\n\r\n 4-11-2026, 2026-11-05 ")

    assert not form.to_mend
    assert [day.day for day in day_forms.read_dates(form).meetings] == [3, 4, 5, 9, 10]


@pytest.mark.parametrize(
    ("between", "kind"),
    [
        ("2-11-2026", ProblemKind.NOT_IN_BETWEEN),
        ("11-11-2026", ProblemKind.NOT_IN_BETWEEN),
        ("3-11-2026", ProblemKind.SAME_DAY_TWICE),
        ("4-11-2026\n4.11.2026", ProblemKind.SAME_DAY_TWICE),
        ("4-11-2026\nvrijdag", ProblemKind.NO_DATE_IN_LINE),
        ("\n".join(["4-11-2026"] * 9), ProblemKind.SAME_DAY_TWICE),
    ],
)
def test_a_day_in_between_that_does_not_fit_is_told_and_stays(between, kind):
    form = dates(**ENDS, between=between)

    assert kinds(form) == {"between": kind}
    assert form["between"].typed == between


def test_a_day_that_cannot_be_read_hides_nothing_else_that_is_to_mend():
    order = dates(starts_on="10-12-2026", ends_on="3-12-2026", between="morgen\n1/2/2027")
    outside = dates(**ENDS, between="morgen\n1/2/2027")
    closing = dates(starts_on="morgen", ends_on="10-11-2026", closes_on="9-11-2026")

    assert kinds(order) == {"between": ProblemKind.NO_DATE_IN_LINE, "ends_on": ProblemKind.ENDS_TOO_EARLY}
    assert [each.kind for each in outside["between"].errors] == [
        ProblemKind.NO_DATE_IN_LINE,
        ProblemKind.NOT_IN_BETWEEN,
    ]
    assert kinds(closing) == {
        "starts_on": ProblemKind.NO_DATE,
        "closes_on": ProblemKind.CLOSES_TOO_EARLY,
    }


def test_there_is_room_for_eight_days_in_between():
    days = [(FIRST + timedelta(days=n)).isoformat() for n in range(1, 10)]

    eight = dates(starts_on="3-11-2026", ends_on="1-12-2026", between="\n".join(days[:8]))
    nine = dates(starts_on="3-11-2026", ends_on="1-12-2026", between="\n".join(days))

    assert not eight.to_mend
    assert kinds(nine) == {"between": ProblemKind.TOO_MANY_DAYS}


def test_the_closing_day_may_stay_open_and_never_lies_before_the_end():
    assert day_forms.read_follow_up(dates(**ENDS)).closes_on is None
    assert day_forms.read_follow_up(dates(**ENDS, closes_on="10-11-2026")).closes_on == LAST
    assert kinds(dates(**ENDS, closes_on="9-11-2026")) == {"closes_on": ProblemKind.CLOSES_TOO_EARLY}


def test_the_closing_day_waits_for_the_last_group():
    form = track_forms.dates(
        OFFER, last_elsewhere=date(2026, 12, 1), sent=MultiDict({**ENDS, "closes_on": "30-11-2026"})
    )

    assert not form.validate()
    assert form["closes_on"].problem.first == date(2026, 12, 1)


def test_a_step_is_left_out_when_its_box_was_shown_without_a_tick():
    form = track_forms.dates(
        OFFER,
        follow_up=FollowUp(left_out=frozenset({"yield", "plan"})),
        sent=MultiDict([*ENDS.items(), ("shown", "plan"), ("shown", "harvest"), ("send", "plan")]),
    )

    assert day_forms.read_follow_up(form).left_out == {"yield", "harvest"}


def test_no_other_word_than_a_step_can_be_left_out():
    form = dates(**ENDS, shown="everything")

    assert day_forms.read_follow_up(form).left_out == frozenset()


def test_setting_up_a_first_link_needs_a_phase_and_dates():
    form = set_up(starts_on="", phase="follow_up")

    assert [field.name for field in form.to_mend] == ["phase", "starts_on", "ends_on"]


def test_setting_up_a_first_link_yields_its_days_and_its_follow_up():
    form = set_up(phase="pre", **ENDS, cadence="light")

    expected = NewTrack(Dates(FIRST, LAST), FollowUp("light"))
    assert track_forms.read_set_up(form) == (LinkPurpose(Phase.PRE), expected)


def test_joining_a_track_needs_no_dates():
    form = set_up(joining(), phase="post", track=str(A))

    purpose, where = track_forms.read_set_up(form)
    assert not form.to_mend
    assert (purpose, where.track.id) == (LinkPurpose(Phase.POST), A)


@pytest.mark.parametrize("track", ["", "t2"])
def test_only_a_track_of_the_course_can_be_joined(track):
    form = set_up(joining(), phase="post", track=track, **ENDS)

    assert [field.name for field in form.to_mend] == ["track"]


def test_a_course_with_a_track_proposes_to_join_it():
    assert track_forms.set_up(joining()).joined.track.id == A
    assert track_forms.set_up(OFFER).joined is None


def test_looking_back_on_a_meeting_takes_another_meeting_after_it():
    assert kinds(set_up(phase="mid", starts_on="3-11-2026", ends_on="3-11-2026")) == {
        "phase": ProblemKind.ONE_DAY_ONLY
    }
    assert kinds(set_up(joining(meetings=1), phase="mid", track=str(A))) == {
        "phase": ProblemKind.ONE_DAY_ONLY
    }


@pytest.mark.parametrize("preset", ["e_learning", "on_the_job"])
def test_where_nobody_meets_there_is_no_session_to_look_back_on(preset):
    form = set_up(phase="mid", preset=preset, starts_on="3-11-2026", ends_on="10-11-2026")

    assert kinds(form) == {"phase": ProblemKind.NO_SESSIONS}


@pytest.mark.parametrize(
    ("looked_back", "chosen", "number"),
    [(set(), "", 1), ({1}, "", 2), ({1, 2}, "", 3), ({1, 2, 3}, "", 1), ({1}, "1", 1), (set(), "9", 1)],
)
def test_the_first_meeting_without_a_link_is_looked_back_on_unless_told_otherwise(
    looked_back, chosen, number
):
    offer = joining(meetings=4, looked_back=frozenset(looked_back))

    form = set_up(offer, phase="mid", track=str(A), meeting=chosen)

    assert track_forms.read_set_up(form)[0] == LinkPurpose(Phase.MID, number)


def test_a_group_needs_a_name_and_ends_before_the_training_closes():
    form = track_forms.group(TODAY, ends_by=LAST, sent=MultiDict({**ENDS, "ends_on": "11-11-2026"}))
    form.validate()

    assert kinds(form) == {"name": ProblemKind.NO_GROUP_NAME, "ends_on": ProblemKind.ENDS_AFTER_CLOSING}


def test_only_those_change_for_whom_another_group_was_chosen():
    people = {A: 1, B: 2}

    form = track_forms.groups(people, [1, 2], MultiDict({str(A): "2"}))

    assert form.validate()
    assert track_forms.read_groups(form, people) == {A: 2}


def test_a_group_that_is_not_there_cannot_be_chosen():
    form = track_forms.groups({A: 1}, [1, 2], MultiDict({str(A): "7"}))

    assert not form.validate()
