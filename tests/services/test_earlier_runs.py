"""A group beside those of earlier runs, for somebody who is a trainer of those too."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from lti_tool.domain.snapshots import Moment
from lti_tool.models.courses import Course, Membership, Role
from lti_tool.models.figures import Figure
from lti_tool.models.figures import Moment as Counted
from lti_tool.models.harvests import Snapshot, ToldAnswer
from lti_tool.models.people import Person
from lti_tool.models.tracks import Cohort, Track, TrackStatus
from lti_tool.services import earlier_runs, tracks
from lti_tool.services.tracks import Dates
from tests import factories
from tests.factories import ENDED_ON, at

TITLE = "Helder schrijven"


@pytest.fixture
def where(work, session):
    made = factories.place(work, session)
    counted(session, made.cohort, 12)
    session.commit()
    return made


@pytest.fixture
def trainer(session, where):
    return session.scalars(select(Person)).one()


def counted(session, cohort, used):
    """A group of 24 that was counted after its two weeks."""
    own = {"organisation_id": cohort.organisation_id, "cohort_id": cohort.id}
    session.add(Snapshot(**own, moment=Moment.CLOSED, taken_on=cohort.ends_on))
    for question, cell, count in (("people", "all", 24), ("plan", "made", 24), ("plan", "used", used)):
        figure = {"question": question, "cell": cell, "count": count, "people": 24}
        session.add(Figure(**own, moment=Counted.CLOSED, taken_on=cohort.ends_on, **figure))
    answer = {"item": "post.experience", "cell": "high", "place": 1, "share": "half"}
    session.add(ToldAnswer(**own, **answer, count=14, people=24))
    session.flush()


def run(session, where, years=1, *, used=10, role=Role.TRAINER, title=TITLE, root=None, is_counted=True):
    """An earlier run in a course of its own."""
    ended_on = ENDED_ON - timedelta(days=364 * years)
    now = at(ended_on)
    course = Course(
        organisation_id=where.organisation.id, deployment_id=where.deployment.id, kind="context",
        context_id=f"course-{years}-{title}", title=title, created_at=now.real,
    )  # fmt: skip
    session.add(course)
    session.flush()
    track = tracks.begin(session, course, Dates(ended_on, ended_on), "Europe/Amsterdam", now.calendar)
    if root is not None:
        track.root_id = root
    person = session.scalars(select(Person)).first()
    ids = {"person_id": person.id, "course_id": course.id, "organisation_id": where.organisation.id}
    session.add(Membership(**ids, role=role, seen_at=now.real))
    session.flush()
    cohort = session.scalars(select(Cohort).where(Cohort.track_id == track.id)).one()
    if is_counted:
        counted(session, cohort, used)
    session.commit()
    return cohort


def beside(session, where, trainer):
    found = earlier_runs.read(session, trainer, where.track, where.cohort, where.work.catalogue)
    session.commit()
    return [each.plan["used"].count for each in found.runs] if found else None


@pytest.mark.database
def test_this_group_stands_first_and_then_the_newest_three(session, where, trainer):
    for years, used in ((4, 9), (1, 10), (3, 11), (2, 14)):
        run(session, where, years, used=used)

    assert beside(session, where, trainer) == [12, 10, 14, 11]


def test_a_copy_under_another_name_is_a_run_of_the_same_training(session, where, trainer):
    run(session, where, title="Schrijven voor iedereen", root=where.track.root_id)

    assert beside(session, where, trainer) == [12, 10]


def test_another_training_is_none(session, where, trainer):
    run(session, where, title="Omgaan met agressie")

    assert beside(session, where, trainer) is None


@pytest.mark.parametrize("role", [Role.LOOKER, Role.LEARNER, Role.NONE])
def test_who_is_no_trainer_there_now_reads_nothing_of_it(session, where, trainer, role):
    run(session, where, role=role)

    assert beside(session, where, trainer) is None


def test_a_group_that_was_not_counted_after_its_two_weeks_is_left_out(session, where, trainer):
    run(session, where, is_counted=False)

    assert beside(session, where, trainer) is None


def test_a_later_run_is_no_earlier_one(session, where, trainer):
    cohort = run(session, where)
    later = ENDED_ON + timedelta(days=7)
    session.execute(update(Cohort).where(Cohort.id == cohort.id).values(starts_on=later, ends_on=later))
    session.commit()

    assert beside(session, where, trainer) is None


def test_a_run_that_its_trainer_removed_is_left_out(session, where, trainer):
    cohort = run(session, where)
    gone = {"status": TrackStatus.REMOVED, "removed_at": at(ENDED_ON).calendar}
    session.execute(update(Track).where(Track.id == cohort.track_id).values(**gone))
    session.commit()

    assert beside(session, where, trainer) is None


def test_how_many_answered_well_stands_there_too(session, where, trainer):
    run(session, where)

    found = earlier_runs.read(session, trainer, where.track, where.cohort, where.work.catalogue)

    assert [each.well["post.experience"].count for each in found.runs] == [14, 14]
    assert not found.is_small
