"""The letters still to come, on the days on which they go as things stand."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.people import Mailbox, MailboxStatus
from lti_tool.services import activities, coming, enrolments, learner_facts, nudges, send_log, tracks
from lti_tool.services.tracks import Dates
from tests import factories
from tests.factories import ENDED_ON, at

MONDAY, TUESDAY, FRIDAY = (date(2026, 12, day) for day in (7, 8, 11))
NEXT_MONDAY, THURSDAY, LAST_DAY = (date(2026, 12, day) for day in (14, 17, 18))


@pytest.fixture
def where(work, session):
    return factories.place(work, session)


@pytest.fixture
def who(session, where):
    """Somebody without a plan: a reminder on Monday, harvest and a last call at the end."""
    return factories.learner(session, where)


def shown(session, where, who, now):
    (learner,) = learner_facts.gather(session, [who.enrolment.id])
    return [(one.step, one.on) for one in coming.of(learner, where.work.catalogue, now)]


def test_what_is_planned_stands_on_the_day_of_its_plan(session, where, who):
    planned = [("plan", MONDAY), ("harvest", THURSDAY), ("last_call", LAST_DAY)]

    assert shown(session, where, who, at(ENDED_ON, 17)) == planned


@pytest.mark.parametrize(
    ("now", "on"),
    [
        (at(MONDAY, 11), MONDAY),
        (at(MONDAY, 20), TUESDAY),
        (at(TUESDAY, 7), TUESDAY),
        (at(FRIDAY, 14), NEXT_MONDAY),
    ],
)
def test_what_waits_stands_on_the_day_on_which_it_goes_now(session, where, who, now, on):
    assert shown(session, where, who, now)[0] == ("plan", on)


def test_what_waits_until_after_its_last_day_stands_there_no_more(session, where, who):
    assert shown(session, where, who, at(LAST_DAY, 9)) == [("last_call", LAST_DAY)]


def test_what_a_server_refused_for_now_stands_on_the_day_of_the_next_try(session, where, who):
    now = at(MONDAY, 17)
    row = session.scalars(select(Delivery).where(Delivery.step == "plan")).one()
    row.retry_at = now.real + timedelta(hours=2)
    session.flush()

    assert shown(session, where, who, now)[0] == ("plan", TUESDAY)


def test_behind_a_letter_all_trainings_of_the_address_are_listed_on_such_days(work, session, where, who):
    other = factories.place(work, session, organisation="other")
    factories.learner(session, other)

    found = coming.to_address_of(session, who.person, work.catalogue, at(TUESDAY, 12))

    assert [one.on for one in found if one.step == "plan"] == [TUESDAY, TUESDAY]
    assert {one.title for one in found} == {"Helder schrijven"}


def test_where_no_letter_can_arrive_none_is_listed(session, where, who):
    session.get_one(Mailbox, who.person.mailbox_id).status = MailboxStatus.REFUSED
    session.flush()

    assert shown(session, where, who, at(ENDED_ON, 17)) == []
    assert coming.to_address_of(session, who.person, where.work.catalogue, at(ENDED_ON, 17)) == []


def test_a_trainer_reads_of_a_letter_that_waits_on_which_day_it_goes_now(work, session):
    starts_on = date(2026, 12, 21)
    where = factories.place(work, session, instrument="pre", starts_on=starts_on, ends_on=starts_on)
    who = factories.learner(session, where)
    row = session.scalars(select(Delivery).where(Delivery.step == "prepare")).one()

    letters = send_log.letters(
        session, where.track, [who.enrolment.id], work.catalogue, at(row.due_on + timedelta(days=1), 12)
    )

    assert (row.status, row.due_on) == (DeliveryStatus.PLANNED, MONDAY)
    assert letters[who.enrolment.id].lines[0].on == TUESDAY


def of(session, enrolment):
    (found,) = learner_facts.gather(session, [enrolment.id])
    return found


def test_who_takes_part_in_one_training_shares_no_room_with_another(session, who):
    assert not coming.share_room(session, of(session, who.enrolment), at(ENDED_ON, 17).calendar)


def test_who_takes_part_in_two_trainings_may_miss_a_letter_of_either_while_both_send(session, where, who):
    now = at(ENDED_ON, 17).calendar
    track = tracks.begin(session, where.course, Dates(ENDED_ON, ENDED_ON), "Europe/Amsterdam", now)
    (second,) = enrolments.enrol(session, [who.person], tracks.cohorts(session, track)[0], now)
    activities.add(session, track, where.activity.instrument_version_id, now)
    nudges.replan(session, [second.id], where.work.catalogue, now)

    both = [of(session, each) for each in (who.enrolment, second)]

    assert [coming.share_room(session, each, now) for each in both] == [True, True]


def test_only_letters_that_found_no_room_are_told_of_as_such(session, who):
    rows = session.scalars(select(Delivery).order_by(Delivery.due_at)).all()
    for row, reason in zip(rows, ("budget", "already_used"), strict=False):
        row.status, row.reason = DeliveryStatus.SKIPPED, reason
    session.flush()

    told = coming.without_room(of(session, who.enrolment))

    assert [row.id for row in told] == [rows[0].id]
