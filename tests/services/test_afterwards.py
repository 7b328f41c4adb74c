"""What is told of the look back on a meeting."""

from datetime import timedelta

import pytest

from lti_tool.rounds import figures
from lti_tool.services import afterwards
from tests import factories
from tests.factories import ENDED_ON, at
from tests.rounds.test_counting import BETWEEN, group

BEFORE_IT = ENDED_ON - timedelta(days=1)


@pytest.fixture
def where(work, session):
    """A training of two meetings, of which the first is looked back on."""
    made = factories.place(work, session, instrument="mid", starts_on=BETWEEN)
    session.get_one(type(made.activity), made.activity.id).meeting_number = 1
    session.commit()
    return made


def read(session, where, number=1):
    session.expire_all()
    found = afterwards.after_meeting(session, where.track, where.cohort, number, where.work.catalogue)
    session.commit()
    return found


def test_before_the_day_it_says_when_the_look_back_is_counted(session, where):
    found = read(session, where)

    assert (found.taken_on, found.due_on) == (None, BEFORE_IT)


def test_what_a_group_said_is_told_by_question_in_words_with_the_options_it_stands_for(work, session, where):
    group(session, where, 12, "session", mid__experience="very_good", mid__holding_back="time")
    session.commit()
    figures.run(work, now=at(BEFORE_IT))

    found = read(session, where)

    told = {one.item.id: [([o.id for o in options], t.share, t.count) for options, t in one.told]
            for one in found.answers if one.told}  # fmt: skip
    assert found.taken_on == BEFORE_IT
    assert told == {
        "mid.experience": [(["good", "very_good"], "most", None)],
        "mid.holding_back": [(["time"], "most", None)],
    }


def test_every_question_that_is_counted_stands_there_also_when_it_is_too_small_to_show(session, where):
    asked = {one.item.id for one in read(session, where).answers}

    assert asked == {
        "mid.experience", "mid.on_course", "mid.holding_back", "mid.team_session", "mid.others_need",
    }  # fmt: skip


def test_of_a_meeting_that_nobody_looks_back_on_there_is_nothing(session, where):
    found = read(session, where, 2)

    assert (found.answers, found.due_on) == ((), None)
