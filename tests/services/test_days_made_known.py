"""A preparation whose usual day had passed before anybody knew the days of the training."""

from datetime import date

import pytest
from sqlalchemy import select

from lti_tool.domain import moments
from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.tracks import Enrolment
from lti_tool.services import activities, moves, nudges, previews, settings_up, tracks
from lti_tool.services.settings_up import NewTrack
from lti_tool.services.tracks import Dates, FollowUp
from tests import factories
from tests.factories import at

# Ten working days before a training on Friday 4 December is Friday 20 November; before one on Monday
# 30 November it is Monday 16 November, and five before that one is Monday 23 November.
MADE = at(date(2026, 11, 2), 12)
LATE = at(date(2026, 11, 18), 12)
NEXT_DAY = date(2026, 11, 19)
AS_USUAL = Dates(date(2026, 12, 4), date(2026, 12, 4))
NEAR = Dates(date(2026, 11, 30), date(2026, 11, 30))


@pytest.fixture
def where(work, session):
    return factories.place(work, session, instrument="pre", now=MADE)


def preparation(session):
    session.expire_all()
    wanted = (Delivery.step == "prepare") & (Delivery.status == DeliveryStatus.PLANNED)
    return [(row.due_on, row.reason) for row in session.scalars(select(Delivery).where(wanted))]


def shown(session, where, cohort):
    """The day of the preparation in the calendar of a group, at the late moment."""
    training = previews.of_track(session, where.track, cohort)
    calendar = previews.calendar(training, where.work.catalogue, LATE.calendar)
    return [day for row in calendar.rows if row.step == "prepare" for day in row.days]


def test_of_a_group_that_is_added_late_it_comes_on_the_next_working_day(session, where):
    who = factories.learner(session, where, now=MADE)
    added = moves.add_group(session, where.track, "Noord", NEAR, LATE.calendar)

    moves.regroup(session, where.track, {who.enrolment.id: 2}, where.work.catalogue, LATE.calendar)

    assert preparation(session) == [(NEXT_DAY, "set_up_late")]
    assert shown(session, where, added) == [NEXT_DAY]


def test_of_a_training_without_days_it_comes_on_the_working_day_after_they_are_given(work, session, where):
    track = tracks.begin_undated(session, where.course, MADE.calendar)
    activities.add(session, track, where.activity.instrument_version_id, MADE.calendar)
    settings_up.schedule(session, track, NewTrack(NEAR, FollowUp()), work.catalogue, LATE.calendar)
    (cohort,) = tracks.cohorts(session, track)
    who = factories.learner(session, where, now=LATE)
    session.get_one(Enrolment, who.enrolment.id).cohort_id = cohort.id

    nudges.replan(session, [who.enrolment.id], work.catalogue, LATE.calendar)

    assert preparation(session) == [(NEXT_DAY, "set_up_late")]


def test_of_a_training_that_is_brought_forward_it_comes_on_the_next_working_day(session, where):
    factories.learner(session, where, now=MADE)

    moves.move(session, where.cohort, NEAR, where.work.catalogue, LATE.calendar)

    assert preparation(session) == [(NEXT_DAY, "set_up_late")]
    assert shown(session, where, where.cohort) == [NEXT_DAY]


def test_another_last_day_makes_no_preparation_late(session, where):
    moves.move(session, where.cohort, NEAR, where.work.catalogue, MADE.calendar)
    factories.learner(session, where, now=at(date(2026, 11, 17), 12))
    longer = Dates(NEAR.starts_on, AS_USUAL.ends_on)

    moves.move(session, where.cohort, longer, where.work.catalogue, LATE.calendar)

    assert preparation(session) == []


def test_the_calendar_shows_it_before_a_training_is_brought_forward(session, where):
    training = previews.of_track(session, where.track, where.cohort)
    today = moments.local(LATE.calendar, "Europe/Amsterdam").date()

    moved = training.on_days(NEAR, today)

    rows = previews.calendar(moved, where.work.catalogue, LATE.calendar).rows
    assert [row.days for row in rows if row.step == "prepare"] == [(NEXT_DAY,)]
    assert training.on_days(training.dates, today).days_known_on == MADE.calendar.date()
