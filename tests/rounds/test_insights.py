"""An organisation is counted once a quarter, and reads only what may be told of it."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import select, update

from lti_tool.domain import insights as rules
from lti_tool.domain.figures import Share
from lti_tool.domain.insights import Branch, Count, Group, Level
from lti_tool.models.check_ins import Outcome
from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.insights import CountedQuarter, Insight
from lti_tool.models.organisations import Unit
from lti_tool.models.plans import PlanStatus
from lti_tool.models.tracks import Cohort, Enrolment, MailStatus, Track, TrackStatus
from lti_tool.rounds import figures, insights
from lti_tool.services import check_ins, moves, tracks
from lti_tool.services import figures as ledger_of_groups
from lti_tool.services.tracks import Dates
from tests import factories, following
from tests.attacks import Attack
from tests.factories import ENDED_ON, at
from tests.following import NEXT_MONDAY

# The last letter of a training that ended in December comes in January: it is of the first quarter.
QUARTER, COUNTED_ON = "2027-Q1", date(2027, 4, 1)


@pytest.fixture
def where(work, session):
    return factories.place(work, session)


def training(session, where, name, unit=None, ends_on=ENDED_ON):
    """One more training of the organisation, with a group without people."""
    moment = at(ends_on)
    track = tracks.begin(session, where.course, Dates(ends_on, ends_on), "Europe/Amsterdam", moment.calendar)
    track.title = name
    (cohort,) = tracks.cohorts(session, track)
    cohort.unit_id = unit.id if unit else None
    session.flush()
    return replace(where, track=track, cohort=cohort)


def label(session, where, name):
    """A part of the organisation."""
    unit = Unit(organisation_id=where.organisation.id, name=name)
    session.add(unit)
    session.flush()
    return unit


def people(session, where, *, without=0, made=0, used=0, prefix="p"):
    """So many people who made no plan, made one, or used one on the third working day."""
    here = {"context_id": where.course.context_id, "link_id": where.link.link_id}
    found = [
        factories.learner(session, where, f"{prefix}{number}", **here)
        for number in range(without + made + used)
    ]
    for number, who in enumerate(found[without:]):
        plan = factories.plan(session, where, who)
        if number < used:
            plan.status, plan.used_on = PlanStatus.USED, ENDED_ON + timedelta(days=5)
    session.flush()
    return found


def told(session, level=Level.ORGANISATION, **of):
    """What is told of a part, in one quarter: by question and answer."""
    session.expire_all()
    rows = session.scalars(select(Insight).where(Insight.level == level).filter_by(**of)).all()
    found = {
        (row.question, row.cell): (row.count, row.people) if row.count else row.share or row.days
        for row in rows
    }
    session.commit()
    return found


@pytest.mark.database
def test_groups_that_are_too_small_by_themselves_are_told_of_together(work, session, where):
    one, other = (training(session, where, name) for name in ("Schrijven", "Bellen"))
    people(session, one, without=3, used=3, prefix="a")
    people(session, other, without=3, made=1, used=3, prefix="b")
    session.commit()

    number = insights.run(work, now=at(COUNTED_ON))

    assert number == 1
    assert told(session) == {
        ("people", "all"): (13, 13),
        ("plan", "made"): (7, 13),
    }
    assert told(session, Level.TRAINING, track_id=other.track.id) == {("people", "all"): (7, 7)}
    assert {row.quarter for row in session.scalars(select(Insight))} == {QUARTER}


def test_first_use_is_told_with_the_median_of_working_days(work, session, where):
    people(session, where, without=5, made=5, used=11)
    session.commit()

    insights.run(work, now=at(COUNTED_ON))

    found = told(session)
    assert found["plan", "made"] == (16, 21)
    assert found["plan", "used"] == (11, 21)
    assert found["first_use", "working_days"] == 3


def test_who_stopped_the_mails_is_counted_as_anybody_is(work, session, where):
    for who in people(session, where, without=12)[:5]:
        session.get_one(Enrolment, who.enrolment.id).mail_status = MailStatus.STOPPED
    session.commit()

    insights.run(work, now=at(COUNTED_ON))

    assert told(session)["mails", "stopped"] == (5, 12)


def test_what_stands_in_the_way_is_told_in_words_by_when_it_was_said(work, session, where):
    following.group(session, where, 8, "time", "leader")
    following.group(session, where, 13, first=8)
    session.commit()

    insights.run(work, now=at(COUNTED_ON))

    assert told(session)["in_the_way.after", "time"] is Share.FEW
    # What is about the reader of a card goes to who advises an organisation, and never to that reader.
    assert told(session)["in_the_way.after", "leader"] is Share.FEW
    assert ("in_the_way.before", "time") not in told(session)


def test_who_answered_a_letter_is_told_in_words_of_those_who_got_it(work, session, where):
    got, answered = people(session, where, made=24), 0
    rest = people(session, where, made=6, prefix="rest")
    for who in (*got, *rest):
        letters = select(Delivery).where(
            Delivery.enrolment_id == who.enrolment.id, Delivery.step == "check_in"
        )
        letter = session.scalars(letters).first()
        letter.status = DeliveryStatus.SENT if who in got else DeliveryStatus.SKIPPED
        letter.finished_at = at(NEXT_MONDAY).real
        if who in got and answered < 10:
            given = check_ins.begin(who.enrolment, letter)
            check_ins.record(session, given, None, Outcome.NOT_YET, NEXT_MONDAY, at(NEXT_MONDAY).calendar)
            answered += 1
    session.commit()

    insights.run(work, now=at(COUNTED_ON))

    # Ten of the 24 who got it; of all 30 it would be few.
    assert told(session)["letter", "check_in"] is Share.HALF
    assert ("letter", "own_date") not in told(session)


def test_trainings_stand_in_the_part_of_the_organisation_that_their_groups_have(work, session, where):
    north, south = (label(session, where, name) for name in ("Noord", "Zuid"))
    for unit, prefix in ((north, "n"), (south, "s")):
        people(session, training(session, where, prefix, unit), without=6, made=6, prefix=prefix)
    session.commit()

    insights.run(work, now=at(COUNTED_ON))

    assert told(session, Level.UNIT, unit_id=north.id)["plan", "made"] == (6, 12)
    assert told(session)["plan", "made"] == (12, 24)


def test_the_few_beside_a_group_of_which_a_card_told_are_not_told_of(work, session, where):
    people(session, where, without=8, made=12, prefix="a")
    session.commit()
    figures.run(work, now=at(NEXT_MONDAY))
    moves.add_group(session, where.track, "Zuid", Dates(ENDED_ON, ENDED_ON), at(ENDED_ON).calendar)
    south = tracks.cohorts(session, where.track)[-1]
    people(session, replace(where, cohort=south), without=5, made=4, prefix="b")
    session.commit()

    insights.run(work, now=at(COUNTED_ON))

    assert ledger_of_groups.newest(session, where.cohort.id) != []
    assert ("plan", "made") not in told(session)


@pytest.mark.parametrize("day", [date(2027, 3, 31), date(2027, 1, 2)])
def test_nobody_is_counted_before_the_quarter_is_over(work, session, where, day):
    people(session, where, without=12)
    session.commit()

    insights.run(work, now=at(day))

    assert told(session) == {}


def test_an_organisation_is_counted_once_however_often_the_round_runs(work, session, where):
    people(session, where, without=12)
    session.commit()
    insights.run(work, now=at(COUNTED_ON))
    people(session, where, without=6, prefix="late")
    session.commit()

    again = insights.run(work, now=at(COUNTED_ON + timedelta(days=3)))

    assert again == 0
    assert told(session)["people", "all"] == (12, 12)
    assert len(session.scalars(select(CountedQuarter)).all()) == 1


def test_a_group_whose_days_moved_is_not_counted_in_a_second_quarter(work, session, where):
    people(session, where, without=12)
    session.commit()
    insights.run(work, now=at(COUNTED_ON))
    later = ENDED_ON + timedelta(days=91)
    session.execute(update(Cohort).values(starts_on=later, ends_on=later))
    session.commit()

    insights.run(work, now=at(date(2027, 7, 1)))

    assert {row.quarter for row in session.scalars(select(Insight))} == {QUARTER}


def test_a_training_that_was_removed_is_not_counted(work, session, where):
    people(session, where, without=12)
    gone = {"status": TrackStatus.REMOVED, "removed_at": at(ENDED_ON).calendar}
    session.execute(update(Track).values(**gone))
    session.commit()

    insights.run(work, now=at(COUNTED_ON))

    assert told(session) == {}


def test_nothing_of_one_organisation_counts_in_another(work, session, where):
    people(session, where, without=6, made=6)
    other = factories.place(work, session, organisation="other")
    people(session, other, without=7, made=7, prefix="o")
    session.commit()

    insights.run(work, now=at(COUNTED_ON))

    assert told(session, organisation_id=where.organisation.id)["people", "all"] == (12, 12)
    assert told(session, organisation_id=other.organisation.id)["people", "all"] == (14, 14)


@pytest.mark.parametrize("seed", range(6))
def test_from_the_whole_ledger_nobody_works_out_what_one_to_four_people_did(work, session, where, seed):
    luck = Random(seed)  # noqa: S311  what is drawn is nobody's secret
    tree = {}
    for number in range(2):
        unit = label(session, where, f"Eenheid {number}")
        for other in range(luck.randint(1, 3)):
            made = training(session, where, f"Training {number}.{other}", unit)
            groups = [made.cohort]
            for each in range(luck.randint(0, 2)):
                dates = Dates(ENDED_ON, ENDED_ON)
                moves.add_group(session, made.track, f"Groep {each}", dates, at(ENDED_ON).calendar)
                groups = tracks.cohorts(session, made.track)
                groups[-1].unit_id = unit.id
            for cohort in groups:
                some = {kind: luck.randint(0, 7) for kind in ("without", "made", "used")}
                prefix = f"{number}-{other}-{cohort.number}-"
                people(session, replace(made, cohort=cohort), prefix=prefix, **some)
                tree.setdefault((unit.id, made.track.id), []).append((cohort.id, sum(some.values())))
    session.commit()
    figures.run(work, now=at(NEXT_MONDAY))

    insights.run(work, now=at(COUNTED_ON))

    ledger = {
        ((row.level, row.unit_id, row.track_id), (row.question, row.cell)): row.count
        for row in session.scalars(select(Insight).where(Insight.count.is_not(None)))
    }
    assert list(Attack(ledger).on(as_known(session, tree))) == []


def as_known(session, tree):
    """The organisation as somebody knows it who reads all that was ever told, and how large each group is."""
    units = {}
    for (unit_id, track_id), groups in tree.items():
        known = [
            Group(
                {rules.EVERYBODY: Count(size, size)},
                {
                    cell.name: Count(cell.count, cell.people)
                    for cell in ledger_of_groups.newest(session, cohort_id)
                },
            )
            for cohort_id, size in groups
        ]
        units.setdefault(unit_id, []).append(Branch((Level.TRAINING, unit_id, track_id), tuple(known)))
    branches = [Branch((Level.UNIT, unit_id, None), branches=tuple(each)) for unit_id, each in units.items()]
    return Branch((Level.ORGANISATION, None, None), branches=tuple(branches))
