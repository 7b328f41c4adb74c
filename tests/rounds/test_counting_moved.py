"""Who was counted in one group is not counted in another: the difference would be one person (privacy 4)."""

from datetime import timedelta
from itertools import combinations

import pytest
from sqlalchemy import select

from lti_tool.domain.snapshots import Moment
from lti_tool.models.activities import Activity
from lti_tool.models.figures import Figure
from lti_tool.models.harvests import Snapshot, ToldAnswer
from lti_tool.models.tracks import Cohort, Enrolment
from lti_tool.rounds import figures
from lti_tool.services import moves, unopened
from lti_tool.services.tracks import Dates
from tests import factories, following
from tests.factories import ENDED_ON, at
from tests.following import AFTER_IT, NEXT_MONDAY
from tests.rounds.test_counting import BETWEEN, HARVEST_ON, group

LATER = timedelta(days=7)


@pytest.fixture
def where(work, session):
    return factories.place(work, session)


@pytest.fixture
def meetings(work, session):
    """A training of two meetings, of which the first is looked back on."""
    made = factories.place(work, session, instrument="mid", starts_on=BETWEEN)
    session.get_one(type(made.activity), made.activity.id).meeting_number = 1
    return made


def another(session, where, ends_on=ENDED_ON, starts_on=None):
    """One more group of the track; its number."""
    days = Dates(starts_on or ends_on, ends_on)
    return moves.add_group(session, where.track, f"Tot {ends_on}", days, at(ends_on).calendar).number


def put(session, where, people, number, on=ENDED_ON):
    """The trainer puts people into a group."""
    groups = {who.enrolment.id: number for who in people}
    moves.regroup(session, where.track, groups, where.work.catalogue, at(on).calendar)
    session.commit()


def early(session, people):
    """The same people, who take part since before the first meeting."""
    for who in people:
        session.get_one(Enrolment, who.enrolment.id).joined_at = at(BETWEEN, 8).calendar
    return people


def counted(session, table):
    """The groups of which something stands in a ledger, by number."""
    session.expire_all()
    rows = session.execute(select(Cohort.number, table).join(table, table.cohort_id == Cohort.id)).all()
    session.commit()
    assert not [pair for pair in combinations(rows, 2) if tells_of_few(*pair)]
    return {number for number, _ in rows}


def tells_of_few(one, other):
    """Whether somebody who subtracts one cell from another finds one to four people."""
    (_, first), (_, second) = one, other
    is_same = name(first) == name(second) and first.cell == second.cell
    return is_same and (0 < gap(first.count, second.count) < 5 or 0 < gap(first.people, second.people) < 5)


def name(row):
    return row.item if isinstance(row, ToldAnswer) else row.question


def gap(one, other):
    return abs((one or 0) - (other or 0))


@pytest.mark.database
def test_all_but_one_of_a_group_that_was_told_of_are_not_told_of_again(work, session, where):
    high = group(session, where, 14, post__experience="very_good")
    people = [*high, *group(session, where, 11, first=14)]
    session.commit()
    figures.run(work, now=at(HARVEST_ON))
    number = another(session, where, ENDED_ON - timedelta(days=1))
    put(session, where, people[1:], number, HARVEST_ON)

    figures.run(work, now=at(HARVEST_ON, 16))

    assert counted(session, ToldAnswer) == {1}


def test_nor_are_they_by_way_of_a_third_group(work, session, where):
    people = group(session, where, 25, post__experience="very_good")
    session.commit()
    figures.run(work, now=at(HARVEST_ON))
    second, third = another(session, where, HARVEST_ON), another(session, where)
    put(session, where, people[1:], second, HARVEST_ON)
    put(session, where, people[1:], third, HARVEST_ON)

    figures.run(work, now=at(HARVEST_ON, 16))

    assert counted(session, ToldAnswer) == {1}


@pytest.mark.database
def test_a_group_that_waits_is_not_told_of_once_one_joins_it_who_was_told_of(work, session, where):
    people = group(session, where, 50, post__experience="very_good")
    number = another(session, where, ENDED_ON + LATER)
    put(session, where, people[:25], number)
    figures.run(work, now=at(HARVEST_ON))
    put(session, where, people[25:26], number, HARVEST_ON)

    figures.run(work, now=at(HARVEST_ON + LATER))

    assert counted(session, ToldAnswer) == {1}


def test_groups_that_are_parted_beforehand_are_both_told_of(work, session, where):
    people = group(session, where, 50, post__experience="very_good")
    number = another(session, where, ENDED_ON + LATER)
    put(session, where, people[:25], number)

    figures.run(work, now=at(HARVEST_ON))
    figures.run(work, now=at(HARVEST_ON + LATER))

    assert counted(session, ToldAnswer) == {1, 2}


@pytest.mark.database
def test_who_came_after_a_group_was_told_of_is_told_of_in_the_next(work, session, where):
    group(session, where, 25, post__experience="very_good")
    session.commit()
    figures.run(work, now=at(HARVEST_ON))
    number = another(session, where, HARVEST_ON)
    here = {"context_id": where.course.context_id, "link_id": where.link.link_id}
    tomorrow = at(HARVEST_ON + timedelta(days=1))
    late = [factories.learner(session, where, f"late{n}", now=tomorrow, **here) for n in range(6)]
    put(session, where, late, number, HARVEST_ON + timedelta(days=1))

    figures.run(work, now=at(HARVEST_ON + timedelta(days=45)))

    taken = select(Snapshot.taken_on).join(Cohort, Cohort.id == Snapshot.cohort_id)
    harvest = taken.where(Cohort.number == number, Snapshot.moment == Moment.HARVEST)
    assert session.scalars(harvest).all() == [HARVEST_ON + timedelta(days=45)]


@pytest.mark.database
def test_who_was_counted_in_the_two_weeks_is_not_counted_in_another_group_then_or_after(work, session, where):
    people = following.group(session, where, 25, "time")
    session.commit()
    figures.run(work, now=at(NEXT_MONDAY))
    put(session, where, people[1:], another(session, where), NEXT_MONDAY)

    figures.run(work, now=at(NEXT_MONDAY, 16))
    figures.run(work, now=at(AFTER_IT))

    assert counted(session, Figure) == {1}


def test_two_groups_that_were_counted_are_not_counted_together_after_the_two_weeks(work, session, where):
    people = following.group(session, where, 50, "time")
    number = another(session, where)
    put(session, where, people[:25], number)
    figures.run(work, now=at(NEXT_MONDAY))
    put(session, where, people[25:49], number, NEXT_MONDAY)

    figures.run(work, now=at(AFTER_IT))

    session.expire_all()
    assert {row.moment.value for row in session.scalars(select(Figure))} == {"leader"}
    assert counted(session, Figure) == {1, number}


@pytest.mark.database
def test_what_was_told_after_a_meeting_is_not_told_of_another_group(work, session, meetings):
    people = early(session, group(session, meetings, 25, "session", mid__experience="good"))
    session.commit()
    figures.run(work, now=at(ENDED_ON - timedelta(days=1)))
    put(session, meetings, people[1:], another(session, meetings, ENDED_ON, BETWEEN), ENDED_ON)

    figures.run(work, now=at(ENDED_ON, 16))

    assert counted(session, ToldAnswer) == {1}


def test_a_group_that_holds_nobody_yet_is_not_noted_as_counted(work, session, where):
    session.commit()

    figures.run(work, now=at(NEXT_MONDAY))

    assert session.scalars(select(Snapshot)).all() == []


@pytest.mark.database
def test_a_training_that_nobody_opened_goes_with_the_notes_that_it_was_counted(session, where):
    session.get_one(Activity, where.activity.id).link_id = None
    ids = {"organisation_id": where.cohort.organisation_id, "cohort_id": where.cohort.id}
    session.add(Snapshot(**ids, moment=Moment.HARVEST, taken_on=HARVEST_ON))
    session.add(ToldAnswer(**ids, item="post.experience", cell="high", place=1, share="half"))
    session.flush()

    assert unopened.remove_training(session, where.track)
    assert session.scalars(select(Cohort)).all() == []
