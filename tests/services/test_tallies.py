"""A closed box for each group: counted by five or more at once, and never by whom."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from lti_tool.domain.answers import Answer
from lti_tool.domain.spreads import Cell, Spread
from lti_tool.models.tallies import Ballot, Counted, SpreadFigure, Tally
from lti_tool.rounds import retention
from lti_tool.services import tallies
from tests import factories
from tests.factories import ENDED_ON, at
from tests.web.tables import dump

pytestmark = pytest.mark.database
MUCH = {"cond.change": Answer(choices=("much",)), "cond.lead": Answer(choices=("very_little",))}


@pytest.fixture
def where(work, session):
    return factories.place(work, session)


@pytest.fixture
def box(work, session, where):
    return tallies.box(session, where.cohort, work.catalogue.latest("climate"))


def count_in(work, session, where, box, subs, said=MUCH):
    for sub in subs:
        who = factories.learner(session, where, sub)
        assert tallies.add(session, box, who.enrolment, said, work.keyring.named)


def number(session, table):
    return session.scalar(select(func.count()).select_from(table))


def test_four_people_wait_in_the_box_and_are_counted_nowhere(work, session, where, box):
    count_in(work, session, where, box, "abcd")

    assert number(session, Ballot) == 4
    assert number(session, Tally) == number(session, SpreadFigure) == 0
    assert tallies.newest(session, box) == {}


def test_the_fifth_empties_the_box_into_the_tally(work, session, where, box):
    count_in(work, session, where, box, "abcde")

    shown = tallies.newest(session, box)
    assert number(session, Ballot) == 0
    assert shown["cond.change"] == Spread({Cell.HIGH: 5}, 5)
    assert shown["cond.lead"] == Spread({Cell.LOW: 5}, 5)
    assert "cond.support" not in shown  # which all of them left open


def test_a_second_batch_shows_when_each_part_gained_five_or_nobody(work, session, where, box):
    count_in(work, session, where, box, "abcde")
    count_in(work, session, where, box, "fghij", {"cond.change": Answer(choices=("little",))})

    shown = tallies.newest(session, box)
    assert shown["cond.change"] == Spread({Cell.HIGH: 5, Cell.LOW: 5}, 10)


def test_a_batch_that_would_tell_of_a_few_changes_nothing_that_is_shown(work, session, where, box):
    count_in(work, session, where, box, "abcde")
    count_in(work, session, where, box, "fgh")
    count_in(work, session, where, box, "ij", {"cond.change": Answer(choices=("little",))})

    assert tallies.newest(session, box)["cond.change"] == Spread({Cell.HIGH: 5}, 5)


def test_somebody_counts_once(work, session, where, box):
    who = factories.learner(session, where, "a")

    first, again = (tallies.add(session, box, who.enrolment, MUCH, work.keyring.named) for _ in range(2))

    assert (first, again) == (True, False)
    assert number(session, Ballot) == number(session, Counted) == 1
    assert tallies.counts_along(session, box, who.enrolment)


def test_what_waits_in_the_box_reads_as_nothing(work, session, where, box):
    count_in(work, session, where, box, "ab")
    session.commit()

    assert "high" not in repr(dump(work))
    assert "very_little" not in repr(dump(work))


def test_fewer_than_five_are_destroyed_when_the_box_closes(work, session, where, box):
    count_in(work, session, where, box, "abcd")
    session.commit()
    last = ENDED_ON + tallies.OPEN_FOR

    while_open = retention.run(work, now=at(last)).ballots
    closed = retention.run(work, now=at(last + timedelta(days=1))).ballots

    assert (while_open, closed) == (0, 4)
    assert not tallies.is_open(box.cohort, last + timedelta(days=1))
