"""Two cadences are compared: drawn by lot, followed up as drawn, told of once, and nobody is kept."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from lti_tool.domain.comparisons import Arm, Measure, Status
from lti_tool.models.comparisons import Comparison, Drawn
from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.people import Person
from lti_tool.models.plans import PlanStatus
from lti_tool.models.tracks import Enrolment, MailStatus
from lti_tool.rounds import comparisons, erasing
from lti_tool.services import comparisons as declared
from lti_tool.services import draws, moves, tracks
from lti_tool.services.tracks import Dates, FollowUp
from tests import factories, following
from tests.comparing import BEFORE, ENOUGH, FEW, OVER, declare, people, run_it
from tests.factories import ENDED_ON, at


@pytest.fixture
def where(work, session):
    return factories.place(work, session, now=at(BEFORE))


@pytest.fixture
def comparison(session, where):
    """Declared, of the usual cadence and the light one."""
    return declare(session, where)


def arms(session):
    session.expire_all()
    found = {row.enrolment_id: row.arm for row in session.scalars(select(Drawn))}
    session.commit()
    return found


def steps(session, enrolment_id):
    """The mails that are to come to somebody."""
    found = select(Delivery.step).where(
        Delivery.enrolment_id == enrolment_id, Delivery.status == DeliveryStatus.PLANNED
    )
    shown = frozenset(session.scalars(found))
    session.commit()
    return shown


def rows(session):
    """All mails, whatever became of them."""
    session.expire_all()
    found = session.execute(select(Delivery.id, Delivery.status).order_by(Delivery.id)).all()
    session.commit()
    return found


def used(session, where, who):
    plan = factories.plan(session, where, who)
    plan.status, plan.used_on = PlanStatus.USED, ENDED_ON + timedelta(days=5)
    session.flush()


@pytest.mark.database
def test_with_people_enough_it_starts_and_half_of_them_get_the_other_cadence(
    work, session, where, comparison
):
    people(session, where, ENOUGH)

    found = draws.start(session, comparison, BEFORE)
    session.commit()
    comparisons.run(work, now=at(BEFORE))

    assert found.is_enough
    drawn = arms(session)
    assert Counter(drawn.values()) == {Arm.USUAL: ENOUGH / 2, Arm.OTHER: ENOUGH / 2}
    by_arm = {arm: {steps(session, one) for one in drawn if drawn[one] is arm} for arm in Arm}
    assert len(by_arm[Arm.USUAL]) == len(by_arm[Arm.OTHER]) == 1
    (usual,), (other,) = by_arm[Arm.USUAL], by_arm[Arm.OTHER]
    assert usual - other == {"last_call", "plan"}


def test_with_fewer_it_does_not_start(session, where, comparison):
    people(session, where)

    found = draws.start(session, comparison, BEFORE)

    assert (found.need.people, found.sizes, found.is_enough) == (ENOUGH, (FEW,), False)
    assert comparison.status is Status.DECLARED
    assert arms(session) == {}


def test_whom_it_is_not_about_is_not_there_to_be_drawn(session, where, comparison):
    stopped, tries, over, *_ = people(session, where)
    session.get_one(Enrolment, stopped.enrolment.id).mail_status = MailStatus.STOPPED
    session.get_one(Person, tries.person.id).is_test = True
    session.get_one(Enrolment, over.enrolment.id).anchor_on = BEFORE
    session.flush()

    assert draws.standing(session, comparison, BEFORE).sizes == (FEW - 3,)


def test_a_training_that_is_followed_up_otherwise_is_left_alone(session, where, comparison):
    people(session, where)
    tracks.follow(session, where.track, FollowUp("intensive"))
    session.flush()

    assert draws.standing(session, comparison, BEFORE).sizes == ()


def test_somebody_in_two_trainings_is_there_once(work, session, where, comparison):
    people(session, where)
    other = tracks.begin(
        session, where.course, Dates(ENDED_ON, ENDED_ON), "Europe/Amsterdam", at(BEFORE).calendar
    )
    (cohort,) = tracks.cohorts(session, other)
    for person in session.scalars(select(Person).where(Person.sub.like("p%"))).all():
        session.add(
            Enrolment(
                organisation_id=person.organisation_id,
                person_id=person.id,
                cohort_id=cohort.id,
                anchor_on=ENDED_ON + timedelta(days=7),
                joined_at=at(BEFORE).calendar,
            )
        )
    session.flush()

    assert draws.standing(session, comparison, BEFORE).sizes == (FEW,)


def test_there_is_one_at_a_time(session, where, comparison):
    assert declare(session, where) is None

    declared.stop(session, comparison, BEFORE)

    assert declare(session, where).number == 2


def test_the_round_brings_mails_in_line_once(work, session, where, comparison):
    people(session, where)
    run_it(work, session, comparison)
    before = rows(session)

    comparisons.run(work, now=at(BEFORE))

    assert rows(session) == before
    assert all(session.scalars(select(Drawn.is_planned)))


def test_what_was_drawn_holds_when_somebody_makes_a_plan(work, session, where, comparison):
    who = people(session, where)
    run_it(work, session, comparison)
    drawn = arms(session)

    for each in who:
        factories.plan(session, where, each)

    light = [each.enrolment.id for each in who if drawn[each.enrolment.id] is Arm.OTHER]
    assert light
    assert all("check_in" not in steps(session, one) for one in light)
    assert all("check_in" in steps(session, one) for one in drawn.keys() - set(light))


def test_where_the_trainer_chooses_another_cadence_for_all_that_holds(work, session, where, comparison):
    people(session, where)
    run_it(work, session, comparison)

    dates = tracks.dates_of(session, where.cohort)
    moves.move(session, where.cohort, dates, work.catalogue, at(BEFORE).calendar, FollowUp("intensive"))

    assert len({steps(session, one) for one in arms(session)}) == 1


def test_it_is_told_of_when_all_windows_are_over_and_then_nobody_is_kept(work, session, where, comparison):
    who = people(session, where, 100)
    run_it(work, session, comparison)
    drawn = arms(session)
    for arm, number in ((Arm.USUAL, 15), (Arm.OTHER, 35)):
        for each in [one for one in who if drawn[one.enrolment.id] is arm][:number]:
            used(session, where, each)
    session.commit()

    early = comparisons.run(work, now=at(OVER - timedelta(days=1)))
    told = comparisons.run(work, now=at(OVER))

    assert (early, told) == (0, 1)
    session.expire_all()
    finding = declared.finding_of(session.get_one(Comparison, comparison.id))
    assert (finding.usual_people, finding.other_people) == (50, 50)
    # Forty points lie between them; the noise moves that by some.
    assert finding.low < 40 < finding.high
    assert arms(session) == {}
    assert comparisons.run(work, now=at(OVER + timedelta(days=1))) == 0


def test_an_answer_is_what_counts_where_that_was_declared(work, session, where):
    comparison = declare(session, where, measure=Measure.ANSWERED)
    who = people(session, where, 4)
    run_it(work, session, comparison)
    following.hindered(session, who[0], "time")
    session.commit()

    found = draws.count(session, comparison)

    assert sum(group.count for groups in found.values() for group in groups) == 1
    assert sum(group.people for groups in found.values() for group in groups) == 4


def test_groups_are_counted_by_themselves(work, session, where, comparison):
    people(session, where, 4)
    moves.add_group(session, where.track, "Zuid", Dates(ENDED_ON, ENDED_ON), at(BEFORE).calendar)
    south = tracks.cohorts(session, where.track)[-1]
    people(session, replace(where, cohort=south), 6, "z")
    run_it(work, session, comparison)

    found = draws.count(session, comparison)

    assert sum(each.people for groups in found.values() for each in groups) == 10
    assert len([each for groups in found.values() for each in groups]) in {3, 4}


def test_where_too_few_are_left_it_ends_without_a_word(work, session, where, comparison):
    people(session, where)
    run_it(work, session, comparison)

    told = comparisons.run(work, now=at(OVER))

    assert told == 1
    session.expire_all()
    ended = session.get_one(Comparison, comparison.id)
    assert (ended.status, declared.finding_of(ended)) == (Status.REPORTED, None)


@pytest.mark.database
def test_stopped_it_tells_nothing_and_everybody_gets_the_mails_of_their_training(
    work, session, where, comparison
):
    who = people(session, where)
    run_it(work, session, comparison)

    declared.stop(session, comparison, BEFORE)
    session.commit()
    comparisons.run(work, now=at(BEFORE))

    session.expire_all()
    assert arms(session) == {}
    people_ids = session.scalars(select(Enrolment.id)).all()
    assert len(people_ids) == len(who)
    assert all("last_call" in steps(session, one) for one in people_ids)
    assert declared.finding_of(session.get_one(Comparison, comparison.id)) is None


def test_who_is_erased_counts_along_no_more(work, session, where, comparison):
    who = people(session, where)
    run_it(work, session, comparison)

    person_id, enrolment_id = who[0].person.id, who[0].enrolment.id
    session.commit()

    erasing.erase(work, person_id, now=at(BEFORE))

    assert enrolment_id not in arms(session)


def test_a_second_start_at_once_draws_nobody_twice(session, where, comparison):
    people(session, where, ENOUGH)
    draws.start(session, comparison, BEFORE)
    before = arms(session)

    draws.start(session, comparison, BEFORE)

    assert arms(session) == before
