"""Delivering nudges."""

from datetime import date, timedelta

import pytest

from lti_tool.models.deliveries import DeliveryStatus
from lti_tool.models.tracks import MailStatus
from lti_tool.rounds import deliver
from lti_tool.services import preferences
from tests import factories
from tests.factories import at
from tests.load import crowd
from tests.rounds.nudges import MONDAY, only, rows

TUESDAY = date(2026, 12, 8)
THURSDAY = date(2026, 12, 10)
SATURDAY = date(2026, 12, 12)
LAST_DAY = date(2026, 12, 18)


def plan_for_thursday(work, session):
    where = factories.place(work, session)
    factories.plan(session, where, factories.learner(session, where), own_on=THURSDAY)
    session.commit()


@pytest.mark.database
def test_who_made_no_plan_is_reminded_on_the_first_working_day(work, session, mailbox):
    where = factories.place(work, session)
    factories.learner(session, where, "c")
    session.commit()

    deliver.run(work, now=at(MONDAY))

    assert mailbox.addressees == ["c@gemeente.example"]
    assert only(session, "plan").status is DeliveryStatus.SENT


@pytest.mark.database
def test_a_second_round_at_the_same_moment_sends_nothing(work, session, mailbox):
    where = factories.place(work, session)
    factories.learner(session, where)
    session.commit()
    deliver.run(work, now=at(MONDAY))

    deliver.run(work, now=at(MONDAY, 9, 31))

    assert len(mailbox.mails) == 1


@pytest.mark.database
def test_the_cue_of_the_own_date_quotes_the_learners_own_sentence(work, session, mailbox):
    plan_for_thursday(work, session)
    deliver.run(work, now=at(MONDAY))

    deliver.run(work, now=at(THURSDAY))

    cue = mailbox.mails[-1]
    assert cue["Subject"] == "Vandaag: doorvragen"
    assert "een inwoner belt" in cue.get_body(("plain",)).get_content()


def test_who_is_silent_hears_of_the_letter_that_an_answer_brings(work, session, mailbox):
    plan_for_thursday(work, session)

    deliver.run(work, now=at(MONDAY))
    deliver.run(work, now=at(THURSDAY))

    rehearse, own_date = (mail.get_body(("plain",)).get_content() for mail in mailbox.mails)
    assert "Na een antwoord" not in rehearse
    assert "Na een antwoord komt er nog één mail op maandag 4 januari." in own_date


def test_nothing_goes_out_before_its_hour(work, session, mailbox):
    where = factories.place(work, session)
    factories.learner(session, where)
    session.commit()

    deliver.run(work, now=at(MONDAY, 9, 29))

    assert mailbox.mails == []


def test_a_letter_that_is_found_on_a_saturday_waits_for_monday(work, session, mailbox):
    where = factories.place(work, session)
    factories.learner(session, where)
    session.commit()

    deliver.run(work, now=at(SATURDAY))

    waiting = only(session, "plan")
    assert mailbox.mails == []
    assert (waiting.status, waiting.due_on) == (DeliveryStatus.PLANNED, date(2026, 12, 14))


def test_who_stopped_gets_nothing(work, session, mailbox):
    where = factories.place(work, session)
    who = factories.learner(session, where)
    found = preferences.find(session, only(session, "plan").id)
    preferences.stop(session, found, work.catalogue, at(MONDAY, 8).calendar)
    session.commit()

    deliver.run(work, now=at(MONDAY))

    assert mailbox.mails == []
    assert who.enrolment.mail_status is MailStatus.STOPPED
    assert {row.status for row in rows(session, "plan")} == {DeliveryStatus.CANCELLED}


def test_two_trainings_of_one_address_share_one_letter_a_day(work, session, mailbox):
    first = factories.place(work, session, organisation="first")
    second = factories.place(work, session, organisation="second")
    for where in (first, second):
        factories.learner(session, where, "same", email="same@gemeente.example")
    session.commit()

    deliver.run(work, now=at(MONDAY))

    assert mailbox.addressees == ["same@gemeente.example"]
    plans = rows(session, "plan")
    assert {row.status for row in plans} == {DeliveryStatus.SENT, DeliveryStatus.PLANNED}
    waiting = next(row for row in plans if row.status is DeliveryStatus.PLANNED)
    assert (waiting.due_on, waiting.reason) == (TUESDAY, "no_room_today")


def test_two_people_with_one_address_get_theirs_on_two_days(work, session, mailbox):
    where = factories.place(work, session)
    for name in ("sanne", "youssef"):
        factories.learner(session, where, name, email="loket@gemeente.example")
    session.commit()

    deliver.run(work, now=at(MONDAY))
    on_monday = len(mailbox.mails)
    deliver.run(work, now=at(TUESDAY))

    assert (on_monday, mailbox.addressees) == (1, ["loket@gemeente.example"] * 2)
    assert {row.status for row in rows(session, "plan")} == {DeliveryStatus.SENT}


def test_a_third_letter_in_one_week_waits_for_the_next(work, session, mailbox):
    for name in ("first", "second", "third"):
        where = factories.place(work, session, organisation=name)
        factories.learner(session, where, "same", email="same@gemeente.example")
    session.commit()

    for day in range(5):
        deliver.run(work, now=at(MONDAY + timedelta(days=day)))

    assert len(mailbox.mails) == 2


def test_a_letter_that_goes_late_stands_on_the_day_on_which_it_went(work, session, mailbox):
    factories.learner(session, factories.place(work, session))
    session.commit()

    deliver.run(work, now=at(MONDAY + timedelta(days=1), 8, 30))

    letter = only(session, "plan")
    assert (len(mailbox.mails), letter.status) == (1, DeliveryStatus.SENT)
    assert letter.due_on == MONDAY + timedelta(days=1)


def test_who_did_nothing_hears_on_the_last_day_and_then_never_again(work, session, mailbox):
    where = factories.place(work, session)
    factories.learner(session, where)
    session.commit()

    for day in range(60):
        deliver.run(work, now=at(MONDAY + timedelta(days=day)))

    assert [mail["Subject"] for mail in mailbox.mails] == [
        "Plan maken na uw training",
        "Terugkijken op de training",
        "Nog één vraag over uw training",
    ]
    assert only(session, "last_call").due_on == LAST_DAY


@pytest.mark.parametrize(("people", "calls"), [(deliver.BATCH - 1, 0), (2 * deliver.BATCH, 1)])
def test_another_worker_is_called_once_when_a_whole_batch_is_due(work, session, mailbox, people, calls):
    called = []
    crowd.gather(work, session, people)

    deliver.run(work, now=crowd.DUE, call_another=lambda: called.append("once"))

    assert len(mailbox.mails) == people
    assert called == ["once"] * calls
